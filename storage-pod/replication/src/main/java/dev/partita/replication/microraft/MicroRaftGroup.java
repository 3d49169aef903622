package dev.partita.replication.microraft;

import dev.partita.replication.Group;
import dev.partita.replication.GroupId;
import dev.partita.replication.GroupLimits;
import dev.partita.replication.Proposal;
import dev.partita.replication.ReadPermit;
import dev.partita.replication.Replica;
import dev.partita.replication.Rounds;
import io.microraft.Ordered;
import io.microraft.QueryPolicy;
import io.microraft.RaftNode;
import io.microraft.exception.NotLeaderException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// A group as the rest of the process sees it. Thread-safe; puts together {@link Leadership},
/// {@link Proposals} and {@link Rounds} before a core.
final class MicroRaftGroup implements Group {
  private final GroupId id;
  private final Replica self;
  private final RaftNode node;
  private final Life life;
  private final CoreView view;
  private final CoreMachine machine;
  private final CoreStore store;
  private final ImageIntake intake;
  private final CoreExecutor executor;
  private final Leadership leadership;
  private final Proposals proposals;
  private final Progress progress;
  private final Rounds<ReadPermit> reads;

  MicroRaftGroup(GroupId id, Replica self, RaftNode node, ReplicaParts parts) {
    this.id = id;
    this.self = self;
    this.node = node;
    this.life = parts.life();
    this.view = parts.view();
    this.machine = parts.machine();
    this.store = parts.store();
    this.intake = parts.intake();
    this.executor = parts.executor();
    this.leadership = parts.leadership();
    this.proposals = parts.proposals();
    this.progress = parts.progress();
    // MicroRaft itself would let a read join the round that is under way.
    this.reads =
        new Rounds<>(
            this::confirm,
            GroupLimits.MAX_WAITING_READS,
            new ReadPermit.Refused("too many reads wait for confirmation"));
  }

  @Override
  public GroupId id() {
    return id;
  }

  @Override
  public Replica self() {
    return self;
  }

  @Override
  public CompletableFuture<Proposal> propose(long epoch, byte[] entry) {
    return proposals.propose(node, epoch, entry);
  }

  @Override
  public CompletableFuture<ReadPermit> readPermit() {
    if (life.isOver()) {
      return CompletableFuture.completedFuture(new ReadPermit.NotLeader(null));
    }
    if (leadership.epoch() != Leadership.NONE && leadership.isAlone()) {
      return CompletableFuture.completedFuture(ReadPermit.Granted.INSTANCE);
    }
    return reads.join();
  }

  private CompletableFuture<ReadPermit> confirm() {
    CompletableFuture<Ordered<Object>> answer =
        node.query(
            Operation.ReadMark.INSTANCE,
            QueryPolicy.LINEARIZABLE,
            Optional.empty(),
            Optional.empty());
    return answer.handle(
        (_, failure) ->
            failure == null
                ? ReadPermit.Granted.INSTANCE
                : new ReadPermit.NotLeader(leaderAfter(failure)));
  }

  private @Nullable Replica leaderAfter(Throwable failure) {
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    return cause instanceof NotLeaderException ? leadership.leader() : null;
  }

  @Override
  public CompletableFuture<@Nullable Void> transferLeadership(Replica to) {
    return proposals.transfer(node, to);
  }

  @Override
  public void stateDurable(long index) {
    executor.submit(() -> store.stateDurable(index));
  }

  @Override
  public Report report() {
    return new Report(
        life.isOver() ? "STOPPED" : leadership.role(),
        leadership.leader(),
        node.getTerm().getTerm(),
        machine.applied(),
        view.voters(),
        progress.followers());
  }

  /// Ends what waits, after the replica stopped.
  void ended() {
    proposals.end();
    reads.end(new ReadPermit.NotLeader(null));
  }

  /// Stops the replica; completes when its lane is done with it.
  CompletableFuture<@Nullable Void> stop() {
    CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
    if (life.isOver()) {
      stopped.complete(null);
      return stopped;
    }
    var _ =
        node.terminate()
            .whenComplete(
                (_, _) -> {
                  intake.drop();
                  life.end();
                  stopped.complete(null);
                });
    return stopped;
  }
}
