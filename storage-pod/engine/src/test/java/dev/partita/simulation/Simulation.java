package dev.partita.simulation;

import dev.partita.replication.Group;
import dev.partita.replication.GroupId;
import dev.partita.replication.Position;
import dev.partita.replication.Proposal;
import dev.partita.replication.ReadPermit;
import dev.partita.replication.Replica;
import dev.partita.simulation.SimulatedPod.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One seed: some pods, some groups, a stormy time, then a calm one in which everything must come
/// right again.
final class Simulation {
  private static final int[] SIZES = {1, 3, 3, 3, 3, 3, 3, 5};

  /// The storm, in virtual milliseconds.
  private static final long STORM_MILLIS = 14_000;

  /// Within so long a calm all replicas agree, in virtual milliseconds.
  private static final long CALM_MILLIS = 40_000;

  private static final long CHECK_MILLIS = 100;

  /// @param hash of everything that happened
  record Result(long hash, Coverage coverage) {}

  private final World world;
  private final Coverage coverage = new Coverage();
  private final Referee referee;
  private final SimulatedNetwork network;
  private final List<GroupId> groups = new ArrayList<>();
  private final Map<String, SimulatedPod> pods = new LinkedHashMap<>();
  private final long writeEveryMillis;
  private long operations;
  private boolean stormy = true;
  private String lastRefusal = "";

  /// @throws Violation if a promise was broken
  static Result run(long seed) {
    World world = new World(seed);
    CoreErrors.endWorld(world);
    try {
      return new Simulation(world).run();
    } finally {
      CoreErrors.endWorld(null);
    }
  }

  private Simulation(World world) {
    this.world = world;
    this.referee = new Referee(world);
    this.network = new SimulatedNetwork(world, this::deliver);
    int size = SIZES[world.random.nextInt(SIZES.length)];
    int groupCount = 1 + world.random.nextInt(3);
    List<Replica> replicas = new ArrayList<>();
    for (int i = 1; i <= size; i++) {
      replicas.add(new Replica("pod-" + i, i));
    }
    for (int i = 1; i <= groupCount; i++) {
      groups.add(new GroupId(i));
    }
    Settings settings =
        new Settings(
            List.copyOf(replicas),
            List.copyOf(groups),
            4 + world.random.nextInt(28),
            8 + world.random.nextInt(24));
    writeEveryMillis = 5L + world.random.nextInt(40);
    for (Replica replica : replicas) {
      pods.put(
          replica.pod(), new SimulatedPod(replica, world, network, settings, referee, coverage));
    }
  }

  private void deliver(String from, String to, GroupId group, byte[] message) {
    pod(to).receive(from, group, message);
  }

  private SimulatedPod pod(String name) {
    SimulatedPod pod = pods.get(name);
    if (pod == null) {
      throw new IllegalArgumentException("no pod " + name);
    }
    return pod;
  }

  private SimulatedPod anyPod() {
    return new ArrayList<>(pods.values()).get(world.random.nextInt(pods.size()));
  }

  private GroupId anyGroup() {
    return groups.get(world.random.nextInt(groups.size()));
  }

  private Result run() {
    pods.values().forEach(pod -> world.after(world.between(0, 300), "start", pod::start));
    repeatedly(
        "write",
        1,
        writeEveryMillis,
        () -> {
          var _ = write(anyPod(), anyGroup());
        });
    repeatedly("read", 1, writeEveryMillis, () -> read(anyPod(), anyGroup()));
    repeatedly("save", 100, 2_000, () -> anyPod().save());
    storm();
    world.until(STORM_MILLIS * 1_000_000);
    stormy = false;
    network.calm();
    pods.values().forEach(SimulatedPod::emptyDisk);
    pods.values().forEach(SimulatedPod::start);
    calm();
    coverage.events += world.happened();
    coverage.writes += referee.acknowledged();
    coverage.leaders += referee.leaders();
    return new Result(world.hash(), coverage);
  }

  /// Does something again and again, as long as the storm lasts.
  private void repeatedly(String what, long fromMillis, long toMillis, Runnable action) {
    world.after(
        world.between(fromMillis, toMillis),
        what,
        () -> {
          if (stormy) {
            action.run();
            repeatedly(what, fromMillis, toMillis, action);
          }
        });
  }

  private void storm() {
    repeatedly("crash", 500, 8_000, this::crash);
    repeatedly("blackout", 4_000, 40_000, this::blackout);
    repeatedly("cut", 200, 4_000, this::cut);
    repeatedly("pause", 500, 8_000, this::pause);
    repeatedly("full", 1_000, 12_000, this::fillDisk);
    repeatedly("broken", 3_000, 40_000, () -> anyPod().breakLog());
    repeatedly("transfer", 500, 6_000, this::transfer);
  }

  private void crash() {
    SimulatedPod pod = anyPod();
    pod.crash();
    world.after(world.between(20, 4_000), "restart", pod::start);
  }

  /// The power fails everywhere at once.
  private void blackout() {
    for (SimulatedPod pod : pods.values()) {
      pod.crash();
      world.after(world.between(20, 2_000), "restart", pod::start);
    }
  }

