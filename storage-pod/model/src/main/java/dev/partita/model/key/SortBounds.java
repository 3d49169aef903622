package dev.partita.model.key;

import dev.partita.model.value.AttributeValue;
import org.jspecify.annotations.Nullable;

/// Which part of a partition key's rows is meant, by the attribute that orders them. Values are S,
/// N or B, all of the attribute's declared type.
public sealed interface SortBounds {

  /// Values between two ends.
  ///
  /// @param from null for no lower end
  /// @param to null for no upper end
  record Between(
      @Nullable AttributeValue from,
      boolean fromInclusive,
      @Nullable AttributeValue to,
      boolean toInclusive)
      implements SortBounds {

    public static final Between ALL = new Between(null, true, null, true);

    public static Between only(AttributeValue value) {
      return new Between(value, true, value, true);
    }
  }

  /// Values that begin with another: S or B.
  record Prefix(AttributeValue value) implements SortBounds {}
}
