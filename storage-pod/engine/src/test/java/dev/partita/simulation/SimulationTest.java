package dev.partita.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many seeds by default, more on demand: `-Dpartita.simulation.seeds=20000
/// -Dpartita.simulation.from=1`.
@Timeout(value = 4, unit = TimeUnit.HOURS)
class SimulationTest {
  private static final long SEEDS = Long.getLong("partita.simulation.seeds", 300);
  private static final long FROM = Long.getLong("partita.simulation.from", 1);

  private static final int SLOW_SEEDS = 40;

  /// By when a group on slow disks has taken a write, in virtual milliseconds.
  private static final long SLOW_MILLIS = 20_000;

  @Test
  void noPromiseIsBrokenUnderAnySeed() throws InterruptedException {
    List<Future<Simulation.Result>> runs = new ArrayList<>();
    Coverage total = new Coverage();
    List<String> broken = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (long seed = FROM; seed < FROM + SEEDS; seed++) {
        long one = seed;
        runs.add(threads.submit(() -> Simulation.run(one)));
      }
      for (int i = 0; i < runs.size(); i++) {
        try {
          total.add(runs.get(i).get().coverage());
        } catch (ExecutionException e) {
          broken.add(replay(FROM + i) + describe(e.getCause()));
        }
      }
    }
    System.out.println(SEEDS + " seeds: " + total);
    assertThat(broken).isEmpty();
    if (SEEDS >= 100) {
      assertThat(total.writes).as("acknowledged writes").isGreaterThan(100 * SEEDS);
      assertThat(total.reads).as("strong reads").isGreaterThan(100 * SEEDS);
      assertThat(total.unknown).as("writes with unknown end").isGreaterThan(SEEDS);
      assertThat(total.images).as("images of the state installed").isGreaterThan(SEEDS);
      assertThat(total.caughtUp).as("appends behind a mark").isGreaterThan(SEEDS);
      assertThat(total.earlyMarks).as("marks for the size of entries").isGreaterThan(10 * SEEDS);
      assertThat(total.crashes).as("crashes").isGreaterThan(SEEDS);
      assertThat(total.faults).as("broken logs").isGreaterThan(SEEDS / 10);
      assertThat(total.fenced).as("entries of a lost epoch").isGreaterThan(SEEDS / 20);
      assertThat(total.heldBack)
          .as("reads that a running round must not answer")
          .isGreaterThan(SEEDS / 20);
      assertThat(total.slowDisks).as("slow disks").isGreaterThan(SEEDS);
      assertThat(total.leaders).as("leaderships").isGreaterThan(2 * SEEDS);
    }
  }

  private static String replay(long seed) {
    return "mvn -q -pl storage-pod/engine -am test -Dtest=SimulationTest"
        + " -Dsurefire.failIfNoSpecifiedTests=false -Dpartita.simulation.seeds=1"
        + " -Dpartita.simulation.from="
        + seed;
  }

  private static String describe(@Nullable Throwable failure) {
    StringBuilder out = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      out.append("\n  because of ").append(cause);
      StackTraceElement[] trace = cause.getStackTrace();
      for (int i = 0; i < Math.min(8, trace.length); i++) {
        out.append("\n    at ").append(trace[i]);
      }
    }
    return out.toString();
  }

  /// The wait for votes is 250 to 500 ms at first. A vote that comes later must not be too late for
  /// ever.
  @ParameterizedTest
  @ValueSource(longs = {100, 200, 400})
  void slowSyncsDoNotKeepAGroupWithoutALeader(long syncMillis) {
    List<Long> millis =
        LongStream.rangeClosed(1, SLOW_SEEDS)
            .map(seed -> Simulation.runOnSlowDisks(seed, syncMillis))
            .sorted()
            .boxed()
            .toList();
    System.out.println("syncs of " + syncMillis + " ms: written after " + millis);
    assertThat(millis).allMatch(written -> written <= SLOW_MILLIS);
  }

  @Test
  void theSameSeedIsTheSameRun() {
    for (long seed = 1; seed <= 3; seed++) {
      assertThat(Simulation.run(seed).hash()).isEqualTo(Simulation.run(seed).hash());
    }
    assertThat(Simulation.run(1).hash()).isNotEqualTo(Simulation.run(2).hash());
  }

  @Test
  void theSameSeedIsTheSameRunInAnotherProcess() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-ea",
                "-cp",
                System.getProperty("java.class.path"),
                SimulationMain.class.getName(),
                "5")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(printed).isEqualTo(Long.toHexString(Simulation.run(5).hash()));
  }
}