  private void cut() {
    coverage.cuts++;
    SimulatedPod one = anyPod();
    boolean alone = world.chance(0.5);
    for (SimulatedPod other : alone ? List.copyOf(pods.values()) : List.of(anyPod())) {
      int ways = alone ? 2 : world.random.nextInt(3);
      long nanos = world.between(100, 5_000);
      if (ways != 0) {
        cutFor(one.name, other.name, nanos);
      }
      if (ways != 1) {
        cutFor(other.name, one.name, nanos);
      }
    }
  }

  private void cutFor(String from, String to, long nanos) {
    network.cut(from, to);
    world.after(nanos, "mend", () -> network.mend(from, to));
  }

  private void pause() {
    coverage.pauses++;
    anyPod().pause(world.between(10, 3_000));
  }

  private void fillDisk() {
    coverage.fullDisks++;
    SimulatedPod pod = anyPod();
    pod.fillDisk();
    world.after(world.between(100, 3_000), "space", pod::emptyDisk);
  }

  private void transfer() {
    GroupId id = anyGroup();
    SimulatedPod from = anyPod();
    SimulatedPod to = anyPod();
    Group group = from.group(id);
    if (group != null && from.machine(id).epoch() != 0) {
      coverage.transfers++;
      var _ = group.transferLeadership(to.self).exceptionally(_ -> null);
    }
  }

  /// @return the write, null if there was none
  private @Nullable CompletableFuture<Proposal> write(SimulatedPod pod, GroupId id) {
    CounterMachine machine = pod.machine(id);
    Group group = pod.group(id);
    if (group == null || machine.epoch() == 0) {
      return null;
    }
    int counter = world.random.nextInt(CounterMachine.COUNTERS);
    long floor = referee.floor(id, counter);
    long from = machine.decided(counter);
    long operation = ++operations;
    CompletableFuture<Proposal> proposal =
        group.propose(machine.epoch(), CounterMachine.entry(operation, counter, from));
    if (proposal.isDone()) {
      coverage.refused++;
      lastRefusal = pod.name + " " + id + " " + proposal.join();
      return proposal;
    }
    machine.decide(counter, from + 1);
    var _ =
        proposal.thenAccept(
            outcome -> {
              switch (outcome) {
                case Proposal.Applied applied -> {
                  if (!Long.valueOf(from + 1).equals(applied.result())) {
                    throw world.violation(operation + " gave " + applied + " after " + from, null);
                  }
                  referee.written(id, counter, operation, applied.index(), floor, from + 1);
                }
                case Proposal.Unknown _ -> coverage.unknown++;
                case Proposal.NotLeader _ -> referee.withoutEffect(operation);
                case Proposal.Refused _ ->
                    throw world.violation("refused behind the call: " + outcome, null);
              }
            });
    return proposal;
  }

  private void read(SimulatedPod pod, GroupId id) {
    Group group = pod.group(id);
    if (group == null) {
      return;
    }
    int counter = world.random.nextInt(CounterMachine.COUNTERS);
    long floor = referee.floor(id, counter);
    CounterMachine machine = pod.machine(id);
    var _ =
        group
            .readPermit()
            .thenAccept(
                permit -> {
                  if (permit instanceof ReadPermit.Granted) {
                    coverage.reads++;
                    referee.read(id, counter, floor, machine.value(counter));
                  }
                });
  }

  /// Writes until every group takes a write and all its replicas stand at the same place.
  private void calm() {
    Set<GroupId> written = new HashSet<>();
    long end = world.now() + CALM_MILLIS * 1_000_000;
    while (world.now() < end) {
      for (GroupId group : groups) {
        if (!written.contains(group)) {
          for (SimulatedPod pod : pods.values()) {
            CompletableFuture<Proposal> proposal = write(pod, group);
            if (proposal != null) {
              var _ =
                  proposal.thenAccept(
                      outcome -> {
                        if (outcome instanceof Proposal.Applied) {
                          written.add(group);
                        }
                      });
            }
          }
        }
      }
      world.until(world.now() + CHECK_MILLIS * 1_000_000);
      if (written.size() == groups.size() && groups.stream().allMatch(this::agrees)) {
        return;
      }
    }
    throw world.violation("no agreement in calm weather: " + describe(), null);
  }

  private boolean agrees(GroupId group) {
    return pods.values().stream()
            .filter(pod -> pod.group(group) != null)
            .map(pod -> pod.machine(group).position())
            .distinct()
            .count()
        == 1;
  }

  private String describe() {
    StringBuilder out = new StringBuilder();
    for (SimulatedPod pod : pods.values()) {
      for (GroupId id : groups) {
        Group group = pod.group(id);
        Position position = pod.machine(id).position();
        out.append('\n').append(pod.name).append(' ').append(id).append(' ').append(position);
        out.append(' ').append(group == null ? "closed" : group.report());
      }
    }
    return out.append("\nlast refusal: ").append(lastRefusal).toString();
  }
}
