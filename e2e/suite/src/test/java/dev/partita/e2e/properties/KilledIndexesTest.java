package dev.partita.e2e.properties;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.partita.e2e.process.PartitaDev;
import dev.partita.e2e.wire.FreshTable;
import dev.partita.e2e.wire.WireClient;
import dev.partita.testing.Seeded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` amid concurrent writes loses nothing that was acknowledged, and leaves every index as
/// the items say.
///
/// `-Dpartita.seeds=N` sets how many tables, `-Dpartita.seed=K` takes one alone.
@Timeout(3_600)
class KilledIndexesTest {

  private static final int TABLES = 1;
  private static final int DEATHS = 2;
  private static final int WRITERS = 6;
  private static final int WRITES_PER_LIFE = 150;

  @TempDir private Path scratch;

  @Seeded(TABLES)
  void everyIndexIsWhatTheItemsSayAfterKillNine(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    RandomTable table = RandomTable.of("Killed", random, true);
    Path data = scratch.resolve("data" + seed);
    Path log = scratch.resolve("dev" + seed + ".log");
    List<History> histories = new ArrayList<>();
    for (int owner = 0; owner < WRITERS; owner++) {
      histories.add(new History(table, random.split(), owner));
    }
    for (int deaths = 0; deaths <= DEATHS; deaths++) {
      try (PartitaDev node = PartitaDev.start(data, log);
          WireClient wire = Tables.client(node)) {
        if (deaths == 0) {
          FreshTable.create(wire, table.createTable());
        } else {
          check(wire, table, histories, "after " + deaths + " deaths of " + table);
        }
        if (deaths < DEATHS) {
          writeUntilKilled(node, histories);
        }
      }
    }
  }

  private static void check(
      WireClient wire, RandomTable table, List<History> histories, String what) throws Exception {
    Map<String, JsonNode> items = Tables.items(wire, table);
    List<Integer> hashes = new ArrayList<>();
    for (int owner = 0; owner < histories.size(); owner++) {
      assertThat(histories.get(owner).settle(items)).as(what).isEmpty();
      hashes.addAll(History.hashes(owner));
    }
    assertThat(items).as(what).isNotEmpty();
    Tables.checkIndexes(wire, table, items.values());
    Tables.checkQueries(wire, table, hashes);
  }

  /// Everybody writes until enough is acknowledged, and then until the connection breaks.
  private static void writeUntilKilled(PartitaDev node, List<History> histories) throws Exception {
    AtomicInteger acknowledged = new AtomicInteger();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (History history : histories) {
        writers.add(
            pool.submit(
                () -> {
                  write(node, history, acknowledged);
                  return null;
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
  }

  private static void write(PartitaDev node, History history, AtomicInteger acknowledged)
      throws InterruptedException {
    try (WireClient wire = Tables.client(node)) {
      while (true) {
        History.Write write = history.next();
        history.unknown(write);
        WireClient.Answer answer = wire.call(write.operation(), write.body().toString());
        assertThat(write.isDone(answer)).as("%s: %s", write, answer.text()).isTrue();
        history.done(write);
        if (acknowledged.incrementAndGet() >= WRITES_PER_LIFE) {
          node.kill();
        }
      }
    } catch (IOException _) {
      // Killed; what the last write did will be seen.
    }
  }
}
