package dev.partita.model.table;

import dev.partita.model.table.TableDefinition.Throughput;

/// With how many partitions a new table starts: as many as its promised throughput needs, at what
/// one partition of DynamoDB serves.
public final class InitialPartitions {

  public static final long READ_UNITS_PER_PARTITION = 3_000;
  public static final long WRITE_UNITS_PER_PARTITION = 1_000;

  /// However much a table asks for. More come by splitting.
  public static final int MAX_INITIAL_PARTITIONS = 128;

  private InitialPartitions() {}

  /// @return 1 to `MAX_INITIAL_PARTITIONS`
  public static int of(TableDefinition definition) {
    long read = definition.readCapacityUnits();
    long write = definition.writeCapacityUnits();
    Throughput warm = definition.warmThroughput();
    if (warm != null) {
      read = Math.max(read, warm.readUnits());
      write = Math.max(write, warm.writeUnits());
    }
    // Units may be -1 (no bound) and then ask for nothing.
    long wanted =
        Math.max(
            Math.ceilDiv(read, READ_UNITS_PER_PARTITION),
            Math.ceilDiv(write, WRITE_UNITS_PER_PARTITION));
    return Math.clamp(wanted, 1, MAX_INITIAL_PARTITIONS);
  }
}
