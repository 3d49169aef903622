package dev.partita.cluster;

import dev.partita.cluster.support.SideBySide;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// All that the front of a pod sees of the cluster: which tables exist, and a door to every item,
/// wherever its partition lives. Thread-safe; nothing blocks the caller. Futures complete on
/// threads of the cluster's choosing, so what follows must not block; they complete exceptionally
/// only for faults of the process, never for what can be expected: that is in the outcomes.
public interface Cluster extends AutoCloseable {

  /// The table of that name. Completes at once if this pod's copy of the catalog has it `ACTIVE`;
  /// before it says anything else it asks the catalog's leader. Where none answers it says so: a
  /// copy that just came back may not know a table that was there for years.
  CompletableFuture<TableLookup> table(String name);

  /// All tables in the order of their names, after one refresh from the catalog's leader. Where
  /// none answers, those that this pod knows.
  ///
  /// @return null if this pod's copy of the catalog was not brought up to date since it started
  CompletableFuture<@Nullable List<TableRecord>> tables();

  /// Creates a table. Its record is `CREATING`; it becomes `ACTIVE` by itself.
  ///
  /// @return `Done`, `AlreadyExists`, `LimitExceeded` or `Unavailable`
  CompletableFuture<TableOutcome> createTable(TableDefinition definition);

  /// Replaces the definition of a table: compare-and-set.
  ///
  /// @param updated the whole new definition
  /// @param expected the definition that `updated` was made from
  /// @return `Done`, `NotFound`, `InUse`, `Changed`, `LimitExceeded` or `Unavailable`
  CompletableFuture<TableOutcome> updateTable(
      String name, TableDefinition updated, TableDefinition expected);

  /// Starts to delete a table. Its record is `DELETING`; it vanishes by itself.
  ///
  /// @return `Done`, `NotFound`, `InUse`, `Protected` or `Unavailable`
  CompletableFuture<TableOutcome> deleteTable(String name);

  /// Writes one item through the leader of its partition.
  CompletableFuture<WriteOutcome> write(TableRecord table, WriteCommand command);

  /// Reads one item.
  ///
  /// @param consistent true: at the leader, sees every acknowledged write; false: at any replica,
  ///   the nearest first
  CompletableFuture<ReadOutcome> read(TableRecord table, PrimaryKey key, boolean consistent);

  /// Writes several items of one table, side by side: each for itself, those of one partition in
  /// one message to its leader.
  ///
  /// @return an outcome for each command, in their order
  default CompletableFuture<List<WriteOutcome>> writeAll(
      TableRecord table, List<WriteCommand> commands) {
    return SideBySide.all(commands.stream().map(command -> write(table, command)).toList());
  }

  /// Items of one table that a batch reads.
  ///
  /// @param consistent as for {@link #read}
  record Reads(TableRecord table, List<PrimaryKey> keys, boolean consistent) {}

  /// Reads several items, side by side, those of one partition in one message. What a partition
  /// gives at once is bounded, and so is what all batches hold while they wait for further
  /// partitions: items beyond that are `Unavailable` for {@link
  /// dev.partita.model.command.Overload}.
  ///
  /// @return for each table an outcome for each key, in their order
  default CompletableFuture<List<List<ReadOutcome>>> readAll(List<Reads> batch) {
    return SideBySide.all(
        batch.stream()
            .map(
                reads ->
                    SideBySide.all(
                        reads.keys().stream()
                            .map(key -> read(reads.table(), key, reads.consistent()))
                            .toList()))
            .toList());
  }

  /// Reads one page of rows, from as many partitions as it takes. Never `Paused`.
  ///
  /// @param consistent as for one item; every partition for itself
  CompletableFuture<PageOutcome> page(TableRecord table, PageRead read, boolean consistent);

  /// How much the table holds, from the last reports of its partitions: best effort.
  TableSize size(TableRecord table);

  /// What this pod knows of the cluster, for the admin port: a moment old at most.
  ClusterReport report();

  /// Sums up this pod's replica of a partition, to be compared with other pods' sums. Reads every
  /// row of it, one replica at a time.
  CompletableFuture<ChecksumOutcome> checksum(long partitionId);

  /// Sums up this pod's copy of the catalog; never `NoReplica`.
  CompletableFuture<ChecksumOutcome> catalogChecksum();

  /// Whether the catalog is followed and every partition that is placed here is open.
  boolean ready();

  /// Says that this pod will soon be closed: other pods hand it no leadership any more.
  default void drain() {}

  /// Hands leaderships away and stops this pod's part; bounded in time. Repeated calls do nothing.
  @Override
  void close();
}
