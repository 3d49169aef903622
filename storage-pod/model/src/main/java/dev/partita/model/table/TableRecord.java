package dev.partita.model.table;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A table as the catalog holds it. Times are milliseconds since 1970.
///
/// @param id numeric id, in every row key of the table; never used twice
/// @param tableId the UUID that DescribeTable shows
/// @param lastIncreaseAt last increase of provisioned throughput, null if never
/// @param lastDecreaseAt last decrease of provisioned throughput, null if never
/// @param decreasesToday decreases on the UTC day of `lastDecreaseAt`
/// @param onDemandSince last switch to on-demand; null where it was always provisioned
/// @param partitions in range order, covering the table's whole key space
public record TableRecord(
    long id,
    UUID tableId,
    TableDefinition definition,
    TableStatus status,
    long createdAt,
    @Nullable Long lastIncreaseAt,
    @Nullable Long lastDecreaseAt,
    int decreasesToday,
    @Nullable Long onDemandSince,
    List<PartitionDescriptor> partitions) {

  private static final long DAY_MILLIS = 86_400_000;

  public TableRecord {
    partitions = List.copyOf(partitions);
  }

  /// Decreases of provisioned throughput on the UTC day of a time; it is that of the last decrease
  /// or a later one.
  public int decreasesOn(long time) {
    return lastDecreaseAt != null && lastDecreaseAt / DAY_MILLIS == time / DAY_MILLIS
        ? decreasesToday
        : 0;
  }

  public enum TableStatus {
    CREATING,
    UPDATING,
    ACTIVE,
    DELETING
  }
}
