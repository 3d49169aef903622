package dev.partita.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a client sends: an answer or an error of the API, soon, on a small stack, in memory
/// that what it sent bounds.
///
/// `-Dpartita.fuzz.inputs=N` sets how many inputs (6,000 by default), `-Dpartita.fuzz.seed=K` where
/// to begin: input number i is made from seed K + i alone, so a failure is replayed by its seed
/// with one input.
class ItemApiFuzzTest {

  private static final int INPUTS = Integer.getInteger("partita.fuzz.inputs", 6_000);
  private static final long SEED = Long.getLong("partita.fuzz.seed", 20_261_122L);

  /// Half of what event loops have.
  private static final long STACK_BYTES = 512 * 1024L;

  /// Inputs that are not timed: before them the compiler has seen little of the code.
  private static final int WARM_UP_INPUTS = 2_000;

  private static final Duration SLOWEST = Duration.ofMillis(50);

  /// Times that a slow input is tried again: a page fault, a class that is loaded or code that is
  /// thrown away makes one try slow, a bad parser all of them.
  private static final int TRIES = 4;

  /// What a small request may allocate: the page that it reads, its tree, its answer.
  private static final long FIXED_BYTES = 1 << 20;

  /// Allocated bytes per byte of the body.
  private static final int BYTES_PER_BYTE = 64;

  private static final int PROGRESS_INPUTS = 100_000;
  private static final int MOST_FAULTS = 20;

  private static FuzzTarget target;

  private final Map<String, String> faults = new TreeMap<>();
  private int refused;
  private long bodyBytes;
  private long slowestNanos;

  @BeforeAll
  static void open(@TempDir Path directory) {
    target = new FuzzTarget(directory);
  }

  @AfterAll
  static void close() {
    target.close();
  }

  @Test
  @Timeout(3_600)
  void everyInputIsAnsweredOrRefusedAtOnceAndInBoundedMemory() throws Exception {
    FutureTask<Void> task = new FutureTask<>(this::run, null);
    new Thread(null, task, "small-stack", STACK_BYTES).start();
    task.get();
    System.out.printf("fuzz: %s%n", report(INPUTS));
    assertThat(faults.values()).as(report(INPUTS)).isEmpty();
    if (INPUTS >= WARM_UP_INPUTS) {
      assertThat(refused).as("neither all nor none").isBetween(INPUTS / 10, INPUTS / 10 * 9);
    }
  }

  private void run() {
    for (int i = 0; i < INPUTS && faults.size() < MOST_FAULTS; i++) {
      attempt(SEED + i, i >= WARM_UP_INPUTS);
      if ((i + 1) % PROGRESS_INPUTS == 0) {
        System.out.printf("fuzz: %s%n", report(i + 1));
      }
    }
  }

  private void attempt(long seed, boolean timed) {
    FuzzRequest request = FuzzRequest.of(seed);
    FuzzTarget.Result result = target.call(request);
    refused += result.refused() ? 1 : 0;
    bodyBytes += request.body().length;
    Throwable fault = result.fault();
    if (fault != null) {
      note(place(fault), seed, request, fault.toString());
    }
    long bound = FIXED_BYTES + (long) BYTES_PER_BYTE * request.body().length;
    if (timed && result.allocatedBytes() > bound) {
      note("memory " + request.operation(), seed, request, result.allocatedBytes() + " bytes");
    }
    long nanos = result.cpuNanos();
    for (int i = 1; timed && nanos > SLOWEST.toNanos() && i < TRIES; i++) {
      nanos = Math.min(nanos, target.call(request).cpuNanos());
    }
    if (timed) {
      slowestNanos = Math.max(slowestNanos, nanos);
      if (nanos > SLOWEST.toNanos()) {
        note("time " + request.operation(), seed, request, nanos / 1_000_000 + " ms");
      }
    }
  }

  /// Where a fault comes from, so that each is told once.
  private static String place(Throwable fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    return fault.getClass() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  private void note(String kind, long seed, FuzzRequest request, String what) {
    faults.computeIfAbsent(
        kind,
        _ -> {
          String text =
              "%n%s: %s%n  -Dpartita.fuzz.seed=%d -Dpartita.fuzz.inputs=1%n  %s%n"
                  .formatted(kind, what, seed, request);
          System.out.print(text);
          return text;
        });
  }

  private String report(int inputs) {
    return "%d inputs from seed %d, %d refused, %d bytes each, slowest %.1f ms, %d kinds of fault"
        .formatted(inputs, SEED, refused, bodyBytes / inputs, slowestNanos / 1e6, faults.size());
  }
}
