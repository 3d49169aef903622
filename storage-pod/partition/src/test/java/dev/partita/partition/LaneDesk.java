package dev.partita.partition;

import dev.partita.engine.ItemStore;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.index.LocalIndexes;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowKeys;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableDefinition;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A lane with its applier over a real store, stepped by a test on one thread.
final class LaneDesk {

  /// Tests share a store and keep apart by partition and table.
  private static final AtomicLong NEXT_ID = new AtomicLong(100);

  final long table = NEXT_ID.incrementAndGet();
  final AtomicReference<ReplicaState> state;
  final Applier applier;
  final Lane lane;
  final SteppedGroup group;
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  LaneDesk(ItemStore store, PartitionLimits limits) {
    this(store, limits, Items.TABLE);
  }

  LaneDesk(ItemStore store, PartitionLimits limits, TableDefinition definition) {
    this.state = new AtomicReference<>(ReplicaState.founding(descriptor(table)));
    HybridClock clock = new HybridClock(() -> 1_000);
    ExpiryIndex expiry = new ExpiryIndex(store, table);
    this.lane =
        new Lane(
            store,
            state::get,
            clock,
            limits,
            expiry::attribute,
            LocalIndexes.of(definition),
            tasks::add);
    this.applier = new Applier(store, clock, limits, state, expiry, lane);
    this.group = new SteppedGroup(table, applier);
    lane.attach(group);
    run();
  }

  static PartitionDescriptor descriptor(long table) {
    return new PartitionDescriptor(
        table,
        table,
        RowKeys.table(table),
        1,
        1,
        List.of(new PartitionDescriptor.Peer("pod-0", 1)));
  }

  void lead() {
    group.lead();
    run();
  }

  /// Lets the lane work until it waits.
  void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  CompletableFuture<Reply<WriteOutcome>> submit(WriteCommand command) {
    return lane.submit(RowKeys.item(table, command.key()), command);
  }

  CompletableFuture<Reply<WriteOutcome>> submitAndRun(WriteCommand command) {
    CompletableFuture<Reply<WriteOutcome>> reply = submit(command);
    run();
    return reply;
  }

  void commit() {
    group.commit();
    run();
  }

  void commitAll() {
    while (!group.proposed.isEmpty()) {
      commit();
    }
  }

  /// As if a split had been applied.
  void narrowTo(KeyRange range) {
    ReplicaState was = state.get();
    PartitionDescriptor d = was.descriptor();
    state.set(
        new ReplicaState(
            was.position(),
            was.turnEpoch(),
            was.nextTurn(),
            new PartitionDescriptor(
                d.id(), d.tableId(), range, d.version() + 1, d.configVersion(), d.peers()),
            was.items(),
            was.bytes(),
            was.maxDeleteTimestamp(),
            was.clockFloor(),
            was.sequenceBase(),
            was.dropping(),
            was.indexes()));
  }
}
