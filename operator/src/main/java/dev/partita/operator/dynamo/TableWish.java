package dev.partita.operator.dynamo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a manifest wants of a table, with the words of the API. What is null is not managed.
///
/// @param attributes types of the key attributes (`S`, `N`, `B`) by name
/// @param rangeKey null for a table without sort key
/// @param provisioned read and write units
/// @param onDemand the most units that an on-demand table serves
/// @param warm the least units that it serves at once
/// @param tags exactly these; empty for none
/// @param localIndexes only told when the table is made; empty is not managed
public record TableWish(
    String name,
    Map<String, String> attributes,
    String hashKey,
    @Nullable String rangeKey,
    @Nullable String billingMode,
    @Nullable Units provisioned,
    UnitsWish onDemand,
    UnitsWish warm,
    @Nullable String tableClass,
    @Nullable Boolean deletionProtection,
    @Nullable Map<String, String> tags,
    List<LocalIndex> localIndexes) {

  public TableWish {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    tags = tags == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    localIndexes = List.copyOf(localIndexes);
  }
}
