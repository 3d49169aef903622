package dev.partita.replication.microraft;

import dev.partita.replication.Group;
import dev.partita.replication.GroupHost;
import dev.partita.replication.GroupHostOptions;
import dev.partita.replication.GroupId;
import dev.partita.replication.GroupLimits;
import dev.partita.replication.LogStore;
import dev.partita.replication.LogStore.Restored;
import dev.partita.replication.Replica;
import dev.partita.replication.Scheduler.Lane;
import dev.partita.replication.StateMachine;
import dev.partita.replication.Transport;
import dev.partita.replication.microraft.OpenReplica.Surroundings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// All groups of a pod on MicroRaft. MicroRaft logs a line for each vote and snapshot; in
/// production set the logger `io.microraft` to ERROR and keep `dev.partita.replication` at INFO,
/// which says every change of role in one line.
public final class MicroRaftGroupHost implements GroupHost {

  /// How long {@link #close} waits for the groups, in milliseconds.
  private static final long CLOSE_MILLIS = 10_000;

  private final String podName;
  private final LogStore logs;
  private final Surroundings around;
  private final Map<GroupId, Restored> restored = new ConcurrentHashMap<>();
  private final Map<GroupId, OpenReplica> open = new ConcurrentSkipListMap<>();
  private final Set<GroupId> taken = ConcurrentHashMap.newKeySet();
  private final LongAdder dropped = new LongAdder();
  private volatile boolean closed;

  public MicroRaftGroupHost(
      String podName, LogStore logs, Transport transport, GroupHostOptions options) {
    this.podName = podName;
    this.logs = logs;
    long heapBytes = Runtime.getRuntime().maxMemory();
    Lane snapshotLane = options.scheduler().lane("snapshots");
    this.around =
        new Surroundings(
            logs,
            transport,
            options,
            snapshotLane,
            new SnapshotServer(options.scheduler(), snapshotLane),
            new EntryBudget(
                0, GroupLimits.MAX_RECENT_BYTES, heapBytes / GroupLimits.RECENT_PART_OF_HEAP),
            new EntryBudget(
                GroupLimits.MIN_BYTES_PER_SNAPSHOT_MARK,
                options.bytesPerSnapshotMark(),
                heapBytes / GroupLimits.UNMARKED_PART_OF_HEAP),
            new LongAdder(),
            new LongAdder());
    logs.restored().forEach(group -> restored.put(group.id(), group));
  }

  @Override
  public CompletableFuture<Group> open(
      GroupId id, Replica self, List<Replica> founders, StateMachine machine) {
    if (closed) {
      return CompletableFuture.failedFuture(new IllegalStateException("the host is closed"));
    }
    Restored known = restored.get(id);
    if (!self.pod().equals(podName)) {
      throw new IllegalArgumentException(self + " does not live on " + podName);
    }
    if (known != null && !known.self().equals(self)) {
      throw new IllegalArgumentException(id + " is " + known.self() + " here, not " + self);
    }
    if (known == null && !founders.contains(self)) {
      throw new IllegalArgumentException(self + " is not among the founders " + founders);
    }
    if (!taken.add(id)) {
      return CompletableFuture.failedFuture(new IllegalStateException(id + " is open already"));
    }
    CompletableFuture<Group> opened = new CompletableFuture<>();
    Lane lane = around.options().scheduler().lane(id.toString());
    lane.execute(
        () -> {
          try {
            OpenReplica replica =
                new OpenReplica(id, self, List.copyOf(founders), known, machine, lane, around);
            open.put(id, replica);
            restored.remove(id);
            var _ = replica.start().whenComplete((_, failure) -> started(replica, failure, opened));
          } catch (RuntimeException | Error e) {
            taken.remove(id);
            opened.completeExceptionally(e);
          }
        });
    return opened;
  }

  private void started(
      OpenReplica replica, @Nullable Throwable failure, CompletableFuture<Group> opened) {
    if (failure == null) {
      opened.complete(replica.replica());
    } else {
      open.remove(replica.replica().id());
      opened.completeExceptionally(failure);
    }
  }

  @Override
  public @Nullable Group find(GroupId id) {
    OpenReplica replica = open.get(id);
    return replica == null ? null : replica.replica();
  }

  @Override
  public Collection<Group> groups() {
    return open.values().stream().<Group>map(OpenReplica::replica).toList();
  }

  @Override
  public CompletableFuture<@Nullable Void> remove(GroupId id) {
    OpenReplica replica = open.remove(id);
    if (replica != null) {
      return replica.replica().stop().handle((_, _) -> id).thenCompose(this::erase);
    }
    if (taken.contains(id)) {
      return CompletableFuture.failedFuture(new IllegalStateException(id + " is being opened"));
    }
    return restored.remove(id) == null ? CompletableFuture.completedFuture(null) : erase(id);
  }

  private CompletableFuture<@Nullable Void> erase(GroupId id) {
    CompletableFuture<@Nullable Void> erased = new CompletableFuture<>();
    around
        .options()
        .scheduler()
        .lane(id + "-removal")
        .execute(
            () -> {
              try {
                logs.remove(id);
                taken.remove(id);
                erased.complete(null);
              } catch (RuntimeException | Error e) {
                erased.completeExceptionally(e);
              }
            });
    return erased;
  }

  @Override
  public void receive(String fromPod, GroupId group, byte[] message) {
    OpenReplica replica = open.get(group);
    boolean taken = false;
    if (replica != null) {
      try {
        taken = replica.receive(MessageCodec.decode(fromPod, message));
      } catch (MalformedMessageException _) {
        // Counted below.
      }
    }
    if (!taken) {
      dropped.increment();
    }
  }

  @Override
  public long droppedMessages() {
    return dropped.sum();
  }

  @Override
  public Helped helped() {
    return new Helped(around.caughtUp().sum(), around.snapshots().begun());
  }

  @Override
  public long earlyMarks() {
    return around.earlyMarks().sum();
  }

  @Override
  public void close() {
    closed = true;
    CompletableFuture<?>[] stops =
        open.values().stream()
            .map(replica -> replica.replica().stop())
            .toArray(CompletableFuture<?>[]::new);
    open.clear();
    CompletableFuture.allOf(stops)
        .completeOnTimeout(null, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .join();
  }
}
