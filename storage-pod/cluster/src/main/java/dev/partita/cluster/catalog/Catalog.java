package dev.partita.cluster.catalog;

import dev.partita.cluster.TableOutcome;
import dev.partita.cluster.catalog.CatalogCommand.ActivateTable;
import dev.partita.cluster.catalog.CatalogCommand.RemoveTable;
import dev.partita.cluster.peer.PeerNetwork;
import dev.partita.cluster.peer.PeerReply;
import dev.partita.cluster.peer.PodOperation;
import dev.partita.cluster.support.Retry;
import dev.partita.engine.ItemStore;
import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.table.TableDefinition;
import dev.partita.partition.ReplicaChecksum;
import dev.partita.replication.Group;
import dev.partita.replication.GroupHost;
import dev.partita.replication.GroupId;
import dev.partita.replication.Position;
import dev.partita.replication.Proposal;
import dev.partita.replication.ReadPermit;
import dev.partita.replication.Replica;
import dev.partita.replication.Rounds;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This pod's copy of the catalog and its way to change it: every pod is a member of the catalog's
/// group, the leader decides. Thread-safe; nothing blocks.
public final class Catalog {
  private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

  /// How long a change waits for a leader that takes it, in milliseconds.
  private static final long CHANGE_PATIENCE_MILLIS = 10_000;

  /// How long a refresh waits for a leader and for this copy to follow, in milliseconds.
  private static final long REFRESH_PATIENCE_MILLIS = 2_000;

  /// How long one round of refreshing takes at most, in milliseconds: half of a refresh's patience,
  /// so that who comes while a leader keeps silent still gets a round of his own.
  private static final long ROUND_PATIENCE_MILLIS = REFRESH_PATIENCE_MILLIS / 2;

  /// Refreshes that wait for a round, in callers; one more does not succeed.
  private static final int MAX_WAITING_REFRESHES = 16_384;

  /// How long an answer waits for this copy to follow a change made elsewhere, in milliseconds.
  private static final long FOLLOW_PATIENCE_MILLIS = 2_000;

  /// Told of what happens; must not block.
  public interface Listener {
    /// The copy on this pod changed, or this pod began or ceased to lead the catalog.
    void catalogMoved();
  }

  private final String self;
  private final PeerNetwork peers;
  private final ScheduledExecutorService timer;
  private final CommandMaker maker;
  private final CatalogMachine machine;
  private final Rounds<Boolean> rounds =
      new Rounds<>(this::refreshOnce, MAX_WAITING_REFRESHES, false);
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Group group;
  private volatile boolean caughtUp;
  private volatile boolean closed;

  /// Loads the copy on this pod's disk; it can be read at once.
  public Catalog(
      String self,
      ItemStore store,
      PeerNetwork peers,
      ScheduledExecutorService timer,
      CommandMaker maker) {
    this.self = self;
    this.peers = peers;
    this.timer = timer;
    this.maker = maker;
    machine =
        new CatalogMachine(
            store,
            new CatalogMachine.Listener() {
              @Override
              public void changed(CatalogState state) {
                tell();
              }

              @Override
              public void leading(boolean leads) {
                tell();
              }
            });
  }

  /// Joins the catalog's group.
  ///
  /// @param members pods that hold the catalog, this one among them
  public CompletableFuture<?> open(GroupHost host, List<String> members) {
    List<Replica> founders =
        members.stream().map(pod -> new Replica(pod, members.indexOf(pod) + 1)).toList();
    Replica own = founders.get(members.indexOf(self));
    return host.open(GroupId.CATALOG, own, founders, machine)
        .thenAccept(
            g -> {
              group = g;
              catchUp();
            });
  }

  /// Tries until this copy has once been as new as the leader's.
  private void catchUp() {
    var _ =
        refresh()
            .thenAccept(
                done -> {
                  if (!done && !closed) {
                    catchUp();
                  }
                });
  }

