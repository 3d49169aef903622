package dev.partita.model.key;

import dev.partita.model.value.AttributeValue;
import org.jspecify.annotations.Nullable;

/// The full primary key of an item, already checked against the table's schema.
///
/// @param hashName name of the partition key attribute
/// @param hash its value: S, N or B
/// @param rangeName name of the sort key attribute; null where the table has none
/// @param range its value; null where the table has none
public record PrimaryKey(
    String hashName,
    AttributeValue hash,
    @Nullable String rangeName,
    @Nullable AttributeValue range) {

  /// Largest value of a partition key, in bytes.
  public static final int MAX_HASH_BYTES = 2_048;

  /// Largest value of a sort key, of a table's as of an index's, in bytes.
  public static final int MAX_RANGE_BYTES = 1_024;

  public PrimaryKey {
    if ((rangeName == null) != (range == null)) {
      throw new IllegalArgumentException("sort key needs both a name and a value");
    }
  }
}
