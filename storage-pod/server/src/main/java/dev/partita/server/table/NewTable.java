package dev.partita.server.table;

import dev.partita.model.error.ApiException;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.TableClass;
import dev.partita.model.table.TableDefinition.Throughput;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.json.TableNames;
import java.util.function.UnaryOperator;

/// From the JSON of CreateTable to a checked definition.
public final class NewTable {

  private static final Throughput NONE = new Throughput(0, 0);

  private NewTable() {}

  /// @param body JSON text in UTF-8
  /// @throws ApiException SerializationException or ValidationException, with DynamoDB's texts
  public static TableDefinition read(byte[] body) {
    return read(body, TableNames::plain);
  }

  /// @param plainName gives the plain name of a table that is named by its ARN
  static TableDefinition read(byte[] body, UnaryOperator<String> plainName) {
    Structure request = RequestReader.read(TableShapes.CREATE, body);
    Refusals.checkCreate(request);
    BillingMode mode =
        "PAY_PER_REQUEST".equals(request.text("BillingMode"))
            ? BillingMode.PAY_PER_REQUEST
            : BillingMode.PROVISIONED;
    if (mode == BillingMode.PAY_PER_REQUEST && request.has("ProvisionedThroughput")) {
      throw Capacity.neitherUnits();
    }
    Throughput given = Capacity.provisioned(request);
    if (mode == BillingMode.PROVISIONED && given == null) {
      throw Capacity.bothUnits();
    }
    Throughput provisioned = given == null ? NONE : given;
    KeySchemas keys = KeySchemas.read(request);
    TableClass tableClass = TableClasses.read(request);
    return new TableDefinition(
        plainName.apply(request.requiredText("TableName")),
        keys.attributes(),
        keys.hashKey(),
        keys.rangeKey(),
        mode,
        provisioned.readUnits(),
        provisioned.writeUnits(),
        Capacity.onDemand(request, mode, null),
        Capacity.warm(request, Capacity.warmOf(mode, provisioned, null)),
        tableClass,
        request.flag("DeletionProtectionEnabled", false),
        TagLists.read(request),
        keys.localIndexes(),
        null);
  }
}
