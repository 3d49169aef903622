package dev.partita.cluster.routing;

import dev.partita.cluster.support.ByteBudget;
import dev.partita.model.command.Overload;
import dev.partita.model.command.ReadOutcome;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The items of one batch that wait for those of other partitions. What the memory of all batches
/// and pages does not hold is not kept: it can be asked for again. Thread-safe.
final class GatheredItems {
  private static final ReadOutcome TOO_MUCH =
      new ReadOutcome.Unavailable(Overload.PREFIX + "bytes of batches are in memory");

  private final ByteBudget memory;
  private final AtomicInteger held = new AtomicInteger();

  GatheredItems(ByteBudget memory) {
    this.memory = memory;
  }

  /// @return the same, or without the items for which there is no memory
  List<ReadOutcome> hold(List<ReadOutcome> outcomes) {
    return outcomes.stream().map(this::hold).toList();
  }

  private ReadOutcome hold(ReadOutcome outcome) {
    return switch (outcome) {
      case ReadOutcome.Found found -> {
        int bytes = found.stored().length() + PageRoute.ITEM_OVERHEAD_BYTES;
        if (!memory.tryTake(bytes)) {
          yield TOO_MUCH;
        }
        held.addAndGet(bytes);
        yield outcome;
      }
      case ReadOutcome.Missing _, ReadOutcome.Unavailable _ -> outcome;
    };
  }

  /// Gives the memory back, once the batch is answered.
  void release() {
    memory.give(held.getAndSet(0));
  }
}
