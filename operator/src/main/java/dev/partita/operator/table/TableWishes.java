package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import dev.partita.crds.DynamoTableSpec;
import dev.partita.crds.DynamoTableSpec.AttributeDefinition;
import dev.partita.crds.DynamoTableSpec.KeySchemaElement;
import dev.partita.crds.DynamoTableSpec.KeyType;
import dev.partita.crds.DynamoTableSpec.LocalSecondaryIndex;
import dev.partita.crds.DynamoTableSpec.OnDemandThroughput;
import dev.partita.crds.DynamoTableSpec.ProvisionedThroughput;
import dev.partita.crds.DynamoTableSpec.Tag;
import dev.partita.crds.DynamoTableSpec.WarmThroughput;
import dev.partita.operator.dynamo.LocalIndex;
import dev.partita.operator.dynamo.TableWish;
import dev.partita.operator.dynamo.Units;
import dev.partita.operator.dynamo.UnitsWish;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From a DynamoTable to what it asks of the API.
final class TableWishes {

  private TableWishes() {}

  static TableWish of(DynamoTable resource) {
    DynamoTableSpec spec = resource.getSpec();
    Map<String, String> attributes = new LinkedHashMap<>();
    for (AttributeDefinition a : spec.attributeDefinitions()) {
      attributes.put(a.attributeName(), a.attributeType().name());
    }
    String hashKey = key(spec.keySchema(), KeyType.HASH);
    return new TableWish(
        tableName(resource),
        attributes,
        // The schema has exactly one; an object that slipped through is refused by the API.
        hashKey == null ? "" : hashKey,
        key(spec.keySchema(), KeyType.RANGE),
        spec.billingMode() == null ? null : spec.billingMode().name(),
        provisioned(spec.provisionedThroughput()),
        onDemand(spec.onDemandThroughput()),
        warm(spec.warmThroughput()),
        spec.tableClass() == null ? null : spec.tableClass().name(),
        spec.deletionProtectionEnabled(),
        tags(spec.tags()),
        localIndexes(spec));
  }

  private static @Nullable Map<String, String> tags(@Nullable List<Tag> given) {
    if (given == null) {
      return null;
    }
    Map<String, String> tags = new LinkedHashMap<>();
    given.forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  private static List<LocalIndex> localIndexes(DynamoTableSpec spec) {
    List<LocalSecondaryIndex> given = spec.localSecondaryIndexes();
    return given == null ? List.of() : given.stream().map(TableWishes::localIndex).toList();
  }

  private static LocalIndex localIndex(LocalSecondaryIndex index) {
    String rangeKey = key(index.keySchema(), KeyType.RANGE);
    List<String> attributes = index.projection().nonKeyAttributes();
    return new LocalIndex(
        index.indexName(),
        // As with the table's key.
        rangeKey == null ? "" : rangeKey,
        index.projection().projectionType().name(),
        attributes == null ? List.of() : attributes);
  }

  /// The table's name in the API: that of the resource unless it says another.
  static String tableName(DynamoTable resource) {
    String name = resource.getSpec().tableName();
    return name == null ? resource.getMetadata().getName() : name;
  }

  private static @Nullable String key(List<KeySchemaElement> schema, KeyType type) {
    return schema.stream()
        .filter(element -> element.keyType() == type)
        .map(KeySchemaElement::attributeName)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Units provisioned(@Nullable ProvisionedThroughput given) {
    return given == null ? null : new Units(given.readCapacityUnits(), given.writeCapacityUnits());
  }

  private static UnitsWish onDemand(@Nullable OnDemandThroughput given) {
    return given == null
        ? UnitsWish.NONE
        : new UnitsWish(given.maxReadRequestUnits(), given.maxWriteRequestUnits());
  }

  private static UnitsWish warm(@Nullable WarmThroughput given) {
    return given == null
        ? UnitsWish.NONE
        : new UnitsWish(given.readUnitsPerSecond(), given.writeUnitsPerSecond());
  }
}