  /// Asks for nothing more.
  public void close() {
    closed = true;
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /// The copy on this pod.
  public CatalogState state() {
    return machine.state();
  }

  /// How far this pod's copy is; what the item store holds when it is flushed after this call.
  public Position applied() {
    return machine.position();
  }

  /// Sums up the copy in this pod's item store. Reads it: for a thread that may wait for the disk.
  public ReplicaChecksum checksum() {
    return machine.checksum();
  }

  public @Nullable Group group() {
    return group;
  }

  /// Whether this pod leads the catalog.
  public boolean leads() {
    return machine.epoch() != 0;
  }

  /// Whether this copy was once as new as the leader's since the pod started.
  public boolean caughtUp() {
    return caughtUp;
  }

  /// Whether the catalog is followed: this copy caught up since the pod started, and a leader is
  /// known.
  public boolean followed() {
    return caughtUp && leaderPod() != null;
  }

  /// Name of the pod that leads the catalog; null if unknown.
  public @Nullable String leaderPod() {
    if (leads()) {
      return self;
    }
    Group g = group;
    Replica leader = g == null ? null : g.report().leader();
    return leader == null || leader.pod().equals(self) ? null : leader.pod();
  }

  public CompletableFuture<TableOutcome> createTable(TableDefinition definition) {
    return change(new Intent.Create(definition));
  }

  public CompletableFuture<TableOutcome> updateTable(
      TableDefinition updated, TableDefinition expected) {
    return change(new Intent.Update(expected, updated));
  }

  public CompletableFuture<TableOutcome> deleteTable(String name) {
    return change(new Intent.Delete(name));
  }

  /// On the leader: notes that every partition of a table has a leader.
  public CompletableFuture<?> activate(long tableId) {
    return propose(new ActivateTable(tableId));
  }

  /// On the leader: forgets a table that is deleted.
  public CompletableFuture<?> remove(long tableId) {
    return propose(new RemoveTable(tableId));
  }

  /// Brings this copy to where the leader was at some moment after the call.
  ///
  /// @return false if no leader answered in time: the copy may be old
  public CompletableFuture<Boolean> refresh() {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    refresh(new Retry(timer, REFRESH_PATIENCE_MILLIS), result);
    return result.completeOnTimeout(false, REFRESH_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void refresh(Retry retry, CompletableFuture<Boolean> result) {
    var _ =
        rounds
            .join()
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    LOG.warn("could not refresh the catalog", failure);
                  }
                  if (failure == null && done) {
                    result.complete(true);
                  } else if (!result.isDone()) {
                    refreshLater(retry, result);
                  }
                });
  }

