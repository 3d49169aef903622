package dev.partita.model.expression;

import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Decides conditions and filters. Total: whatever types the item holds, the answer is yes or no.
///
/// Values of two types are never equal and have no order; what is not there is equal to nothing.
/// `<>` is the opposite of `=` and so holds for both. Source: facts of the live service, measured.
public final class Conditions {

  private Conditions() {}

  /// @param item null for an item that does not exist, which is an item without attributes
  public static boolean test(Condition condition, @Nullable Map<String, AttributeValue> item) {
    return holds(condition, item == null ? Map.of() : item);
  }

  private static boolean holds(Condition condition, Map<String, AttributeValue> item) {
    return switch (condition) {
      case Condition.And and -> {
        for (Condition term : and.terms()) {
          if (!holds(term, item)) {
            yield false;
          }
        }
        yield true;
      }
      case Condition.Or or -> {
        for (Condition term : or.terms()) {
          if (holds(term, item)) {
            yield true;
          }
        }
        yield false;
      }
      case Condition.Not(Condition term) -> !holds(term, item);
      case Condition.Compare compare -> holds(compare, item);
      case Condition.Between between -> {
        AttributeValue value = value(between.operand(), item);
        yield inOrder(value(between.lower(), item), value)
            && inOrder(value, value(between.upper(), item));
      }
      case Condition.In in -> {
        AttributeValue value = value(in.operand(), item);
        for (Operand candidate : in.candidates()) {
          if (value != null && value.equals(value(candidate, item))) {
            yield true;
          }
        }
        yield false;
      }
      case Condition.AttributeExists(Path path) -> Values.at(path, item) != null;
      case Condition.AttributeNotExists(Path path) -> Values.at(path, item) == null;
      case Condition.AttributeType(Operand operand, String typeCode) -> {
        AttributeValue value = value(operand, item);
        yield value != null && value.type().equals(typeCode);
      }
      case Condition.BeginsWith(Operand operand, Operand prefix) ->
          beginsWith(value(operand, item), value(prefix, item));
      case Condition.Contains(Operand container, Operand member) ->
          contains(value(container, item), value(member, item));
    };
  }

  private static boolean holds(Condition.Compare compare, Map<String, AttributeValue> item) {
    AttributeValue left = value(compare.left(), item);
    AttributeValue right = value(compare.right(), item);
    return switch (compare.comparator()) {
      case EQ -> left != null && left.equals(right);
      case NE -> left == null || !left.equals(right);
      case LT -> inOrder(left, right) && !Objects.equals(left, right);
      case LE -> inOrder(left, right);
      case GT -> inOrder(right, left) && !Objects.equals(left, right);
      case GE -> inOrder(right, left);
    };
  }

  private static boolean inOrder(@Nullable AttributeValue low, @Nullable AttributeValue high) {
    return low != null
        && high != null
        && Values.comparable(low, high)
        && Values.compare(low, high) <= 0;
  }

  private static boolean beginsWith(
      @Nullable AttributeValue value, @Nullable AttributeValue prefix) {
    if (value instanceof AttributeValue.S(String s)
        && prefix instanceof AttributeValue.S(String p)) {
      return s.startsWith(p);
    }
    if (value instanceof AttributeValue.B(Bytes b) && prefix instanceof AttributeValue.B(Bytes p)) {
      return b.length() >= p.length()
          && Arrays.equals(b.unsafeArray(), 0, p.length(), p.unsafeArray(), 0, p.length());
    }
    return false;
  }

  private static boolean contains(
      @Nullable AttributeValue container, @Nullable AttributeValue member) {
    if (container == null || member == null) {
      return false;
    }
    return switch (container) {
      case AttributeValue.S(String s) ->
          member instanceof AttributeValue.S(String part) && Search.contains(s, part);
      case AttributeValue.B(Bytes b) ->
          member instanceof AttributeValue.B(Bytes part)
              && Search.contains(b.unsafeArray(), part.unsafeArray());
      case AttributeValue.SS set ->
          member instanceof AttributeValue.S(String s) && set.values().contains(s);
      case AttributeValue.NS set ->
          member instanceof AttributeValue.N n && set.values().contains(n.value());
      case AttributeValue.BS set ->
          member instanceof AttributeValue.B b && set.values().contains(b.value());
      case AttributeValue.L list -> list.values().contains(member);
      case AttributeValue.M _, AttributeValue.N _, AttributeValue.Bool _, AttributeValue.Null _ ->
          false;
    };
  }

  private static @Nullable AttributeValue value(Operand operand, Map<String, AttributeValue> item) {
    return switch (operand) {
      case Operand.At(Path path) -> Values.at(path, item);
      case Operand.Literal(AttributeValue value) -> value;
      case Operand.Size(Operand of) -> {
        AttributeValue measured = value(of, item);
        int size = measured == null ? -1 : Values.size(measured);
        yield size < 0 ? null : new AttributeValue.N(DynamoNumber.of(size));
      }
    };
  }
}
