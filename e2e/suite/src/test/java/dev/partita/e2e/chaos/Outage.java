package dev.partita.e2e.chaos;

import dev.partita.e2e.process.PartitaCluster;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// How long a lost pod was felt. One probe for every remaining endpoint, partition and kind of call
/// asks all the time, from before the pod is lost; what counts is when each has the answer to the
/// first call that it made after the process was gone.
///
/// @param writesMillis until the last of the writing probes succeeded
/// @param readsMillis until the last of the strongly reading ones did
/// @param stallMillis the longest that a thread of this process with nothing to do was late
///   meanwhile
record Outage(long writesMillis, long readsMillis, long stallMillis) {

  /// A service that is not back after this is not measured any longer.
  private static final long GIVE_UP_MILLIS = 60_000;

  /// Between two calls of a probe: often enough to see the moment, seldom enough to leave the
  /// machine to the pods.
  private static final long PACE_MILLIS = 25;

  private static final long WARM_UP_MILLIS = 500;
  private static final long NAP_MILLIS = 5;

  /// How a pod is lost.
  interface Loss {
    void happen() throws Exception;
  }

  private record Probe(WireClient wire, String operation, String body) {
    boolean succeeds() throws InterruptedException {
      try {
        return wire.call(operation, body).ok();
      } catch (IOException noAnswer) {
        return false;
      }
    }
  }

  /// The moment that all probes look at.
  private static final class Moment {
    volatile long lostAt = Long.MAX_VALUE;
  }

  static Outage measure(
      PartitaCluster cluster, String table, Map<Long, String> keys, int victim, Loss loss)
      throws Exception {
    ProcessHandle process = cluster.process(victim).orElseThrow();
    List<WireClient> wires = new ArrayList<>();
    Moment moment = new Moment();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> writes = new ArrayList<>();
      List<Future<Long>> reads = new ArrayList<>();
      for (int pod = 0; pod < cluster.count(); pod++) {
        if (pod != victim) {
          WireClient wire = ChaosTable.wire(cluster, pod);
          wires.add(wire);
          for (String key : keys.values()) {
            Probe write = new Probe(wire, "PutItem", put(table, key, victim));
            Probe read = new Probe(wire, "GetItem", get(table, key));
            writes.add(pool.submit(() -> untilAnswered(write, moment)));
            reads.add(pool.submit(() -> untilAnswered(read, moment)));
          }
        }
      }
      Thread.sleep(WARM_UP_MILLIS);
      Future<Long> lost = pool.submit(() -> awaitEnd(process));
      Future<Long> stall = pool.submit(() -> longestStall(moment, writes, reads));
      Future<?> doer =
          pool.submit(
              () -> {
                loss.happen();
                return null;
              });
      moment.lostAt = lost.get();
      long write = latest(writes, moment.lostAt);
      long read = latest(reads, moment.lostAt);
      doer.get();
      return new Outage(write, read, stall.get());
    } finally {
      wires.forEach(WireClient::close);
    }
  }

  static String put(String table, String key, int value) {
    return "{\"TableName\":\"%s\",\"Item\":{\"pk\":{\"S\":\"%s\"},\"v\":{\"N\":\"%d\"}}}"
        .formatted(table, key, value);
  }

  private static String get(String table, String key) {
    return "{\"TableName\":\"%s\",\"Key\":{\"pk\":{\"S\":\"%s\"}},\"ConsistentRead\":true}"
        .formatted(table, key);
  }

  /// When a call that was made after the loss succeeded.
  private static long untilAnswered(Probe probe, Moment moment) throws InterruptedException {
    while (true) {
      long asked = System.nanoTime();
      boolean answered = probe.succeeds();
      long lostAt = moment.lostAt;
      if (answered && lostAt != Long.MAX_VALUE && asked >= lostAt) {
        return System.nanoTime();
      }
      if (lostAt != Long.MAX_VALUE
          && System.nanoTime() - lostAt > TimeUnit.MILLISECONDS.toNanos(GIVE_UP_MILLIS)) {
        return Long.MAX_VALUE;
      }
      Thread.sleep(PACE_MILLIS);
    }
  }

  private static long awaitEnd(ProcessHandle process) throws InterruptedException {
    while (process.isAlive()) {
      Thread.sleep(1);
    }
    return System.nanoTime();
  }

  private static long latest(List<Future<Long>> probes, long lostAt) throws Exception {
    long latest = 0;
    for (Future<Long> probe : probes) {
      long answeredAt = probe.get();
      latest =
          Math.max(
              latest,
              answeredAt == Long.MAX_VALUE
                  ? GIVE_UP_MILLIS
                  : TimeUnit.NANOSECONDS.toMillis(answeredAt - lostAt));
    }
    return latest;
  }

  private static long longestStall(
      Moment moment, List<Future<Long>> writes, List<Future<Long>> reads) {
    long longest = 0;
    while (!writes.stream().allMatch(Future::isDone) || !reads.stream().allMatch(Future::isDone)) {
      long slept = System.nanoTime();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(NAP_MILLIS));
      long late = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - slept) - NAP_MILLIS;
      longest = moment.lostAt == Long.MAX_VALUE ? 0 : Math.max(longest, late);
    }
    return longest;
  }
}