  /// Asks the leader once where it is, and follows it there.
  ///
  /// @return false if that did not succeed in time
  private CompletableFuture<Boolean> refreshOnce() {
    String leader = leaderPod();
    if (leader == null) {
      return CompletableFuture.completedFuture(false);
    }
    CompletableFuture<Long> index =
        leader.equals(self)
            ? confirmedIndex()
            : peers
                .request(
                    leader, PodOperation.CATALOG_INDEX.code(), new byte[0], ROUND_PATIENCE_MILLIS)
                .thenApply(
                    reply ->
                        reply instanceof PeerReply.Answer(byte[] body)
                            ? new ByteReader(body).u64()
                            : -1);
    return index
        .thenCompose(
            at ->
                at < 0
                    ? CompletableFuture.completedFuture(false)
                    : machine.applied(at, ROUND_PATIENCE_MILLIS))
        .thenApply(
            done -> {
              if (done) {
                caughtUp = true;
              }
              return done;
            })
        .completeOnTimeout(false, ROUND_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void refreshLater(Retry retry, CompletableFuture<Boolean> result) {
    if (!retry.later(() -> refresh(retry, result))) {
      result.complete(false);
    }
  }

  /// Answers {@link PodOperation#CATALOG_INDEX}: an index, or -1 where this pod does not lead.
  public CompletableFuture<byte[]> answerIndex() {
    return confirmedIndex()
        .thenApply(
            index -> {
              ByteWriter out = new ByteWriter(Long.BYTES);
              out.u64(index);
              return out.toArray();
            });
  }

  private CompletableFuture<Long> confirmedIndex() {
    Group g = group;
    if (g == null) {
      return CompletableFuture.completedFuture(-1L);
    }
    return g.readPermit()
        .thenApply(
            permit ->
                switch (permit) {
                  case ReadPermit.Granted _ -> machine.position().index();
                  case ReadPermit.NotLeader _, ReadPermit.Refused _ -> -1L;
                });
  }

  /// Answers {@link PodOperation#CATALOG_CHANGE}.
  public CompletableFuture<byte[]> answerChange(byte[] body) {
    return decide(Intent.decode(body)).thenApply(ChangeReply::encode);
  }

  private CompletableFuture<TableOutcome> change(Intent intent) {
    CompletableFuture<TableOutcome> result = new CompletableFuture<>();
    change(intent, new Retry(timer, CHANGE_PATIENCE_MILLIS), result);
    return result;
  }

  private void change(Intent intent, Retry retry, CompletableFuture<TableOutcome> result) {
    String leader = leaderPod();
    if (leader == null) {
      changeLater(intent, retry, result);
      return;
    }
    if (leader.equals(self)) {
      var _ =
          decide(intent)
              .whenComplete(
                  (reply, failure) -> {
                    if (failure != null) {
                      result.completeExceptionally(failure);
                    } else {
                      settle(reply, intent, retry, result);
                    }
                  });
      return;
    }
    var _ =
        peers
            .request(
                leader,
                PodOperation.CATALOG_CHANGE.code(),
                intent.encode(),
                retry.remainingMillis())
            .thenAccept(
                reply -> {
                  switch (reply) {
                    case PeerReply.Answer(byte[] body) ->
                        settle(ChangeReply.decode(body), intent, retry, result);
                    case PeerReply.Unreachable _ -> changeLater(intent, retry, result);
                    case PeerReply.Busy(String why) ->
                        result.complete(new TableOutcome.Unavailable(why));
                    case PeerReply.Lost(String why) ->
                        result.complete(new TableOutcome.Unavailable(why));
                  }
                })
            .exceptionally(
                failure -> {
                  result.completeExceptionally(failure);
                  return null;
                });
  }

  private void settle(
      ChangeReply reply, Intent intent, Retry retry, CompletableFuture<TableOutcome> result) {
    switch (reply) {
      case ChangeReply.NotLeader _ -> changeLater(intent, retry, result);
      // Who made a change sees it on the pod that he asked.
      case ChangeReply.Decided(TableOutcome outcome, long index) -> {
        var _ =
            machine
                .applied(index, FOLLOW_PATIENCE_MILLIS)
                .thenAccept(_ -> result.complete(outcome));
      }
    }
  }

  private void changeLater(Intent intent, Retry retry, CompletableFuture<TableOutcome> result) {
    if (!retry.later(() -> change(intent, retry, result))) {
      result.complete(new TableOutcome.Unavailable("the catalog has no leader that answers"));
    }
  }

  private CompletableFuture<ChangeReply> decide(Intent intent) {
    if (!leads()) {
      return CompletableFuture.completedFuture(new ChangeReply.NotLeader());
    }
    return propose(maker.commandFor(intent, machine.state()));
  }

  private CompletableFuture<ChangeReply> propose(CatalogCommand command) {
    Group g = group;
    long epoch = machine.epoch();
    if (g == null || epoch == 0) {
      return CompletableFuture.completedFuture(new ChangeReply.NotLeader());
    }
    return g.propose(epoch, CatalogCommands.encode(command))
        .thenApply(
            proposal ->
                switch (proposal) {
                  case Proposal.Applied(long index, Object result) ->
                      new ChangeReply.Decided(outcome(result), index);
                  case Proposal.NotLeader _ -> new ChangeReply.NotLeader();
                  case Proposal.Refused(String why) ->
                      new ChangeReply.Decided(new TableOutcome.Unavailable(why), 0);
                  case Proposal.Unknown _ ->
                      new ChangeReply.Decided(
                          new TableOutcome.Unavailable("the catalog lost its leader"), 0);
                });
  }

  private static TableOutcome outcome(@Nullable Object result) {
    if (result instanceof TableOutcome outcome) {
      return outcome;
    }
    throw new IllegalStateException("the catalog applied an entry without an outcome");
  }

  private void tell() {
    for (Listener listener : listeners) {
      listener.catalogMoved();
    }
  }
}
