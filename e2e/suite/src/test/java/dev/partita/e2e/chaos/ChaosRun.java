package dev.partita.e2e.chaos;

import dev.partita.e2e.check.Operation;
import dev.partita.e2e.check.Operation.Call;
import dev.partita.e2e.process.PartitaCluster;
import dev.partita.e2e.registers.RegisterClient;
import dev.partita.e2e.registers.Registers;
import dev.partita.e2e.wire.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A load of registers and conditional counters from several clients against harmed pods. Every
/// client talks to one pod and takes every answer as it comes: nothing is tried again behind its
/// back, so that what it does not know is written down as unknown.
final class ChaosRun {

  private static final int CLIENTS = 12;

  /// Clients of each pod that only read, and always have a read on its way: when a stopped pod goes
  /// on, it finds them all, and must not answer them as the leader that it was.
  private static final int WATCHERS_PER_POD = 8;

  /// Between two reads of a watcher, in milliseconds.
  private static final long WATCH_PACE_MILLIS = 100;

  /// Readers of the last values, each with its share of the registers.
  private static final int READERS_PER_POD = 4;

  /// Number of the first of them, beyond all clients of the storm.
  private static final int LAST_READERS = 1_000;

  private static final Duration HEAL_LIMIT = Duration.ofSeconds(60);

  private final PartitaCluster cluster;
  private final String table;
  private final long seed;
  private final Registers registers = new Registers(1);
  private volatile boolean over;

  ChaosRun(PartitaCluster cluster, String table, long seed) {
    this.cluster = cluster;
    this.table = table;
    this.seed = seed;
  }

  /// @param deeds what was done to the pods
  /// @param histories what clients saw, by register; the last read of each is from after the harm
  record Seen(List<Nemesis.Deed> deeds, Map<String, List<Operation>> histories) {}

  /// Runs for this long, or until every kind of harm was done.
  Seen run(Duration length) throws InterruptedException, ExecutionException {
    Nemesis nemesis = new Nemesis(cluster, new FaultPlan(seed, cluster.count()), length.toNanos());
    List<Nemesis.Deed> deeds;
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients = new ArrayList<>();
      for (int c = 0; c < CLIENTS; c++) {
        int client = c;
        clients.add(pool.submit(() -> load(client)));
      }
      for (int w = 0; w < WATCHERS_PER_POD * cluster.count(); w++) {
        int watcher = CLIENTS + w;
        clients.add(pool.submit(() -> watch(watcher)));
      }
      Future<List<Nemesis.Deed>> harm = pool.submit(nemesis);
      try {
        deeds = harm.get();
      } finally {
        over = true;
      }
      for (Future<?> client : clients) {
        client.get();
      }
      readAllOnce(pool);
    }
    return new Seen(deeds, registers.histories());
  }

  private void load(int client) {
    Random random = new Random(seed * 31 + client);
    try (WireClient wire = ChaosTable.wire(cluster, client % cluster.count())) {
      RegisterClient caller = new RegisterClient(client, wire, table);
      while (!over) {
        Registers.Play play = registers.next(random);
        Operation operation = caller.play(play.register(), play.call());
        if (operation != null) {
          registers.record(play.register(), operation);
        }
        if (operation == null || operation.answer() == null) {
          // The pod may be gone: give it a moment instead of hammering a closed port.
          Thread.sleep(20);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(int watcher) {
    Random random = new Random(seed * 31 + watcher);
    try (WireClient wire = ChaosTable.wire(cluster, watcher % cluster.count())) {
      RegisterClient caller = new RegisterClient(watcher, wire, table);
      while (!over) {
        Registers.Play play = registers.nextRead(random);
        Operation read = caller.play(play.register(), play.call());
        if (read != null) {
          registers.record(play.register(), read);
        }
        Thread.sleep(WATCH_PACE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// After the harm: what every register holds, from every pod, strongly. A pod that does not
  /// answer within the bound fails the run.
  private void readAllOnce(ExecutorService pool) throws InterruptedException, ExecutionException {
    List<String> names = List.copyOf(registers.histories().keySet());
    List<Future<?>> readers = new ArrayList<>();
    for (int pod = 0; pod < cluster.count(); pod++) {
      for (int share = 0; share < READERS_PER_POD; share++) {
        int of = pod;
        int first = share;
        readers.add(
            pool.submit(
                () -> {
                  readShare(of, first, names);
                  return null;
                }));
      }
    }
    for (Future<?> reader : readers) {
      reader.get();
    }
  }

  private void readShare(int pod, int first, List<String> names) throws InterruptedException {
    try (WireClient wire = ChaosTable.wire(cluster, pod)) {
      RegisterClient reader =
          new RegisterClient(LAST_READERS + pod * READERS_PER_POD + first, wire, table);
      for (int i = first; i < names.size(); i += READERS_PER_POD) {
        registers.record(names.get(i), readUntilAnswered(reader, names.get(i)));
      }
    }
  }

  private static Operation readUntilAnswered(RegisterClient reader, String name)
      throws InterruptedException {
    long deadline = System.nanoTime() + HEAL_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Operation read = reader.play(name, new Call.Read());
      if (read != null) {
        return read;
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("no answer to a read of " + name + " after healing");
  }
}
