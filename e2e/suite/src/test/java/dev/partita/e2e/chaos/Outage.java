package dev.partita.e2e.chaos;

import dev.partita.e2e.process.PartitaCluster;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// How long a pod that was ended by `kill -9` was missed. One probe for every remaining endpoint,
/// partition and kind of call asks all the time, from before the signal; what counts is when each
/// has the answer to a call that it made after the pod's port was closed. The time runs from the
/// signal.
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
  private static final long NOT_YET = Long.MAX_VALUE;

  private record Probe(WireClient wire, String operation, String body) {
    boolean succeeds() throws InterruptedException {
      try {
        return wire.call(operation, body).ok();
      } catch (IOException noAnswer) {
        return false;
      }
    }
  }

  /// The moment that all probes look at; by {@link System#nanoTime}.
  private static final class Moment {
    volatile long goneAt = NOT_YET;
  }

  /// Kills a pod.
  ///
  /// @param keys one of each partition
  static Outage measure(PartitaCluster cluster, String table, Map<Long, String> keys, int victim)
      throws Exception {
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
      Future<Long> gone = pool.submit(() -> awaitClosed(cluster.endpoint(victim)));
      Future<Long> stall = pool.submit(() -> longestStall(writes, reads));
      long signalledAt = System.nanoTime();
      cluster.kill(victim);
      moment.goneAt = gone.get();
      long write = latest(writes, signalledAt);
      long read = latest(reads, signalledAt);
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

  /// When a call that was made after the loss succeeded; `NOT_YET` for never.
  private static long untilAnswered(Probe probe, Moment moment) throws InterruptedException {
    while (true) {
      long asked = System.nanoTime();
      boolean answered = probe.succeeds();
      long now = System.nanoTime();
      long goneAt = moment.goneAt;
      if (goneAt != NOT_YET && answered && asked >= goneAt) {
        return now;
      }
      if (goneAt != NOT_YET && now - goneAt > TimeUnit.MILLISECONDS.toNanos(GIVE_UP_MILLIS)) {
        return NOT_YET;
      }
      Thread.sleep(PACE_MILLIS);
    }
  }

  private static long awaitClosed(URI endpoint) throws InterruptedException {
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), 1_000);
      } catch (IOException refused) {
        return System.nanoTime();
      }
      Thread.sleep(2);
    }
  }

  private static long latest(List<Future<Long>> probes, long from) throws Exception {
    long latest = 0;
    for (Future<Long> probe : probes) {
      long answeredAt = probe.get();
      latest =
          Math.max(
              latest,
              answeredAt == NOT_YET
                  ? GIVE_UP_MILLIS
                  : TimeUnit.NANOSECONDS.toMillis(answeredAt - from));
    }
    return latest;
  }

  private static long longestStall(List<Future<Long>> writes, List<Future<Long>> reads) {
    long longest = 0;
    while (!writes.stream().allMatch(Future::isDone) || !reads.stream().allMatch(Future::isDone)) {
      long slept = System.nanoTime();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(NAP_MILLIS));
      long late = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - slept) - NAP_MILLIS;
      longest = Math.max(longest, late);
    }
    return longest;
  }
}
