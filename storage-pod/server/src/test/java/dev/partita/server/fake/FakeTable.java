package dev.partita.server.fake;

import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A table of a catalog that is not there.
public final class FakeTable {

  private FakeTable() {}

  /// With the partition key `a`.
  ///
  /// @param rangeKey null for none
  public static TableRecord of(
      long id,
      String name,
      List<AttributeDefinition> attributes,
      @Nullable String rangeKey,
      List<LocalIndex> indexes,
      TableStatus status) {
    TableDefinition definition =
        new TableDefinition(
            name,
            attributes,
            "a",
            rangeKey,
            BillingMode.PAY_PER_REQUEST,
            0,
            0,
            null,
            null,
            null,
            false,
            Map.of(),
            indexes,
            null);
    return new TableRecord(
        id, new UUID(0, id), definition, status, 0, null, null, 0, null, List.of());
  }
}
