package dev.partita.model.expression;

import dev.partita.model.value.AttributeValue;
import org.jspecify.annotations.Nullable;

/// Which rows a query walks over: those of one partition key, perhaps only some of its sort keys.
///
/// @param hash value of the partition key, of its type
/// @param sort null for all sort keys
public record KeyCondition(AttributeValue hash, @Nullable SortCondition sort) {}
