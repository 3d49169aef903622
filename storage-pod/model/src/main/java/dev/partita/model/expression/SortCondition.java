package dev.partita.model.expression;

import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import java.util.Arrays;
import java.util.List;

/// What a query asks of the sort key. The values are of the sort key's type: S, N or B; a prefix is
/// S or B.
public sealed interface SortCondition {

  record Equal(AttributeValue value) implements SortCondition {}

  record Less(AttributeValue value) implements SortCondition {}

  record LessOrEqual(AttributeValue value) implements SortCondition {}

  record Greater(AttributeValue value) implements SortCondition {}

  record GreaterOrEqual(AttributeValue value) implements SortCondition {}

  /// Both bounds belong to it; the lower is not above the upper.
  record Between(AttributeValue lower, AttributeValue upper) implements SortCondition {}

  record BeginsWith(AttributeValue prefix) implements SortCondition {}

  /// The values that it compares with.
  default List<AttributeValue> values() {
    return switch (this) {
      case Equal(AttributeValue value) -> List.of(value);
      case Less(AttributeValue value) -> List.of(value);
      case LessOrEqual(AttributeValue value) -> List.of(value);
      case Greater(AttributeValue value) -> List.of(value);
      case GreaterOrEqual(AttributeValue value) -> List.of(value);
      case Between(AttributeValue lower, AttributeValue upper) -> List.of(lower, upper);
      case BeginsWith(AttributeValue prefix) -> List.of(prefix);
    };
  }

  /// @param sort a value of the sort key's type
  default boolean holds(AttributeValue sort) {
    return switch (this) {
      case Equal(AttributeValue value) -> Values.compare(sort, value) == 0;
      case Less(AttributeValue value) -> Values.compare(sort, value) < 0;
      case LessOrEqual(AttributeValue value) -> Values.compare(sort, value) <= 0;
      case Greater(AttributeValue value) -> Values.compare(sort, value) > 0;
      case GreaterOrEqual(AttributeValue value) -> Values.compare(sort, value) >= 0;
      case Between(AttributeValue lower, AttributeValue upper) ->
          Values.compare(lower, sort) <= 0 && Values.compare(sort, upper) <= 0;
      case BeginsWith(AttributeValue.S(String prefix)) ->
          sort instanceof AttributeValue.S(String s) && s.startsWith(prefix);
      case BeginsWith(AttributeValue.B(Bytes prefix)) ->
          sort instanceof AttributeValue.B(Bytes b)
              && b.length() >= prefix.length()
              && Arrays.equals(
                  b.unsafeArray(), 0, prefix.length(), prefix.unsafeArray(), 0, prefix.length());
      case BeginsWith(AttributeValue prefix) ->
          throw new IllegalStateException("a prefix of type " + prefix.type());
    };
  }
}
