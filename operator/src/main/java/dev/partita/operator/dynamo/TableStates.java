package dev.partita.operator.dynamo;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BillingModeSummary;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableClassSummary;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableWarmThroughputDescription;

/// From the SDK's description to ours. Status and modes are taken as text: a word that this SDK
/// does not know yet must get through.
final class TableStates {

  private TableStates() {}

  static TableState of(TableDescription table) {
    Map<String, String> attributes = new LinkedHashMap<>();
    table
        .attributeDefinitions()
        .forEach(a -> attributes.put(a.attributeName(), a.attributeTypeAsString()));
    BillingModeSummary billing = table.billingModeSummary();
    TableClassSummary tableClass = table.tableClassSummary();
    String hashKey = key(table.keySchema(), KeyType.HASH);
    return new TableState(
        table.tableName(),
        Objects.requireNonNullElse(table.tableStatusAsString(), ""),
        Objects.requireNonNullElse(table.tableId(), ""),
        Objects.requireNonNullElse(table.tableArn(), ""),
        Objects.requireNonNullElse(table.creationDateTime(), Instant.EPOCH),
        attributes,
        hashKey == null ? "" : hashKey,
        key(table.keySchema(), KeyType.RANGE),
        billing == null || billing.billingModeAsString() == null
            ? TableState.PROVISIONED
            : billing.billingModeAsString(),
        provisioned(table.provisionedThroughput()),
        onDemand(table.onDemandThroughput()),
        warm(table.warmThroughput()),
        tableClass == null || tableClass.tableClassAsString() == null
            ? TableState.STANDARD
            : tableClass.tableClassAsString(),
        Boolean.TRUE.equals(table.deletionProtectionEnabled()),
        number(table.itemCount()),
        number(table.tableSizeBytes()),
        localIndexes(table),
        null);
  }

  private static List<LocalIndex> localIndexes(TableDescription table) {
    return table.localSecondaryIndexes().stream()
        .map(
            index ->
                new LocalIndex(
                    index.indexName(),
                    Objects.requireNonNullElse(key(index.keySchema(), KeyType.RANGE), ""),
                    index.projection().projectionTypeAsString(),
                    index.projection().nonKeyAttributes()))
        .toList();
  }

  private static @Nullable String key(List<KeySchemaElement> schema, KeyType type) {
    return schema.stream()
        .filter(element -> element.keyType() == type)
        .map(element -> element.attributeName())
        .findFirst()
        .orElse(null);
  }

  private static Units provisioned(@Nullable ProvisionedThroughputDescription given) {
    return given == null
        ? Units.ZERO
        : new Units(number(given.readCapacityUnits()), number(given.writeCapacityUnits()));
  }

  private static Units onDemand(@Nullable OnDemandThroughput given) {
    return given == null
        ? Units.NO_BOUND
        : new Units(bound(given.maxReadRequestUnits()), bound(given.maxWriteRequestUnits()));
  }

  private static Units warm(@Nullable TableWarmThroughputDescription given) {
    return given == null
        ? Units.ZERO
        : new Units(number(given.readUnitsPerSecond()), number(given.writeUnitsPerSecond()));
  }

  private static long bound(@Nullable Long given) {
    return given == null ? Units.UNBOUNDED : given;
  }

  private static long number(@Nullable Long given) {
    return given == null ? 0 : given;
  }
}
