package dev.partita.cluster;

import dev.partita.cluster.TableSize.IndexSize;
import dev.partita.cluster.peer.PeerTls;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.partition.Partition;
import dev.partita.partition.PartitionReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One storage pod without its HTTP front: the disk, the consensus groups, the connections to the
/// other pods, the catalog and the partitions that live here. An embedded database is a node whose
/// cluster has one pod; nothing else is different.
public final class PodNode implements Cluster {
  private static final String NO_CATALOG = "the catalog has no leader that answers";

  private final PodParts parts;
  private final AtomicBoolean closed = new AtomicBoolean();

  private PodNode(PodParts parts) {
    this.parts = parts;
  }

  /// Opens the disk and listens for peers, which blocks; then joins the cluster in the background,
  /// see {@link #ready}.
  ///
  /// @param tls for the other pods; null to talk to them in the clear
  /// @param fatal told once, on a thread of its own, when the pod cannot keep its promises any
  ///   more: the process must end
  /// @throws PodStartException with a message for the operator
  public static PodNode start(
      PodConfig config,
      @Nullable PeerTls tls,
      Vertx vertx,
      MeterRegistry registry,
      Consumer<Throwable> fatal) {
    PodParts parts = PodParts.open(config, tls, vertx, registry, fatal);
    return new PodNode(parts);
  }

  /// Exchanges the certificates for new connections to other pods; completes when they are in use.
  public CompletionStage<?> updateTls(PeerTls tls) {
    return parts.network().updateTls(tls);
  }

  @Override
  public CompletableFuture<TableLookup> table(String name) {
    TableRecord known = parts.catalog().state().table(name);
    if (known != null && known.status() == TableStatus.ACTIVE) {
      return CompletableFuture.completedFuture(new TableLookup.Found(known));
    }
    return parts.catalog().refresh().thenApply(refreshed -> lookup(name, refreshed));
  }

  /// @param refreshed whether the copy is new enough to deny something
  private TableLookup lookup(String name, boolean refreshed) {
    TableRecord table = parts.catalog().state().table(name);
    if (!refreshed && (table == null || table.status() != TableStatus.ACTIVE)) {
      return new TableLookup.Unavailable(NO_CATALOG);
    }
    return table == null ? new TableLookup.Missing() : new TableLookup.Found(table);
  }

  @Override
  public CompletableFuture<@Nullable List<TableRecord>> tables() {
    return parts
        .catalog()
        .refresh()
        .thenApply(
            _ -> parts.catalog().caughtUp() ? List.copyOf(parts.catalog().state().tables()) : null);
  }

  @Override
  public CompletableFuture<TableOutcome> createTable(TableDefinition definition) {
    return parts.catalog().createTable(definition);
  }

  @Override
  public CompletableFuture<TableOutcome> updateTable(
      String name, TableDefinition updated, TableDefinition expected) {
    if (!updated.name().equals(name) || !expected.name().equals(name)) {
      throw new IllegalArgumentException("definitions of another table than " + name);
    }
    return parts.catalog().updateTable(updated, expected);
  }

  @Override
  public CompletableFuture<TableOutcome> deleteTable(String name) {
    return parts.catalog().deleteTable(name);
  }

  @Override
  public CompletableFuture<WriteOutcome> write(TableRecord table, WriteCommand command) {
    long begun = System.nanoTime();
    return parts
        .router()
        .write(table, command)
        .whenComplete(
            (_, _) -> parts.writeTimer().record(System.nanoTime() - begun, TimeUnit.NANOSECONDS));
  }

  @Override
  public CompletableFuture<ReadOutcome> read(
      TableRecord table, PrimaryKey key, boolean consistent) {
    return parts.router().read(table, key, consistent);
  }

  @Override
  public CompletableFuture<List<WriteOutcome>> writeAll(
      TableRecord table, List<WriteCommand> commands) {
    long begun = System.nanoTime();
    return parts
        .batches()
        .write(table, commands)
        .whenComplete(
            (_, _) -> parts.writeTimer().record(System.nanoTime() - begun, TimeUnit.NANOSECONDS));
  }

  @Override
  public CompletableFuture<List<List<ReadOutcome>>> readAll(List<Reads> batch) {
    return parts.batches().read(batch);
  }

  @Override
  public CompletableFuture<PageOutcome> page(TableRecord table, PageRead read, boolean consistent) {
    return parts.router().page(table, read, consistent);
  }

  @Override
  public TableSize size(TableRecord table) {
    long items = 0;
    long bytes = 0;
    List<IndexSize> indexes = new ArrayList<>();
    for (int number = 0; number < table.definition().localIndexes().size(); number++) {
      indexes.add(IndexSize.EMPTY);
    }
    for (PartitionDescriptor descriptor : table.partitions()) {
      Partition partition = parts.partitions().find(descriptor.id());
      if (partition != null) {
        PartitionReport report = partition.report();
        items += report.items();
        bytes += report.bytes();
        for (int number = 0; number < report.indexes().size(); number++) {
          var here = report.indexes().get(number);
          indexes.set(number, indexes.get(number).plus(here.entries(), here.bytes()));
        }
      }
    }
    return new TableSize(items, bytes, indexes);
  }

  @Override
  public ClusterReport report() {
    return Reports.of(parts);
  }

  @Override
  public CompletableFuture<ChecksumOutcome> checksum(long partitionId) {
    Partition partition = parts.partitions().find(partitionId);
    return partition == null
        ? CompletableFuture.completedFuture(new ChecksumOutcome.NoReplica())
        : parts.checksums().take(partition::checksum);
  }

  @Override
  public CompletableFuture<ChecksumOutcome> catalogChecksum() {
    return parts.checksums().take(parts.catalog()::checksum);
  }

  /// What is behind the door, for tests.
  PodParts parts() {
    return parts;
  }

  @Override
  public boolean ready() {
    return !closed.get()
        && parts.catalog().followed()
        && parts.partitions().complete(parts.catalog().state());
  }

  @Override
  public void drain() {
    parts.drain();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      parts.close();
    }
  }
}
