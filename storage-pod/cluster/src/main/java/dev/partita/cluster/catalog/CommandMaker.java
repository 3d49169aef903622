package dev.partita.cluster.catalog;

import dev.partita.cluster.PodAddress;
import dev.partita.cluster.PodLimits;
import dev.partita.cluster.catalog.CatalogCommand.CreateTable;
import dev.partita.cluster.catalog.CatalogCommand.DeleteTable;
import dev.partita.cluster.catalog.CatalogCommand.UpdateTable;
import dev.partita.model.placement.Placement;
import dev.partita.model.table.InitialPartitions;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Makes catalog entries of what is asked: adds what only the leader may decide, the time, the UUID
/// and the pods of new partitions.
public final class CommandMaker {

  private final List<PodAddress> pods;
  private final PodLimits limits;
  private final LongSupplier wallMillis;
  private final Supplier<UUID> uuids;

  /// @param pods every pod of the cluster
  /// @param wallMillis milliseconds since 1970
  public CommandMaker(
      List<PodAddress> pods, PodLimits limits, LongSupplier wallMillis, Supplier<UUID> uuids) {
    this.pods = List.copyOf(pods);
    this.limits = limits;
    this.wallMillis = wallMillis;
    this.uuids = uuids;
  }

  CatalogCommand commandFor(Intent intent, CatalogState state) {
    return switch (intent) {
      case Intent.Create(TableDefinition definition) ->
          new CreateTable(
              uuids.get(),
              wallMillis.getAsLong(),
              definition,
              place(InitialPartitions.of(definition), state),
              limits.maxTables());
      case Intent.Update(TableDefinition expected, TableDefinition updated) ->
          new UpdateTable(expected, updated, wallMillis.getAsLong());
      case Intent.Delete(String name) -> new DeleteTable(name);
    };
  }

  private List<List<String>> place(int partitions, CatalogState state) {
    Map<String, Integer> load = new HashMap<>();
    for (TableRecord table : state.tables()) {
      for (PartitionDescriptor partition : table.partitions()) {
        partition.peers().forEach(peer -> load.merge(peer.pod(), 1, Integer::sum));
      }
    }
    List<Placement.Pod> candidates = new ArrayList<>();
    for (PodAddress pod : pods) {
      candidates.add(new Placement.Pod(pod.name(), pod.zone(), load.getOrDefault(pod.name(), 0)));
    }
    return Placement.place(candidates, partitions, Placement.REPLICATION_FACTOR).partitions();
  }
}
