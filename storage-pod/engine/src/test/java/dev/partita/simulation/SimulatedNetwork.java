package dev.partita.simulation;

import dev.partita.replication.GroupId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Carries messages between pods as badly as its weather says.
final class SimulatedNetwork {

  /// Takes what arrives.
  interface Receiver {
    void receive(String from, String to, GroupId group, byte[] message);
  }

  private record Way(String from, String to) {}

  /// Grows while it lasts, so that messages go on arriving.
  ///
  /// @param since when it began
  private record Delay(long since, long maxNanos) {
    long at(long now) {
      return Math.min(maxNanos, (long) ((now - since) * DELAY_GROWTH));
    }
  }

  /// Nanoseconds of delay per nanosecond.
  private static final double DELAY_GROWTH = 0.8;

  private final World world;
  private final Receiver receiver;
  private final Set<Way> cut = new HashSet<>();
  private final Map<Way, Delay> late = new HashMap<>();
  private final double loss;
  private final double doubling;
  private final double straggling;
  private final long delayMillis;
  private boolean calm;

  /// The weather is drawn from the world.
  SimulatedNetwork(World world, Receiver receiver) {
    this.world = world;
    this.receiver = receiver;
    this.loss = world.random.nextDouble(0.04);
    this.doubling = world.random.nextDouble(0.04);
    this.straggling = world.random.nextDouble(0.02);
    this.delayMillis = 1L + world.random.nextInt(8);
  }

  /// From now on nothing is lost, doubled or late.
  void calm() {
    calm = true;
    cut.clear();
    late.clear();
  }

  /// Messages of that direction are lost from now on.
  void cut(String from, String to) {
    cut.add(new Way(from, to));
  }

  void mend(String from, String to) {
    cut.remove(new Way(from, to));
  }

  /// Messages of that direction come later and later, until they are so late.
  void delay(String from, String to, long nanos) {
    late.put(new Way(from, to), new Delay(world.now(), nanos));
  }

  /// How long it takes until messages are so late.
  static long growsFor(long nanos) {
    return (long) (nanos / DELAY_GROWTH);
  }

  void inTime(String from, String to) {
    late.remove(new Way(from, to));
  }

  boolean passes(String from, String to) {
    return !cut.contains(new Way(from, to));
  }

  void send(String from, String to, GroupId group, byte[] message) {
    deliver(from, to, group, message);
    if (!calm && world.chance(doubling)) {
      deliver(from, to, group, message);
    }
  }

  private void deliver(String from, String to, GroupId group, byte[] message) {
    if (!passes(from, to) || (!calm && world.chance(loss))) {
      return;
    }
    boolean straggler = !calm && world.chance(straggling);
    long delay =
        straggler ? world.between(50, 3_000) : world.random.nextLong(delayMillis * 1_000_000);
    Delay more = late.get(new Way(from, to));
    if (more != null) {
      delay += more.at(world.now());
    }
    world.after(
        100_000 + delay,
        "message",
        () -> {
          world.note(message.length);
          if (passes(from, to)) {
            receiver.receive(from, to, group, message);
          }
        });
  }
}
