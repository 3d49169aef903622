package dev.partita.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemStoreOptions;
import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.expression.Condition;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.ItemSize;
import dev.partita.replication.Proposal;
import dev.partita.replication.ReadPermit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random commands on few keys, with commits, refusals and changes of leadership falling anywhere
/// between them. A map does what the log says; every answer must fit it.
class HistoryTest {

  private static final int SEEDS = 60;
  private static final int STEPS = 250;
  private static final PartitionLimits LIMITS =
      new PartitionLimits(1_000, 1 << 20, 5, 1 << 20, 3, 1 << 20);

  @Test
  void everyAnswerFitsAMapThatDoesTheSameInTheSameOrder(@TempDir Path directory) {
    try (ItemStore store = ItemStore.open(directory, ItemStoreOptions.defaults())) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        new Run(store, seed).go();
      }
    }
  }

  /// A command that was submitted and what came of it.
  private record Submitted(WriteCommand command, CompletableFuture<Reply<WriteOutcome>> reply) {}

  private static final class Run {
    private final LaneDesk desk;
    private final Random random;
    private final long seed;
    private final List<Submitted> waiting = new ArrayList<>();

    /// The items after the commands that took effect so far.
    private final Map<String, Map<String, AttributeValue>> model = new HashMap<>();

    Run(ItemStore store, long seed) {
      this.desk = new LaneDesk(store, LIMITS);
      this.random = new Random(seed);
      this.seed = seed;
    }

    void go() {
      desk.lead();
      for (int step = 0; step < STEPS; step++) {
        step();
        settle();
      }
      finish();
      assertThat(waiting).as("seed %s", seed).isEmpty();
      assertThat(desk.lane.unanswered()).isZero();
      long items = model.values().stream().filter(item -> item != null).count();
      long bytes = model.values().stream().mapToLong(ItemSize::ofAttributes).sum();
      assertThat(desk.state.get().items()).as("seed %s", seed).isEqualTo(items);
      assertThat(desk.state.get().bytes()).as("seed %s", seed).isEqualTo(bytes);
    }

    private void step() {
      int dice = random.nextInt(100);
      if (dice < 55) {
        WriteCommand command = command();
        waiting.add(new Submitted(command, desk.submit(command)));
        if (random.nextBoolean()) {
          desk.run();
        }
      } else if (dice < 80) {
        if (!desk.group.proposed.isEmpty()) {
          desk.commit();
        }
      } else if (dice < 94) {
        if (!desk.group.permits.isEmpty()) {
          desk.group.permit(ReadPermit.Granted.INSTANCE);
          desk.run();
        }
      } else if (dice < 97) {
        if (!desk.group.proposed.isEmpty()) {
          desk.group.end(new Proposal.Refused("refused"));
          desk.run();
        }
      } else {
        changeLeadership();
      }
    }

    /// Some of what is in flight is committed first, the rest never.
    private void changeLeadership() {
      for (int i = random.nextInt(3); i > 0 && !desk.group.proposed.isEmpty(); i--) {
        desk.commit();
        settle();
      }
      desk.applier.following(null);
      List<SteppedGroup.Proposed> lost = List.copyOf(desk.group.proposed);
      desk.group.proposed.clear();
      desk.run();
      desk.lead();
      lost.forEach(p -> p.end().complete(new Proposal.Unknown()));
      desk.group.permits.forEach(p -> p.complete(ReadPermit.Granted.INSTANCE));
      desk.group.permits.clear();
      desk.run();
    }

    private void finish() {
      desk.run();
      while (!desk.group.proposed.isEmpty() || !desk.group.permits.isEmpty()) {
        if (!desk.group.proposed.isEmpty()) {
          desk.commit();
        } else {
          desk.group.permit(ReadPermit.Granted.INSTANCE);
          desk.run();
        }
        settle();
      }
    }

    private WriteCommand command() {
      String name = "k" + random.nextInt(3);
      Condition condition =
          switch (random.nextInt(3)) {
            case 0 -> Items.ABSENT;
            case 1 -> Items.PRESENT;
            default -> null;
          };
      return switch (random.nextInt(3)) {
        case 0 ->
            Items.put(
                desk.table,
                Items.item(name, "n", Items.n(random.nextInt(100))),
                condition,
                ReturnValues.ALL_OLD,
                true);
        case 1 ->
            new WriteCommand.UpdateItem(
                desk.table,
                Items.key(name),
                Items.add(desk.table, name, 1 + random.nextInt(5)).update(),
                condition,
                ReturnValues.ALL_NEW,
                true);
        default -> Items.delete(desk.table, name, condition, ReturnValues.ALL_OLD);
      };
    }

    /// Takes answers in the order in which their commands came: the lane decides in that order, so
    /// the model must have the same image. A refusal may be answered ahead of an earlier write to
    /// another row, or after a later entry; so only commands on one row are held in order.
    private void settle() {
      List<Submitted> left = new ArrayList<>();
      Map<String, Boolean> held = new HashMap<>();
      for (Submitted s : waiting) {
        String name = name(s.command());
        if (held.containsKey(name) || !s.reply().isDone()) {
          held.put(name, true);
          left.add(s);
        } else {
          check(s.command(), name, s.reply().join());
        }
      }
      waiting.clear();
      waiting.addAll(left);
    }

    private void check(WriteCommand command, String name, Reply<WriteOutcome> reply) {
      switch (reply) {
        case Reply.NotLeader<WriteOutcome> _ -> {}
        case Reply.WrongRange<WriteOutcome> wrong -> throw new AssertionError(wrong);
        case Reply.Answer<WriteOutcome>(WriteOutcome.Unavailable _) -> {}
        case Reply.Answer<WriteOutcome>(WriteOutcome outcome) -> {
          Map<String, AttributeValue> before = model.get(name);
          Decision expected = Decider.decide(command, before == null ? null : Items.image(before));
          assertThat(outcome)
              .as("seed %s, %s on %s", seed, command, before)
              .isEqualTo(expected.outcome());
          if (expected instanceof Decision.Change(Image after, _)) {
            set(name, after);
          }
        }
      }
    }

    private void set(String name, @Nullable Image after) {
      if (after == null) {
        model.remove(name);
      } else {
        model.put(name, after.attributes());
      }
    }

    private static String name(WriteCommand command) {
      return ((AttributeValue.S) command.key().hash()).value();
    }
  }
}
