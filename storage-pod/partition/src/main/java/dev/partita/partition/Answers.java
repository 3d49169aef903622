package dev.partita.partition;

import dev.partita.model.command.WriteOutcome;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.partition.Round.Waiter;
import dev.partita.replication.Proposal;
import dev.partita.replication.Replica;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the commands of a round hear when it has ended.
final class Answers {

  private final Admission admission;
  private final Supplier<ReplicaState> applied;

  Answers(Admission admission, Supplier<ReplicaState> applied) {
    this.admission = admission;
    this.applied = applied;
  }

  static Reply<WriteOutcome> unavailable(String reason, boolean indeterminate) {
    return new Reply.Answer<>(new WriteOutcome.Unavailable(reason, indeterminate));
  }

  void answer(Request request, Reply<WriteOutcome> reply) {
    admission.leave(request.weight());
    request.reply().complete(reply);
  }

  void fail(Request request, Throwable cause) {
    admission.leave(request.weight());
    request.reply().completeExceptionally(cause);
  }

  /// Ends a round that changed nothing and that nothing speaks against.
  void confirmed(Round round) {
    reply(round, new BitSet(), applied.get().descriptor());
  }

  /// Ends a round whose entry the applier has seen.
  void applied(Round round, ApplyResult result) {
    switch (result) {
      case ApplyResult.Done _ -> reply(round, new BitSet(), applied.get().descriptor());
      case ApplyResult.Narrowed(BitSet outside, PartitionDescriptor present) ->
          reply(round, outside, present);
      case ApplyResult.OutOfTurn _ -> nothing(round, "a write before this one was refused");
    }
  }

  /// @param outside numbers of the effects that did nothing
  private void reply(Round round, BitSet outside, PartitionDescriptor present) {
    for (Waiter waiter : round.waiters) {
      Row row = waiter.row();
      answer(
          waiter.request(),
          row != null && !outside.get(row.number)
              ? new Reply.Answer<>(waiter.outcome())
              : unlessOutside(waiter, present));
    }
  }

  /// Ends a round whose entry did not come to be applied, as far as is known.
  void lost(Round round, Proposal proposal) {
    switch (proposal) {
      case Proposal.Applied _ -> throw new IllegalArgumentException("not lost: " + proposal);
      case Proposal.NotLeader(Replica leader) -> sentAway(round, leader);
      case Proposal.Refused(String reason) -> nothing(round, reason);
      case Proposal.Unknown _ -> {
        for (Waiter waiter : round.waiters) {
          answer(
              waiter.request(),
              waiter.row() == null
                  ? new Reply.NotLeader<>(null)
                  : unavailable("leadership was lost with the write in flight", true));
        }
      }
    }
  }

  /// Ends a round without effect whose commands shall ask again.
  void sentAway(Round round, @Nullable Replica leader) {
    for (Waiter waiter : round.waiters) {
      answer(waiter.request(), new Reply.NotLeader<>(leader));
    }
  }

  /// Ends a round that certainly has no effect.
  void nothing(Round round, String reason) {
    for (Waiter waiter : round.waiters) {
      answer(waiter.request(), unavailable(reason, false));
    }
  }

  /// What a command hears that changed nothing, or whose change came to nothing: the range may have
  /// shrunk since the decision.
  private static Reply<WriteOutcome> unlessOutside(Waiter waiter, PartitionDescriptor present) {
    return present.range().contains(waiter.request().rowKey())
        ? new Reply.Answer<>(waiter.outcome())
        : new Reply.WrongRange<>(List.of(present));
  }
}
