package dev.partita.partition;

import dev.partita.engine.ItemStore;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.index.LocalIndexes;
import dev.partita.model.item.TtlAttribute;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.value.Bytes;
import dev.partita.replication.Group;
import dev.partita.replication.GroupHost;
import dev.partita.replication.GroupId;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One replica of one partition: a range of a table's rows on this pod, kept the same as on the
/// other replicas by one consensus group. Writes and strong reads are answered by the leader,
/// eventual reads by any replica. Thread-safe; the embedded database with one replica runs the
/// same.
public final class Partition implements AutoCloseable {

  private final GroupHost host;
  private final ItemStore store;
  private final PartitionEnvironment environment;
  private final Applier applier;
  private final Lane lane;
  private final Group group;
  private final RowReads reads;
  private final Expiration expiration;
  private final PageReads pages;
  private volatile boolean closed;
  private @Nullable CompletableFuture<@Nullable Void> drop;

  private Partition(
      GroupHost host,
      ItemStore store,
      PartitionEnvironment environment,
      Applier applier,
      Lane lane,
      Group group) {
    this.host = host;
    this.store = store;
    this.environment = environment;
    this.applier = applier;
    this.lane = lane;
    this.group = group;
    this.expiration = new Expiration(store, applier, lane);
    this.reads = new RowReads(store, applier, environment.readers());
    this.pages = new PageReads(store, applier, environment.walkers());
  }

  /// Opens the replica: with the rows and position that the store has, or as a founding member with
  /// none. A replica whose drop a crash interrupted is dropped to the end first. Reads the disk:
  /// not for event loops.
  ///
  /// @param descriptor names range and peers for a replica that the store does not know; one that
  ///   it knows goes by its log
  /// @param table what it is a part of; of this only what never changes is looked at
  /// @param self one of the descriptor's peers, on this pod
  public static CompletableFuture<Partition> open(
      PartitionDescriptor descriptor,
      TableDefinition table,
      Replica self,
      GroupHost host,
      ItemStore store,
      PartitionEnvironment environment) {
    byte[] stored = store.meta(ReplicaKeys.state(descriptor.id()));
    if (stored == null) {
      return open(
          ReplicaState.founding(descriptor), descriptor, table, self, host, store, environment);
    }
    ReplicaState state = ReplicaState.decode(stored);
    if (!state.dropping()) {
      return open(state, descriptor, table, self, host, store, environment);
    }
    return StoredReplicas.removeMarked(state, store, host, environment.deciders())
        .thenCompose(
            _ ->
                open(
                    ReplicaState.founding(descriptor),
                    descriptor,
                    table,
                    self,
                    host,
                    store,
                    environment));
  }

  private static CompletableFuture<Partition> open(
      ReplicaState state,
      PartitionDescriptor descriptor,
      TableDefinition table,
      Replica self,
      GroupHost host,
      ItemStore store,
      PartitionEnvironment environment) {
    AtomicReference<ReplicaState> applied = new AtomicReference<>(state);
    ExpiryIndex expiry = new ExpiryIndex(store, descriptor.id());
    Lane lane =
        new Lane(
            store,
            applied::get,
            environment.clock(),
            environment.limits(),
            expiry::attribute,
            LocalIndexes.of(table),
            environment.deciders());
    Applier applier =
        new Applier(store, environment.clock(), environment.limits(), applied, expiry, lane);
    List<Replica> founders =
        descriptor.peers().stream().map(p -> new Replica(p.pod(), p.replicaId())).toList();
    return host.open(new GroupId(descriptor.id()), self, founders, applier)
        .thenApply(
            group -> {
              lane.attach(group);
              return new Partition(host, store, environment, applier, lane, group);
            });
  }

  /// The range that this replica serves, as far as its log is applied.
  public PartitionDescriptor descriptor() {
    return applier.state().descriptor();
  }

  /// Decides a command and makes the outcome durable on a quorum before it is told. Fails
  /// exceptionally only if the stored item cannot be read.
  public CompletableFuture<Reply<WriteOutcome>> write(WriteCommand command) {
    Bytes rowKey = RowKeys.item(command.tableId(), command.key());
    PartitionDescriptor present = descriptor();
    if (!present.range().contains(rowKey)) {
      return CompletableFuture.completedFuture(new Reply.WrongRange<>(List.of(present)));
    }
    return lane.submit(rowKey, command);
  }

