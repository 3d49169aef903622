package dev.partita.model.expression;

import dev.partita.model.error.ExpressionTexts;
import dev.partita.model.value.AttributeValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks of a condition's operands that need no item: numbers of arguments, types of literals,
/// bounds. Findings go to {@link Faults} in the round of operands.
final class OperandChecks {

  private static final Set<String> TYPE_CODES =
      Set.of("S", "N", "B", "SS", "NS", "BS", "L", "M", "BOOL", "NULL");

  private final Faults faults;

  OperandChecks(Faults faults) {
    this.faults = faults;
  }

  boolean arity(String function, List<Operand> arguments, int expected) {
    if (arguments.size() == expected) {
      return true;
    }
    fault(ExpressionTexts.wrongNumberOfOperands(function, arguments.size()));
    return false;
  }

  /// The first operand may not be the same path as another one.
  void distinct(String operator, Operand first, Operand other) {
    if (first instanceof Operand.At(Path path)
        && other instanceof Operand.At(Path second)
        && path.equals(second)) {
      fault(ExpressionTexts.notDistinct(operator, path.inBrackets()));
    }
  }

  /// Operand of `<`, `<=`, `>`, `>=`, `BETWEEN`.
  void ordered(String operator, Operand operand) {
    String type = knownType(operand);
    if (type != null && !type.equals("S") && !type.equals("N") && !type.equals("B")) {
      fault(ExpressionTexts.wrongType(operator, type));
    }
  }

  /// Argument of `begins_with`.
  void startable(Operand operand) {
    String type = knownType(operand);
    if (type != null && !type.equals("S") && !type.equals("B")) {
      fault(ExpressionTexts.wrongType("begins_with", type));
    }
  }

  /// Argument of `size`.
  void sizeable(Operand operand) {
    String type = knownType(operand);
    if (type != null && (type.equals("N") || type.equals("BOOL") || type.equals("NULL"))) {
      fault(ExpressionTexts.wrongType("size", type));
    }
  }

  /// Bounds of BETWEEN that are both literals.
  void bounds(Operand lower, Operand upper) {
    if (!(lower instanceof Operand.Literal(AttributeValue from)
        && upper instanceof Operand.Literal(AttributeValue to))) {
      return;
    }
    if (knownOrder(from) && knownOrder(to)) {
      if (!from.type().equals(to.type())) {
        fault(ExpressionTexts.boundsOfTwoTypes(Printed.bound(from), Printed.bound(to)));
      } else if (Values.compare(from, to) > 0) {
        fault(ExpressionTexts.boundsReversed(Printed.bound(from), Printed.bound(to)));
      }
    }
  }

  /// The only argument of a function that needs a path.
  Path pathOf(String function, Operand operand) {
    if (operand instanceof Operand.At(Path path)) {
      return path;
    }
    fault(ExpressionTexts.pathRequired(function));
    return Path.of(function);
  }

  /// Second argument of `attribute_type`.
  String typeCode(Operand operand) {
    switch (operand) {
      case Operand.Literal(AttributeValue.S(String code)) -> {
        if (!TYPE_CODES.contains(code)) {
          fault(ExpressionTexts.unknownType(code));
        }
        return code;
      }
      case Operand.Literal(AttributeValue value) ->
          fault(ExpressionTexts.wrongType("attribute_type", value.type()));
      case Operand.Size _ -> fault(ExpressionTexts.wrongType("attribute_type", "N"));
      case Operand.At _ ->
          fault(ExpressionTexts.wrongType("attribute_type", ExpressionTexts.ALL_TYPES));
    }
    return "";
  }

  private static boolean knownOrder(AttributeValue value) {
    return value instanceof AttributeValue.S
        || value instanceof AttributeValue.N
        || value instanceof AttributeValue.B;
  }

  private static @Nullable String knownType(Operand operand) {
    return switch (operand) {
      case Operand.At _ -> null;
      case Operand.Literal(AttributeValue value) -> value.type();
      case Operand.Size _ -> "N";
    };
  }

  private void fault(String text) {
    faults.add(Faults.Round.OPERANDS, ConditionParser.PLACE, text);
  }
}
