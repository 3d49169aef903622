package dev.partita.server.table;

import dev.partita.cluster.TableSize;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.model.table.TableDefinition.Throughput;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.operation.RequestContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes `TableDescription`: what the service says about a table. Members that never applied to a
/// table are left out, as the service does.
final class TableDescriptions {
  private TableDescriptions() {}

  /// `{"<member>": {…}}`.
  static byte[] write(String member, RequestContext context, TableRecord table, TableSize size) {
    JsonBuffer json = new JsonBuffer(1024);
    json.startObject().name(member).startObject();
    keys(json, table.definition());
    localIndexes(json, context, table.definition(), size);
    common(json, context, table, size);
    json.name("CreationDateTime").timestamp(table.createdAt());
    return json.endObject().endObject().toByteArray();
  }

  /// What DeleteTable answers: without the keys and the time of creation.
  static byte[] writeDeleted(RequestContext context, TableRecord table, TableSize size) {
    JsonBuffer json = new JsonBuffer(1024);
    json.startObject().name("TableDescription").startObject();
    common(json, context, table, size);
    return json.endObject().endObject().toByteArray();
  }

  private static void keys(JsonBuffer json, TableDefinition definition) {
    json.name("AttributeDefinitions").startArray();
    for (AttributeDefinition a : definition.attributes()) {
      json.startObject().name("AttributeName").string(a.name());
      json.name("AttributeType").string(a.type().name()).endObject();
    }
    json.endArray();
    keySchema(json, definition.hashKey(), definition.rangeKey());
  }

  private static void keySchema(JsonBuffer json, String hash, @Nullable String range) {
    json.name("KeySchema").startArray();
    key(json, hash, "HASH");
    if (range != null) {
      key(json, range, "RANGE");
    }
    json.endArray();
  }

  private static void key(JsonBuffer json, String attribute, String type) {
    json.startObject().name("AttributeName").string(attribute);
    json.name("KeyType").string(type).endObject();
  }

  private static void localIndexes(
      JsonBuffer json, RequestContext context, TableDefinition definition, TableSize size) {
    List<LocalIndex> indexes = definition.localIndexes();
    if (indexes.isEmpty()) {
      return;
    }
    json.name("LocalSecondaryIndexes").startArray();
    for (int number = 0; number < indexes.size(); number++) {
      LocalIndex index = indexes.get(number);
      TableSize.IndexSize held = size.localIndex(number);
      json.startObject().name("IndexName").string(index.name());
      keySchema(json, definition.hashKey(), index.rangeKey());
      json.name("Projection").startObject();
      json.name("ProjectionType").string(index.projection().name());
      if (!index.nonKeyAttributes().isEmpty()) {
        json.name("NonKeyAttributes").startArray();
        index.nonKeyAttributes().forEach(json::string);
        json.endArray();
      }
      json.endObject();
      json.name("IndexSizeBytes").number(held.bytes());
      json.name("ItemCount").number(held.entries());
      json.name("IndexArn").string(context.indexArn(definition.name(), index.name()));
      json.endObject();
    }
    json.endArray();
  }

  private static void common(
      JsonBuffer json, RequestContext context, TableRecord table, TableSize size) {
    TableDefinition definition = table.definition();
    json.name("TableName").string(definition.name());
    json.name("TableStatus").string(table.status().name());
    provisioned(json, table, context.clock().millis());
    json.name("TableSizeBytes").number(size.bytes());
    json.name("ItemCount").number(size.items());
    json.name("TableArn").string(context.tableArn(definition.name()));
    json.name("TableId").string(table.tableId().toString());
    if (table.onDemandSince() != null) {
      json.name("BillingModeSummary").startObject();
      json.name("BillingMode").string(definition.billingMode().name());
      json.name("LastUpdateToPayPerRequestDateTime").timestamp(table.onDemandSince());
      json.endObject();
    }
    if (definition.tableClass() != null) {
      json.name("TableClassSummary").startObject();
      json.name("TableClass").string(definition.tableClass().name()).endObject();
    }
    json.name("DeletionProtectionEnabled").bool(definition.deletionProtection());
    Throughput maximum = definition.onDemandThroughput();
    if (maximum != null) {
      json.name("OnDemandThroughput").startObject();
      json.name("MaxReadRequestUnits").number(maximum.readUnits());
      json.name("MaxWriteRequestUnits").number(maximum.writeUnits()).endObject();
    }
    warm(json, table);
  }

  private static void provisioned(JsonBuffer json, TableRecord table, long now) {
    json.name("ProvisionedThroughput").startObject();
    if (table.lastIncreaseAt() != null) {
      json.name("LastIncreaseDateTime").timestamp(table.lastIncreaseAt());
    }
    if (table.lastDecreaseAt() != null) {
      json.name("LastDecreaseDateTime").timestamp(table.lastDecreaseAt());
    }
    json.name("NumberOfDecreasesToday").number(table.decreasesOn(now));
    boolean onDemand = table.definition().billingMode() == BillingMode.PAY_PER_REQUEST;
    json.name("ReadCapacityUnits").number(onDemand ? 0 : table.definition().readCapacityUnits());
    json.name("WriteCapacityUnits").number(onDemand ? 0 : table.definition().writeCapacityUnits());
    json.endObject();
  }

  private static void warm(JsonBuffer json, TableRecord table) {
    TableDefinition definition = table.definition();
    Throughput warm =
        Capacity.warmOf(
            definition.billingMode(),
            new Throughput(definition.readCapacityUnits(), definition.writeCapacityUnits()),
            definition.warmThroughput());
    boolean settled = table.status() == TableStatus.ACTIVE;
    json.name("WarmThroughput").startObject();
    json.name("ReadUnitsPerSecond").number(warm.readUnits());
    json.name("WriteUnitsPerSecond").number(warm.writeUnits());
    json.name("Status").string(settled ? "ACTIVE" : "UPDATING").endObject();
  }
}