  /// Decides several commands, taken in at once so that they share log entries. None waits for
  /// another's answer, and each may end differently.
  ///
  /// @return what {@link #write} would return for each, in their order
  public List<CompletableFuture<Reply<WriteOutcome>>> writeAll(List<WriteCommand> commands) {
    PartitionDescriptor present = descriptor();
    List<CompletableFuture<Reply<WriteOutcome>>> replies = new ArrayList<>(commands.size());
    List<Request> requests = new ArrayList<>(commands.size());
    for (WriteCommand command : commands) {
      Request request = Request.of(RowKeys.item(command.tableId(), command.key()), command);
      replies.add(request.reply());
      if (present.range().contains(request.rowKey())) {
        requests.add(request);
      } else {
        request.reply().complete(new Reply.WrongRange<>(List.of(present)));
      }
    }
    lane.submitAll(requests);
    return replies;
  }

  /// Reads one item. May run on an event loop: what needs the disk goes to other threads.
  ///
  /// @param consistent whether every write acknowledged before the call must be seen; else the
  ///   answer is what this replica has
  public CompletableFuture<Reply<ReadOutcome>> read(PrimaryKey key, boolean consistent) {
    if (closed) {
      return CompletableFuture.completedFuture(new Reply.NotLeader<>(null));
    }
    Bytes rowKey = RowKeys.item(descriptor().tableId(), key);
    return consistent ? reads.strong(group, rowKey) : reads.eventual(rowKey);
  }

  /// Reads one page's part that lies in this partition.
  ///
  /// @param read its range must lie within this partition's
  /// @param consistent as for one item
  public CompletableFuture<Reply<PageOutcome>> page(PageRead read, boolean consistent) {
    if (closed) {
      return CompletableFuture.completedFuture(new Reply.NotLeader<>(null));
    }
    return consistent ? pages.strong(group, read) : pages.eventual(read);
  }

  /// Follows the definition of its table: which attribute says when items expire. Where it is
  /// another one than before, {@link #expiryIsFilled} is false until {@link #fillExpiry} has seen
  /// all rows. May be blocked by the disk.
  public void follow(TableDefinition table) {
    String name = table.ttlAttribute();
    expiration.follow(table);
    applier.expireBy(name == null ? null : new TtlAttribute(name));
  }

  /// Whether this replica knows of all its items when they expire.
  public boolean expiryIsFilled() {
    return closed || applier.expiry().isFilled();
  }

  /// Looks at some more of the items; entries wait meanwhile, for some milliseconds. May be blocked
  /// by the disk.
  public void fillExpiry() {
    applier.fillExpiry();
  }

  /// As the leader, deletes items that have expired, through the log and without cost. An item that
  /// is given another time meanwhile is spared. May be blocked by the disk.
  ///
  /// @param now in seconds since 1970
  /// @param limit items at most
  public Expiring expire(long now, int limit) {
    return closed ? Expiring.NOTHING : expiration.run(now, limit);
  }

  /// What is applied here: durable once the item store is flushed after this call, and then the
  /// group may be told so with `stateDurable`.
  public Position applied() {
    return applier.state().position();
  }

  /// Sums up rows and state as of one position. Reads every row, while writes go on: for a thread
  /// that may wait for the disk, and that may be interrupted to end it.
  ///
  /// @return null when the replica is being dropped
  /// @throws java.util.concurrent.CancellationException when the thread is interrupted
  public @Nullable ReplicaChecksum checksum() {
    return applier.checksum();
  }

  public PartitionReport report() {
    Group.Report consensus = group.report();
    ReplicaState state = applier.state();
    return new PartitionReport(
        consensus.role(),
        consensus.leader(),
        consensus.term(),
        state.position().index(),
        state.items(),
        state.bytes(),
        state.indexes(),
        lane.unanswered(),
        lane.inFlight(),
        lane.commands(),
        lane.entries(),
        consensus.followers());
  }

  /// Hands leadership to another replica; completes when this one follows.
  public CompletableFuture<@Nullable Void> transferLeadership(Replica to) {
    return group.transferLeadership(to);
  }

  /// Ends the replica for good: its group, its log, its rows. May be called again, above all when
  /// it failed.
  public synchronized CompletableFuture<@Nullable Void> drop() {
    CompletableFuture<@Nullable Void> earlier = drop;
    if (earlier != null && !earlier.isCompletedExceptionally()) {
      return earlier;
    }
    close();
    CompletableFuture<@Nullable Void> now =
        CompletableFuture.runAsync(applier::markToBeDropped, environment.deciders())
            .thenCompose(
                _ ->
                    StoredReplicas.removeMarked(
                        applier.state(), store, host, environment.deciders()));
    drop = now;
    return now;
  }

  /// Takes no more requests. The group goes on until its host closes it.
  @Override
  public void close() {
    closed = true;
    lane.close();
  }
}
