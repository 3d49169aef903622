package dev.partita.model.table;

import dev.partita.model.table.TableDefinition.KeyType;
import org.jspecify.annotations.Nullable;

/// The key schema of a table or of one of its indexes: which attributes, and of what types.
///
/// @param hash name of the partition key
/// @param range name of the sort key, null for none
/// @param rangeType null where there is no sort key
public record KeyAttributes(
    String hash, KeyType hashType, @Nullable String range, @Nullable KeyType rangeType) {

  public KeyAttributes {
    if ((range == null) != (rangeType == null)) {
      throw new IllegalArgumentException("a sort key has both a name and a type");
    }
  }

  /// Of the table itself.
  public static KeyAttributes of(TableDefinition table) {
    return of(table, table.rangeKey());
  }

  /// Of one of the table's local indexes.
  public static KeyAttributes of(TableDefinition table, TableDefinition.LocalIndex index) {
    return of(table, index.rangeKey());
  }

  private static KeyAttributes of(TableDefinition table, @Nullable String range) {
    return new KeyAttributes(
        table.hashKey(),
        table.typeOf(table.hashKey()),
        range,
        range == null ? null : table.typeOf(range));
  }
}
