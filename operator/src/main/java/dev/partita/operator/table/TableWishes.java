package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import dev.partita.crds.DynamoTableSpec;
import dev.partita.crds.DynamoTableSpec.AttributeDefinition;
import dev.partita.crds.DynamoTableSpec.KeySchemaElement;
import dev.partita.crds.DynamoTableSpec.KeyType;
import dev.partita.crds.DynamoTableSpec.OnDemandThroughput;
import dev.partita.crds.DynamoTableSpec.ProvisionedThroughput;
import dev.partita.crds.DynamoTableSpec.Tag;
import dev.partita.crds.DynamoTableSpec.WarmThroughput;
import dev.partita.operator.dynamo.TableWish;
import dev.partita.operator.dynamo.Units;
import dev.partita.operator.dynamo.UnitsWish;
import java.util.LinkedHashMap;
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
    Map<String, String> tags = new LinkedHashMap<>();
    if (spec.tags() != null) {
      for (Tag tag : spec.tags()) {
        tags.put(tag.key(), tag.value());
      }
    }
    String hashKey = key(spec, KeyType.HASH);
    return new TableWish(
        tableName(resource),
        attributes,
        // The schema has exactly one; an object that slipped through is refused by the API.
        hashKey == null ? "" : hashKey,
        key(spec, KeyType.RANGE),
        spec.billingMode() == null ? null : spec.billingMode().name(),
        provisioned(spec.provisionedThroughput()),
        onDemand(spec.onDemandThroughput()),
        warm(spec.warmThroughput()),
        spec.tableClass() == null ? null : spec.tableClass().name(),
        spec.deletionProtectionEnabled(),
        tags);
  }

  /// The table's name in the API: that of the resource unless it says another.
  static String tableName(DynamoTable resource) {
    String name = resource.getSpec().tableName();
    return name == null ? resource.getMetadata().getName() : name;
  }

  private static @Nullable String key(DynamoTableSpec spec, KeyType type) {
    return spec.keySchema().stream()
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
