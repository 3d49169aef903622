package dev.partita.e2e.chaos;

import dev.partita.e2e.check.Linearizability;
import dev.partita.e2e.check.Operation;
import dev.partita.e2e.check.Operation.Call;
import dev.partita.e2e.process.Victims;
import dev.partita.e2e.wire.Credentials;
import dev.partita.e2e.wire.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A load of registers and counters from several clients against harmed pods, and the judgement
/// over what they saw. Registers rotate, so that each history stays short enough to check in full.
final class ChaosRun {

  private static final int CLIENTS = 6;
  private static final int REGISTERS_AT_A_TIME = 4;

  /// Calls on one register before a fresh one takes its place.
  private static final int CALLS_PER_REGISTER = 150;

  private final Victims victims;
  private final Credentials credentials;
  private final String region;
  private final String table;
  private final long seed;

  private final Map<String, Queue<Operation>> histories = new ConcurrentHashMap<>();
  private final AtomicLong uniqueValue = new AtomicLong(1);
  private final AtomicLong started = new AtomicLong();

  ChaosRun(Victims victims, Credentials credentials, String region, String table, long seed) {
    this.victims = victims;
    this.credentials = credentials;
    this.region = region;
    this.table = table;
    this.seed = seed;
  }

  /// @param violations one sentence per register whose history no register explains
  record Verdict(
      int registers, int answered, int unknown, List<String> deeds, List<String> violations) {}

  Verdict run(Duration duration) throws InterruptedException, ExecutionException {
    long until = System.nanoTime() + duration.toNanos();
    Nemesis nemesis = new Nemesis(victims, seed, until);
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> parts = new ArrayList<>();
      parts.add(pool.submit(nemesis));
      for (int c = 0; c < CLIENTS; c++) {
        int client = c;
        parts.add(pool.submit(() -> load(client, until)));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    }
    readAllOnce();
    return judge(nemesis.deeds());
  }

  private void load(int client, long until) {
    Random random = new Random(seed * 31 + client);
    int pod = client % victims.count();
    try (WireClient wire = wire(pod)) {
      RegisterClient registers = new RegisterClient(client, wire, table);
      while (System.nanoTime() < until) {
        long turn = started.getAndIncrement() / CALLS_PER_REGISTER;
        long register = turn * REGISTERS_AT_A_TIME + random.nextInt(REGISTERS_AT_A_TIME);
        String name = "%s-%d".formatted(register % 2 == 0 ? "register" : "counter", register);
        Call call = register % 2 == 0 ? onRegister(random, name) : onCounter(random);
        Operation operation = registers.play(name, call);
        if (operation == null || operation.answer() == null) {
          // The pod may be gone: give it a moment instead of hammering a closed port.
          Thread.sleep(20);
        }
        record(name, operation);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Call onRegister(Random random, String name) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> new Call.Read();
      case 4, 5, 6 -> new Call.Write(uniqueValue.getAndIncrement());
      case 7, 8 -> new Call.Swap(lastSeen(name), uniqueValue.getAndIncrement());
      default -> new Call.Delete();
    };
  }

  private static Call onCounter(Random random) {
    return random.nextInt(3) == 0 ? new Call.Read() : new Call.Add(1);
  }

  /// A value that the register may well hold, so that some swaps succeed.
  private long lastSeen(String name) {
    long seen = 0;
    for (Operation o : histories.getOrDefault(name, new ConcurrentLinkedQueue<>())) {
      if (o.call() instanceof Call.Write(long v)) {
        seen = v;
      } else if (o.call() instanceof Call.Swap(long _, long v)
          && o.answer() instanceof Operation.Answer.Done) {
        seen = v;
      }
    }
    return seen;
  }

  private void record(String name, @Nullable Operation operation) {
    if (operation != null) {
      histories.computeIfAbsent(name, _ -> new ConcurrentLinkedQueue<>()).add(operation);
    }
  }

  /// After the harm: what every register holds, from every pod, strongly. A pod that does not
  /// answer within the bound fails the run.
  private void readAllOnce() throws InterruptedException {
    for (int pod = 0; pod < victims.count(); pod++) {
      try (WireClient wire = wire(pod)) {
        RegisterClient reader = new RegisterClient(CLIENTS + pod, wire, table);
        for (String name : histories.keySet()) {
          record(name, readUntilAnswered(reader, name));
        }
      }
    }
  }

  private static Operation readUntilAnswered(RegisterClient reader, String name)
      throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < deadline) {
      Operation read = reader.play(name, new Call.Read());
      if (read != null) {
        return read;
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("no pod answered a read of " + name + " after healing");
  }

  private Verdict judge(List<String> deeds) {
    List<String> violations = new ArrayList<>();
    int answered = 0;
    int unknown = 0;
    for (Map.Entry<String, Queue<Operation>> e : new TreeMap<>(histories).entrySet()) {
      List<Operation> history = List.copyOf(e.getValue());
      for (Operation o : history) {
        answered += o.answer() != null ? 1 : 0;
        unknown += o.answer() == null ? 1 : 0;
      }
      Optional<String> violation = Linearizability.violation(history);
      violation.ifPresent(v -> violations.add(e.getKey() + ": " + v));
    }
    return new Verdict(histories.size(), answered, unknown, deeds, violations);
  }

  private WireClient wire(int pod) {
    return new WireClient(victims.endpoint(pod), credentials, region, Duration.ofSeconds(10));
  }
}
