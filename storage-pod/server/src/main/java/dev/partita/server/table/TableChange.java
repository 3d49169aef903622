package dev.partita.server.table;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.CapacityTexts;
import dev.partita.model.error.TableTexts;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.TableClass;
import dev.partita.model.table.TableDefinition.Throughput;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.json.TableNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From the JSON of UpdateTable to a function over definitions: what can be checked with the
/// request alone is checked when it is read, the rest when it meets the table.
public final class TableChange {

  private static final List<String> MEANINGFUL =
      List.of(
          "BillingMode",
          "ProvisionedThroughput",
          "GlobalSecondaryIndexUpdates",
          "StreamSpecification",
          "SSESpecification",
          "ReplicaUpdates",
          "TableClass",
          "DeletionProtectionEnabled",
          "OnDemandThroughput",
          "WarmThroughput");

  private static final Throughput NONE = new Throughput(0, 0);

  private final Structure request;
  private final String tableName;
  private final @Nullable BillingMode mode;
  private final @Nullable Throughput provisioned;
  private final @Nullable TableClass tableClass;

  private TableChange(Structure request) {
    this.request = request;
    this.tableName = TableNames.plain(request.requiredText("TableName"));
    String billing = request.text("BillingMode");
    this.mode = billing == null ? null : BillingMode.valueOf(billing);
    this.provisioned = Capacity.provisioned(request);
    this.tableClass = TableClasses.read(request);
  }

  /// @param body JSON text in UTF-8
  /// @throws ApiException SerializationException or ValidationException, with DynamoDB's texts
  public static TableChange read(byte[] body) {
    Structure request = RequestReader.read(TableShapes.UPDATE, body);
    Refusals.checkUpdate(request);
    // An empty list asks for nothing (dynalite, test/updateTable.js).
    if (MEANINGFUL.stream().noneMatch(request::hasContent)) {
      throw ApiException.validation(TableTexts.NOTHING_TO_UPDATE);
    }
    TableChange change = new TableChange(request);
    if (change.mode == BillingMode.PAY_PER_REQUEST && change.provisioned != null) {
      throw Capacity.neitherUnits();
    }
    return change;
  }

  /// The table as the request names it.
  String nameOrArn() {
    return request.requiredText("TableName");
  }

  /// Plain name of the table.
  public String tableName() {
    return tableName;
  }

  /// The definition after the change.
  ///
  /// @throws ApiException ValidationException if this table cannot be changed so
  public TableDefinition applyTo(TableDefinition table) {
    BillingMode after = mode == null ? table.billingMode() : mode;
    Throughput units = unitsAfter(table, after);
    Throughput warmNow = Capacity.warmOf(after, units, table.warmThroughput());
    Throughput warmAsked = Capacity.warm(request, warmNow);
    return new TableDefinition(
        table.name(),
        table.attributes(),
        table.hashKey(),
        table.rangeKey(),
        after,
        units.readUnits(),
        units.writeUnits(),
        Capacity.onDemand(request, after, table.onDemandThroughput()),
        warmAsked == null ? table.warmThroughput() : warmAsked,
        tableClass == null ? table.tableClass() : tableClass,
        request.flag("DeletionProtectionEnabled", table.deletionProtection()),
        table.tags(),
        table.localIndexes(),
        table.ttlAttribute());
  }

  private Throughput unitsAfter(TableDefinition table, BillingMode after) {
    Throughput current = new Throughput(table.readCapacityUnits(), table.writeCapacityUnits());
    if (after == BillingMode.PAY_PER_REQUEST) {
      if (provisioned != null) {
        throw Capacity.neitherUnits();
      }
      return NONE;
    }
    if (provisioned == null) {
      if (table.billingMode() == BillingMode.PAY_PER_REQUEST) {
        throw Capacity.bothUnits();
      }
      return current;
    }
    if (provisioned.equals(current)) {
      throw ApiException.validation(
          CapacityTexts.unchanged(
              current.readUnits(),
              provisioned.readUnits(),
              current.writeUnits(),
              provisioned.writeUnits()));
    }
    return provisioned;
  }
}
