package dev.partita.e2e.registers;

import dev.partita.e2e.check.Operation;
import dev.partita.e2e.check.Operation.Answer;
import dev.partita.e2e.check.Operation.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Which registers are played with, what is asked of them, and what was answered. Half of the calls
/// go to few hot registers, where calls overlap; they live for a moment. The others go to many that
/// live for seconds, so that one register's history goes through faults from before to after. Each
/// history stays short enough to be checked in full.
///
/// Names follow from the time alone, so that several processes of one machine play with the same
/// registers without talking to each other.
public final class Registers {

  private static final int HOT_AT_A_TIME = 4;

  /// How long a hot register is played with, in milliseconds.
  private static final long HOT_MILLIS = 400;

  private static final int LASTING_AT_A_TIME = 32;

  /// How long a lasting register is played with, in milliseconds: longer than a pod is gone and
  /// others are elected, so that most see a fault whole.
  private static final long LASTING_MILLIS = 12_000;

  /// Conditional additions aim at most this far beyond what was last seen.
  private static final int LIMIT_SPREAD = 4;

  private final Map<String, Queue<Operation>> histories = new ConcurrentHashMap<>();
  private final Map<String, Long> lastSeen = new ConcurrentHashMap<>();
  private final AtomicLong uniqueValue;

  /// @param firstValue values are written from here on; far from those of other processes
  public Registers(long firstValue) {
    this.uniqueValue = new AtomicLong(firstValue);
  }

  /// @param register its name; one that begins with `counter` is only added to
  public record Play(String register, Call call) {}

  /// A call for some client.
  public Play next(Random random) {
    String name = random.nextBoolean() ? hot(random) : lasting(random);
    return new Play(
        name, name.startsWith("counter") ? onCounter(random, name) : onRegister(random, name));
  }

  /// A read of a register that others write.
  public Play nextRead(Random random) {
    return new Play(lasting(random), new Call.Read());
  }

  private String hot(Random random) {
    return name("hot", random.nextInt(HOT_AT_A_TIME), nowMillis() / HOT_MILLIS);
  }

  private String lasting(Random random) {
    int place = random.nextInt(LASTING_AT_A_TIME);
    // They are not all replaced at once.
    long offset = place * LASTING_MILLIS / LASTING_AT_A_TIME;
    return name("lasting", place, (nowMillis() + offset) / LASTING_MILLIS);
  }

  /// On Linux the clock behind `nanoTime` is the machine's, alike in all its processes.
  private static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }

  private static String name(String kind, int place, long generation) {
    return "%s-%s-%d-%d"
        .formatted(place % 2 == 0 ? "register" : "counter", kind, place, generation);
  }

  private Call onRegister(Random random, String name) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new Call.Read();
      case 3, 4 -> new Call.Write(uniqueValue.getAndIncrement());
      case 5, 6 -> new Call.Exchange(uniqueValue.getAndIncrement());
      case 7, 8 -> new Call.Swap(lastSeen.getOrDefault(name, 0L), uniqueValue.getAndIncrement());
      default -> new Call.Delete();
    };
  }

  private Call onCounter(Random random, String name) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> new Call.Read();
      case 2, 3 -> new Call.Add(1);
      default ->
          new Call.AddBelow(1, lastSeen.getOrDefault(name, 0L) + random.nextInt(LIMIT_SPREAD));
    };
  }

  public void record(String name, Operation operation) {
    histories.computeIfAbsent(name, _ -> new ConcurrentLinkedQueue<>()).add(operation);
    Long seen = seen(operation);
    if (seen != null) {
      lastSeen.put(name, seen);
    }
  }

  private static @Nullable Long seen(Operation operation) {
    return switch (operation.answer()) {
      case null -> null;
      case Answer.Value(Long found) ->
          operation.call() instanceof Call.Exchange(long written) ? Long.valueOf(written) : found;
      case Answer.Refused(Long found) -> found;
      case Answer.Done _ ->
          switch (operation.call()) {
            case Call.Write(long v) -> v;
            case Call.Swap(long _, long v) -> v;
            case Call.Read _, Call.Exchange _, Call.Add _, Call.AddBelow _, Call.Delete _ -> null;
          };
    };
  }

  /// Every history so far, by register.
  public Map<String, List<Operation>> histories() {
    Map<String, List<Operation>> all = new TreeMap<>();
    histories.forEach((name, history) -> all.put(name, new ArrayList<>(history)));
    return all;
  }
}
