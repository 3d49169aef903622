package dev.partita.operator.table;

import dev.partita.crds.ClusterRef;
import dev.partita.crds.DeletionPolicy;
import dev.partita.crds.DynamoTable;
import dev.partita.crds.DynamoTableSpec;
import dev.partita.crds.DynamoTableSpec.AttributeDefinition;
import dev.partita.crds.DynamoTableSpec.AttributeType;
import dev.partita.crds.DynamoTableSpec.BillingMode;
import dev.partita.crds.DynamoTableSpec.KeySchemaElement;
import dev.partita.crds.DynamoTableSpec.KeyType;
import dev.partita.crds.DynamoTableSpec.ManagementPolicy;
import dev.partita.crds.DynamoTableSpec.ProvisionedThroughput;
import dev.partita.crds.DynamoTableSpec.TableClass;
import dev.partita.crds.DynamoTableSpec.Tag;
import dev.partita.operator.dynamo.LocalIndex;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.dynamo.TableWish;
import dev.partita.operator.dynamo.Units;
import dev.partita.operator.dynamo.UnitsWish;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tables and wishes to begin with; tests change what they are about.
final class Tables {

  static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");
  static final String ID = "7a9c";
  static final String ARN = "arn:aws:dynamodb:local-1:000000000000:table/orders";

  private Tables() {}

  /// An on-demand table with partition and sort key.
  static Wish wish() {
    return new Wish();
  }

  /// What [#wish] leads to.
  static State state() {
    return new State();
  }

  static final class Wish {
    String rangeKey = "sk";
    @Nullable String mode = TableState.PAY_PER_REQUEST;
    @Nullable Units provisioned;
    UnitsWish onDemand = UnitsWish.NONE;
    UnitsWish warm = UnitsWish.NONE;
    @Nullable String tableClass;
    @Nullable Boolean protection;
    List<LocalIndex> indexes = List.of();
    @Nullable Map<String, String> tags;

    Wish tags(Map<String, String> value) {
      tags = value;
      return this;
    }

    Wish mode(@Nullable String value) {
      mode = value;
      return this;
    }

    Wish provisioned(long read, long write) {
      mode = TableState.PROVISIONED;
      provisioned = new Units(read, write);
      return this;
    }

    Wish onDemand(@Nullable Long read, @Nullable Long write) {
      onDemand = new UnitsWish(read, write);
      return this;
    }

    Wish warm(@Nullable Long read, @Nullable Long write) {
      warm = new UnitsWish(read, write);
      return this;
    }

    Wish tableClass(String value) {
      tableClass = value;
      return this;
    }

    Wish protection(@Nullable Boolean value) {
      protection = value;
      return this;
    }

    Wish rangeKey(String value) {
      rangeKey = value;
      return this;
    }

    Wish indexes(LocalIndex... values) {
      indexes = List.of(values);
      return this;
    }

    TableWish get() {
      return new TableWish(
          "orders",
          Map.of("pk", "S", rangeKey, "N"),
          "pk",
          rangeKey,
          mode,
          provisioned,
          onDemand,
          warm,
          tableClass,
          protection,
          tags,
          indexes);
    }
  }

  static final class State {
    String id = ID;
    String status = TableState.ACTIVE;
    String mode = TableState.PAY_PER_REQUEST;
    Units provisioned = Units.ZERO;
    Units onDemand = Units.NO_BOUND;
    Units warm = new Units(12_000, 4_000);
    String tableClass = TableState.STANDARD;
    boolean protection;
    List<LocalIndex> indexes = List.of();
    @Nullable Map<String, String> tags;

    State tags(Map<String, String> value) {
      tags = value;
      return this;
    }

    State id(String value) {
      id = value;
      return this;
    }

    State status(String value) {
      status = value;
      return this;
    }

    State provisioned(long read, long write) {
      mode = TableState.PROVISIONED;
      provisioned = new Units(read, write);
      warm = provisioned;
      return this;
    }

    State onDemand(long read, long write) {
      onDemand = new Units(read, write);
      return this;
    }

    State tableClass(String value) {
      tableClass = value;
      return this;
    }

    State indexes(LocalIndex... values) {
      indexes = List.of(values);
      return this;
    }

    State protection(boolean value) {
      protection = value;
      return this;
    }

    TableState get() {
      return new TableState(
          "orders",
          status,
          id,
          ARN,
          BEGIN,
          Map.of("sk", "N", "pk", "S"),
          "pk",
          "sk",
          mode,
          provisioned,
          onDemand,
          warm,
          tableClass,
          protection,
          0,
          0,
          indexes,
          tags);
    }
  }

  /// A resource as the API server would give it.
  static final class Manifest {
    String name = "orders";
    @Nullable String cluster = "main";
    @Nullable DeletionPolicy deletionPolicy;
    @Nullable ManagementPolicy managementPolicy;
    @Nullable String tableName;
    BillingMode billingMode = BillingMode.PAY_PER_REQUEST;
    @Nullable ProvisionedThroughput provisioned;
    @Nullable TableClass tableClass;
    @Nullable Boolean protection;
    @Nullable List<Tag> tags;
    String rangeKey = "sk";
    Instant created = BEGIN;

    DynamoTableSpec spec() {
      return new DynamoTableSpec(
          cluster == null ? null : new ClusterRef(cluster),
          deletionPolicy,
          managementPolicy,
          tableName,
          List.of(
              new AttributeDefinition("pk", AttributeType.S),
              new AttributeDefinition(rangeKey, AttributeType.N)),
          List.of(
              new KeySchemaElement("pk", KeyType.HASH),
              new KeySchemaElement(rangeKey, KeyType.RANGE)),
          billingMode,
          provisioned,
          null,
          null,
          tableClass,
          protection,
          tags,
          null);
    }

    DynamoTable get() {
      DynamoTable table = new DynamoTable();
      table.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace("shop")
              .withName(name)
              .withUid("uid-" + name)
              .withGeneration(1L)
              .withCreationTimestamp(created.toString())
              .build());
      table.setSpec(spec());
      return table;
    }
  }
}
