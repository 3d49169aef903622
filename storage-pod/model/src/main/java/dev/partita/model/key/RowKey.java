package dev.partita.model.key;

import dev.partita.model.value.AttributeValue;
import org.jspecify.annotations.Nullable;

/// The values that a row key is made of.
///
/// @param hash value of the table's partition key
/// @param source whether the row is an item or an entry of an index
/// @param indexSort value of the index's sort key; null for an item
/// @param sort value of the table's sort key; null where the table has none
public record RowKey(
    AttributeValue hash,
    RowSource source,
    @Nullable AttributeValue indexSort,
    @Nullable AttributeValue sort) {}
