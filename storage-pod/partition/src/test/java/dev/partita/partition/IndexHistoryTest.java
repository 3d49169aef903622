package dev.partita.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemStoreOptions;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.expression.Condition;
import dev.partita.model.value.AttributeValue;
import dev.partita.replication.Proposal;
import dev.partita.replication.ReadPermit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// After any history of writes the index entries are the projection of the items, and the records
/// of collections their sums: with commits, refusals and changes of leadership anywhere between the
/// commands, and after a crash that lost all rows that were not flushed.
class IndexHistoryTest {

  private static final int SEEDS = 60;
  private static final int STEPS = 250;
  private static final PartitionLimits LIMITS =
      new PartitionLimits(1_000, 1 << 20, 5, 1 << 20, 3, 1 << 20, 700);

  @Test
  void whatIsBesideTheItemsIsWhatTheItemsSay(@TempDir Path directory) {
    try (ItemStore store = ItemStore.open(directory, ItemStoreOptions.defaults())) {
      int full = 0;
      for (long seed = 1; seed <= SEEDS; seed++) {
        Run run = new Run(store, seed);
        run.go();
        full += run.full;
      }
      // The bound on collections was met too.
      assertThat(full).isPositive();
    }
  }

  private static final class Run {
    private final ItemStore store;
    private final LaneDesk desk;
    private final Random random;
    private final long seed;
    private int full;

    Run(ItemStore store, long seed) {
      this.store = store;
      this.desk = new LaneDesk(store, LIMITS, IndexedTable.TABLE);
      this.random = new Random(seed);
      this.seed = seed;
    }

    void go() {
      desk.lead();
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      desk.run();
      while (!desk.group.proposed.isEmpty() || !desk.group.permits.isEmpty()) {
        if (!desk.group.proposed.isEmpty()) {
          desk.commit();
        } else {
          desk.group.permit(ReadPermit.Granted.INSTANCE);
          desk.run();
        }
      }
      check();
    }

    private void check() {
      assertThat(IndexedTable.beside(store, desk.table))
          .as("seed %s", seed)
          .isEqualTo(IndexedTable.expected(store, desk.table));
      List<IndexSize> sizes = IndexedTable.expectedSizes(store, desk.table);
      List<IndexSize> counted = desk.state.get().indexes();
      for (int number = 0; number < sizes.size(); number++) {
        assertThat(number < counted.size() ? counted.get(number) : IndexSize.EMPTY)
            .as("seed %s, index %s", seed, number)
            .isEqualTo(sizes.get(number));
      }
      assertThat(desk.state.get().items())
          .as("seed %s", seed)
          .isEqualTo(IndexedTable.items(store, desk.table).size());
    }

    private void step() {
      int dice = random.nextInt(100);
      if (dice < 60) {
        var _ =
            desk.submit(command(random, desk.table))
                .thenAccept(
                    reply -> {
                      if (reply instanceof Reply.Answer(WriteOutcome.CollectionFull _)) {
                        full++;
                      }
                    });
        if (random.nextBoolean()) {
          desk.run();
        }
      } else if (dice < 85) {
        if (!desk.group.proposed.isEmpty()) {
          desk.commit();
          check();
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

    private void changeLeadership() {
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
  }

  @Test
  void theyAreSoAfterACrashThatLostWhatWasNotFlushed(@TempDir Path directory) {
    for (long seed = 1; seed <= 3; seed++) {
      try (Pods pods = new Pods(1, directory.resolve("seed-" + seed), IndexedTable.TABLE)) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
          pods.write(command(random, Pods.TABLE));
        }
        Pods.Pod pod = pods.all.getFirst();
        var before = IndexedTable.beside(pod.store(), Pods.TABLE);
        pods.kill(pod);
        pods.start(pod);
        pods.write(command(random, Pods.TABLE));
        pods.awaitEven();
        var after = IndexedTable.beside(pod.store(), Pods.TABLE);
        assertThat(before).as("seed %s", seed).isNotEmpty();
        assertThat(after)
            .as("seed %s", seed)
            .isEqualTo(IndexedTable.expected(pod.store(), Pods.TABLE));
        assertThat(pod.partition().report().indexes())
            .as("seed %s", seed)
            .isEqualTo(IndexedTable.expectedSizes(pod.store(), Pods.TABLE));
      }
    }
  }

  private static WriteCommand command(Random random, long table) {
    String name = "k" + random.nextInt(2);
    long sort = random.nextInt(3);
    return switch (random.nextInt(6)) {
      case 0, 1 -> IndexedTable.put(table, item(random, name, sort));
      case 2 ->
          IndexedTable.update(
              table,
              name,
              sort,
              Items.set("a", Items.n(random.nextInt(3))),
              random.nextBoolean() ? null : PRESENT);
      case 3 ->
          IndexedTable.set(
              table,
              name,
              sort,
              random.nextBoolean() ? "x" : "y",
              Items.s("v".repeat(random.nextInt(100))));
      case 4 -> IndexedTable.remove(table, name, sort, random.nextBoolean() ? "a" : "b");
      default -> IndexedTable.delete(table, name, sort);
    };
  }

  private static final @Nullable Condition PRESENT =
      new Condition.AttributeExists(dev.partita.model.expression.Path.of("k"));

  private static Map<String, AttributeValue> item(Random random, String name, long sort) {
    Map<String, AttributeValue> item = IndexedTable.item(name, sort);
    if (random.nextBoolean()) {
      item.put("a", Items.n(random.nextInt(3)));
    }
    if (random.nextBoolean()) {
      item.put("b", Items.s("b" + random.nextInt(2)));
    }
    if (random.nextBoolean()) {
      item.put("x", Items.n(random.nextInt(2)));
    }
    if (random.nextBoolean()) {
      item.put("y", Items.s("y".repeat(random.nextInt(120))));
    }
    return item;
  }
}
