package dev.partita.model.expression;

import dev.partita.model.error.ExpressionTexts;
import dev.partita.model.value.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function called in a condition, its arguments checked. Whether a test or a value may stand in
/// the call's place is checked when that place is known.
///
/// @param position where the name stands in the text
/// @param known whether there is such a function for conditions; if not, that has been told
/// @param condition what the call tests; null for `size`, and for a call that has a fault
/// @param operand what the call yields; null for all but `size`
record FunctionCall(
    String name,
    int position,
    boolean known,
    @Nullable Condition condition,
    @Nullable Operand operand) {

  private static final Condition FAULTY = new Condition.And(List.of());

  static FunctionCall of(
      String name, int position, List<Operand> arguments, Faults faults, OperandChecks checks) {
    Operand first = arguments.getFirst();
    Condition condition = null;
    Operand operand = null;
    switch (name) {
      case "size" -> {
        operand = new Operand.Size(first);
        if (checks.arity(name, arguments, 1)) {
          checks.sizeable(first);
        }
      }
      case "attribute_exists", "attribute_not_exists" -> {
        if (checks.arity(name, arguments, 1)) {
          Path path = checks.pathOf(name, first);
          condition =
              name.equals("attribute_exists")
                  ? new Condition.AttributeExists(path)
                  : new Condition.AttributeNotExists(path);
        }
      }
      case "attribute_type" -> {
        if (checks.arity(name, arguments, 2)) {
          Operand second = arguments.get(1);
          checks.distinct(name, first, second);
          condition = new Condition.AttributeType(first, checks.typeCode(second));
        }
      }
      case "begins_with" -> {
        if (checks.arity(name, arguments, 2)) {
          Operand second = arguments.get(1);
          checks.startable(first);
          checks.startable(second);
          checks.distinct(name, first, second);
          condition = new Condition.BeginsWith(first, second);
        }
      }
      case "contains" -> {
        if (checks.arity(name, arguments, 2)) {
          checks.distinct(name, first, arguments.get(1));
          condition = new Condition.Contains(first, arguments.get(1));
        }
      }
      case "if_not_exists", "list_append" -> {
        faults.add(
            Faults.Round.NAMES, position, ExpressionTexts.functionNotAllowed(name, "a condition"));
        return new FunctionCall(name, position, false, null, null);
      }
      default -> {
        faults.add(Faults.Round.NAMES, position, ExpressionTexts.unknownFunction(name));
        return new FunctionCall(name, position, false, null, null);
      }
    }
    return new FunctionCall(name, position, true, condition, operand);
  }

  Condition asCondition(Faults faults) {
    if (known && operand != null) {
      faults.add(Faults.Round.NAMES, position, ExpressionTexts.functionOutOfPlace(name));
    }
    return condition == null ? FAULTY : condition;
  }

  Operand asOperand(Faults faults) {
    if (operand != null) {
      return operand;
    }
    if (known) {
      faults.add(Faults.Round.NAMES, position, ExpressionTexts.functionOutOfPlace(name));
    }
    return new Operand.Literal(AttributeValue.Null.INSTANCE);
  }
}
