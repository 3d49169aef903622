package dev.partita.model.expression;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ExpressionTexts;
import dev.partita.model.expression.Update.SetOperand;
import dev.partita.model.expression.Update.SetValue;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.DynamoNumber;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The values that an update computes from the item as it was.
final class UpdateValues {

  private UpdateValues() {}

  /// The right-hand side of a SET action.
  ///
  /// Two oddities of DynamoDB show in which error comes first: the second operand of
  /// `if_not_exists` is looked up even if it is not needed, and such calls come before the operands
  /// beside them.
  static AttributeValue of(SetValue value, Map<String, AttributeValue> item)
      throws InvalidUpdateException {
    return switch (value) {
      case SetValue.Plain(SetOperand operand) -> of(operand, item);
      case SetValue.Plus(SetOperand left, SetOperand right) -> {
        AttributeValue leftCall = ofCall(left, item);
        AttributeValue rightCall = ofCall(right, item);
        DynamoNumber first = number(leftCall == null ? of(left, item) : leftCall);
        yield sum(first, number(rightCall == null ? of(right, item) : rightCall));
      }
      case SetValue.Minus(SetOperand left, SetOperand right) -> {
        AttributeValue leftCall = ofCall(left, item);
        AttributeValue rightCall = ofCall(right, item);
        DynamoNumber first = number(leftCall == null ? of(left, item) : leftCall);
        yield difference(first, number(rightCall == null ? of(right, item) : rightCall));
      }
    };
  }

  private static AttributeValue of(SetOperand operand, Map<String, AttributeValue> item)
      throws InvalidUpdateException {
    return switch (operand) {
      case SetOperand.Literal(AttributeValue value) -> value;
      case SetOperand.At(Path path) -> {
        AttributeValue value = Values.at(path, item);
        if (value == null) {
          throw new InvalidUpdateException(ExpressionTexts.NO_SUCH_ATTRIBUTE);
        }
        yield value;
      }
      case SetOperand.IfNotExists(Path path, SetOperand otherwise) -> {
        AttributeValue substitute = of(otherwise, item);
        AttributeValue value = Values.at(path, item);
        yield value == null ? substitute : value;
      }
      case SetOperand.ListAppend(SetOperand first, SetOperand second) -> {
        AttributeValue firstCall = ofCall(first, item);
        AttributeValue secondCall = ofCall(second, item);
        List<AttributeValue> head = list(firstCall == null ? of(first, item) : firstCall);
        List<AttributeValue> tail = list(secondCall == null ? of(second, item) : secondCall);
        yield joined(head, tail);
      }
    };
  }

  private static @Nullable AttributeValue ofCall(
      SetOperand operand, Map<String, AttributeValue> item) throws InvalidUpdateException {
    return operand instanceof SetOperand.IfNotExists ? of(operand, item) : null;
  }

  /// What ADD leaves: a sum of numbers, a union of sets, or a list with another behind it.
  ///
  /// @param present null where there is nothing yet
  static AttributeValue add(@Nullable AttributeValue present, AttributeValue more)
      throws InvalidUpdateException {
    if (present == null) {
      return more;
    }
    if (present instanceof AttributeValue.N a && more instanceof AttributeValue.N b) {
      return sum(a.value(), b.value());
    }
    if (present instanceof AttributeValue.SS a && more instanceof AttributeValue.SS b) {
      return new AttributeValue.SS(union(a.values(), b.values()));
    }
    if (present instanceof AttributeValue.NS a && more instanceof AttributeValue.NS b) {
      return new AttributeValue.NS(union(a.values(), b.values()));
    }
    if (present instanceof AttributeValue.BS a && more instanceof AttributeValue.BS b) {
      return new AttributeValue.BS(union(a.values(), b.values()));
    }
    if (present instanceof AttributeValue.L a && more instanceof AttributeValue.L b) {
      return joined(a.values(), b.values());
    }
    throw new InvalidUpdateException(ExpressionTexts.WRONG_OPERAND_TYPE);
  }

  /// What DELETE leaves of a set.
  ///
  /// @return null for nothing
  static @Nullable AttributeValue subtract(@Nullable AttributeValue present, AttributeValue less)
      throws InvalidUpdateException {
    if (present == null) {
      return null;
    }
    if (present instanceof AttributeValue.SS a && less instanceof AttributeValue.SS b) {
      Set<String> left = difference(a.values(), b.values());
      return left.isEmpty() ? null : new AttributeValue.SS(left);
    }
    if (present instanceof AttributeValue.NS a && less instanceof AttributeValue.NS b) {
      Set<DynamoNumber> left = difference(a.values(), b.values());
      return left.isEmpty() ? null : new AttributeValue.NS(left);
    }
    if (present instanceof AttributeValue.BS a && less instanceof AttributeValue.BS b) {
      var left = difference(a.values(), b.values());
      return left.isEmpty() ? null : new AttributeValue.BS(left);
    }
    throw new InvalidUpdateException(ExpressionTexts.WRONG_OPERAND_TYPE);
  }

  private static <T> Set<T> union(Set<T> a, Set<T> b) {
    Set<T> all = new LinkedHashSet<>(a);
    all.addAll(b);
    return all;
  }

  private static <T> Set<T> difference(Set<T> a, Set<T> b) {
    Set<T> left = new LinkedHashSet<>(a);
    left.removeAll(b);
    return left;
  }

  private static AttributeValue joined(List<AttributeValue> head, List<AttributeValue> tail) {
    List<AttributeValue> joined = new ArrayList<>(head.size() + tail.size());
    joined.addAll(head);
    joined.addAll(tail);
    return new AttributeValue.L(joined);
  }

  private static DynamoNumber number(AttributeValue value) throws InvalidUpdateException {
    if (value instanceof AttributeValue.N n) {
      return n.value();
    }
    throw new InvalidUpdateException(ExpressionTexts.WRONG_OPERAND_TYPE);
  }

  private static List<AttributeValue> list(AttributeValue value) throws InvalidUpdateException {
    if (value instanceof AttributeValue.L l) {
      return l.values();
    }
    throw new InvalidUpdateException(ExpressionTexts.WRONG_OPERAND_TYPE);
  }

  private static AttributeValue sum(DynamoNumber a, DynamoNumber b) throws InvalidUpdateException {
    try {
      return new AttributeValue.N(a.plus(b));
    } catch (ApiException e) {
      throw new InvalidUpdateException(e.getMessage());
    }
  }

  private static AttributeValue difference(DynamoNumber a, DynamoNumber b)
      throws InvalidUpdateException {
    try {
      return new AttributeValue.N(a.minus(b));
    } catch (ApiException e) {
      throw new InvalidUpdateException(e.getMessage());
    }
  }
}
