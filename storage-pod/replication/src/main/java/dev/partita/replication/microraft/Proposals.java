package dev.partita.replication.microraft;

import dev.partita.replication.GroupLimits;
import dev.partita.replication.LogStore;
import dev.partita.replication.Proposal;
import dev.partita.replication.Replica;
import dev.partita.replication.microraft.CoreMachine.Result;
import dev.partita.replication.microraft.Operation.Command;
import io.microraft.Ordered;
import io.microraft.RaftNode;
import io.microraft.exception.CannotReplicateException;
import io.microraft.exception.NotLeaderException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The way of proposals to the core and back.
///
/// A proposal is decided on the effects of those before it, so none may be refused while a later
/// one of the same epoch is accepted, unless the proposer learns of it before it decides the later
/// one. Hence everything that can be refused is refused within the call; behind it only the end of
/// the leadership can stop a proposal, and that stops all later ones too.
///
/// The check of the epoch here is not enough: a caller's thread may lose its processor between it
/// and the core's queue, for as long as it takes to lose leadership and to win it again. Such an
/// entry is fenced where it is applied, see {@link CoreMachine}. Thread-safe.
final class Proposals {
  private final Leadership leadership;
  private final LogStore logs;
  private final Life life;
  private final int maxInFlight;

  private final Map<Long, CompletableFuture<Proposal>> inFlight = new LinkedHashMap<>();
  private long lastTicket;
  private long bytesInFlight;
  private @Nullable Replica successor;
  private @Nullable CompletableFuture<@Nullable Void> moving;

  Proposals(Leadership leadership, LogStore logs, Life life, int maxInFlight) {
    this.leadership = leadership;
    this.logs = logs;
    this.life = life;
    this.maxInFlight = maxInFlight;
  }

  CompletableFuture<Proposal> propose(RaftNode node, long epoch, byte[] entry) {
    if (entry.length > GroupLimits.MAX_ENTRY_BYTES) {
      throw new IllegalArgumentException("an entry of " + entry.length + " bytes");
    }
    CompletableFuture<Proposal> proposal = new CompletableFuture<>();
    CompletableFuture<Ordered<Object>> replication;
    long ticket;
    synchronized (this) {
      Proposal refusal = refusal(epoch, entry.length);
      if (refusal != null) {
        return CompletableFuture.completedFuture(refusal);
      }
      ticket = ++lastTicket;
      inFlight.put(ticket, proposal);
      bytesInFlight += entry.length;
      replication = node.replicate(new Command(epoch, entry));
    }
    var _ =
        replication.whenComplete(
            (done, failure) -> {
              synchronized (this) {
                if (inFlight.remove(ticket) != null) {
                  bytesInFlight -= entry.length;
                }
              }
              proposal.complete(outcome(done, failure));
            });
    return proposal;
  }

  private @Nullable Proposal refusal(long epoch, int bytes) {
    if (life.isOver()) {
      return new Proposal.NotLeader(null);
    }
    if (epoch == Leadership.NONE || epoch != leadership.epoch()) {
      return new Proposal.NotLeader(leadership.leader());
    }
    if (successor != null) {
      return new Proposal.NotLeader(successor);
    }
    if (inFlight.size() >= maxInFlight
        || (!inFlight.isEmpty() && bytesInFlight + bytes > GroupLimits.MAX_IN_FLIGHT_BYTES)) {
      return new Proposal.Refused("too much in flight");
    }
    return logs.hasSpace() ? null : new Proposal.Refused("the disk is full");
  }

  private Proposal outcome(@Nullable Ordered<Object> done, @Nullable Throwable failure) {
    if (done != null) {
      return switch ((Result) done.getResult()) {
        case Result.Applied applied -> new Proposal.Applied(done.getCommitIndex(), applied.value());
        case Result.Fenced _ -> new Proposal.NotLeader(leadership.leader());
      };
    }
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    if (cause instanceof NotLeaderException) {
      return new Proposal.NotLeader(leadership.leader());
    }
    if (cause instanceof CannotReplicateException) {
      // See above: this must have been seen before. Going on would apply a later proposal that was
      // decided on this one.
      life.fail(new IllegalStateException("an admitted proposal was refused", cause));
    }
    return new Proposal.Unknown();
  }

  /// Hands leadership over; meanwhile proposals go to the successor.
  CompletableFuture<@Nullable Void> transfer(RaftNode node, Replica to) {
    CompletableFuture<@Nullable Void> moved = new CompletableFuture<>();
    CompletableFuture<Ordered<Object>> transfer;
    synchronized (this) {
      if (successor != null) {
        return CompletableFuture.failedFuture(
            new IllegalStateException("leadership is on its way to " + successor));
      }
      if (life.isOver()) {
        return CompletableFuture.failedFuture(new IllegalStateException("stopped"));
      }
      successor = to;
      moving = moved;
      transfer = node.transferLeadership(new Endpoint(to));
    }
    var _ =
        transfer.whenComplete(
            (_, failure) -> {
              synchronized (this) {
                successor = null;
                moving = null;
              }
              if (failure == null) {
                moved.complete(null);
              } else {
                moved.completeExceptionally(failure);
              }
            });
    return moved;
  }

  /// Ends what is in flight, when nobody will any more.
  void end() {
    List<CompletableFuture<Proposal>> left;
    CompletableFuture<@Nullable Void> transfer;
    synchronized (this) {
      left = new ArrayList<>(inFlight.values());
      inFlight.clear();
      bytesInFlight = 0;
      transfer = moving;
    }
    if (transfer != null) {
      transfer.completeExceptionally(new IllegalStateException("stopped"));
    }
    left.forEach(proposal -> proposal.complete(new Proposal.Unknown()));
  }
}
