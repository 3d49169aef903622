package dev.partita.cluster.catalog;

import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.KeyType;
import java.util.List;
import java.util.Map;

/// Table definitions for tests.
final class Definitions {
  private Definitions() {}

  static TableDefinition onDemand(String name) {
    return of(name, BillingMode.PAY_PER_REQUEST, 0, 0, false);
  }

  static TableDefinition provisioned(String name, long read, long write) {
    return of(name, BillingMode.PROVISIONED, read, write, false);
  }

  static TableDefinition protectedOne(String name) {
    return of(name, BillingMode.PAY_PER_REQUEST, 0, 0, true);
  }

  private static TableDefinition of(
      String name, BillingMode mode, long read, long write, boolean deletionProtected) {
    return new TableDefinition(
        name,
        List.of(new AttributeDefinition("id", KeyType.S)),
        "id",
        null,
        mode,
        read,
        write,
        null,
        null,
        null,
        deletionProtected,
        Map.of());
  }
}
