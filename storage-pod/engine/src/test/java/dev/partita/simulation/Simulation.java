package dev.partita.simulation;

import dev.partita.replication.Group;
import dev.partita.replication.GroupId;
import dev.partita.replication.GroupLimits;
import dev.partita.replication.Position;
import dev.partita.replication.Proposal;
import dev.partita.replication.Replica;
import dev.partita.simulation.SimulatedPod.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One seed: some pods, some groups, a stormy time, then a calm one in which everything must come
/// right again.
final class Simulation {
  private static final int[] SIZES = {1, 3, 3, 3, 3, 3, 3, 5};

  /// The storm, in virtual milliseconds.
  private static final long STORM_MILLIS = 14_000;

  /// Within so long a calm all replicas agree, in virtual milliseconds.
  private static final long CALM_MILLIS = 40_000;

  private static final long CHECK_MILLIS = 100;

  private static final int MORE_ENTRIES_PER_MARK = 60;
  private static final int MOST_BYTES_PER_MARK = 1_000;

  /// @param hash of everything that happened
  record Result(long hash, Coverage coverage) {}

  private final World world;
  private final Coverage coverage = new Coverage();
  private final Referee referee;
  private final SimulatedNetwork network;
  private final List<GroupId> groups = new ArrayList<>();
  private final Map<String, SimulatedPod> pods = new LinkedHashMap<>();
  private final Workload workload;
  private final long clientMillis;

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

  /// Fair weather from the beginning, but each sync of each disk takes long.
  ///
  /// @return when every group had taken a write, in virtual milliseconds
  /// @throws Violation if a promise was broken, or none had within {@link #CALM_MILLIS}
  static long runOnSlowDisks(long seed, long syncMillis) {
    World world = new World(seed);
    CoreErrors.endWorld(world);
    try {
      Simulation simulation = new Simulation(world);
      simulation.network.calm();
      for (SimulatedPod pod : simulation.pods.values()) {
        pod.slowDisk(syncMillis * 1_000_000);
        world.after(world.between(0, 300), "start", pod::start);
      }
      simulation.calm();
      return world.now() / 1_000_000;
    } finally {
      CoreErrors.endWorld(null);
    }
  }

  private Simulation(World world) {
    this.world = world;
    this.referee = new Referee(world);
    this.network = new SimulatedNetwork(world, this::deliver);
    this.workload = new Workload(world, referee, coverage);
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
            4 + world.random.nextInt(MORE_ENTRIES_PER_MARK),
            bytesPerMark(world),
            8 + world.random.nextInt(24),
            1 + world.random.nextInt(40));
    clientMillis = 5L + world.random.nextInt(40);
    for (Replica replica : replicas) {
      pods.put(
          replica.pod(), new SimulatedPod(replica, world, network, settings, referee, coverage));
    }
  }

  /// In every other world marks come by bytes as well: an entry has a few dozen of them.
  private static int bytesPerMark(World world) {
    int small = 1 + world.random.nextInt(MOST_BYTES_PER_MARK);
    return world.chance(0.5) ? small : GroupLimits.MAX_BYTES_PER_SNAPSHOT_MARK;
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

  private Result run() {
    pods.values().forEach(pod -> world.after(world.between(0, 300), "start", pod::start));
    Storm storm =
        new Storm(
            world, network, workload, coverage, List.copyOf(pods.values()), groups, clientMillis);
    storm.begin();
    world.until(STORM_MILLIS * 1_000_000);
    storm.end();
    network.calm();
    pods.values().forEach(SimulatedPod::emptyDisk);
    pods.values().forEach(pod -> pod.slowDisk(0));
    pods.values().forEach(SimulatedPod::start);
    calm();
    pods.values().forEach(SimulatedPod::countHelp);
    coverage.events += world.happened();
    coverage.writes += referee.acknowledged();
    coverage.leaders += referee.leaders();
    return new Result(world.hash(), coverage);
  }

  /// Writes until every group takes a write and all its replicas stand at the same place.
  private void calm() {
    Set<GroupId> written = new HashSet<>();
    long end = world.now() + CALM_MILLIS * 1_000_000;
    while (world.now() < end) {
      for (GroupId group : groups) {
        if (!written.contains(group)) {
          for (SimulatedPod pod : pods.values()) {
            workload.write(
                pod,
                group,
                outcome -> {
                  if (outcome instanceof Proposal.Applied) {
                    written.add(group);
                  }
                });
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
    return out.append("\nlast refusal: ").append(workload.lastRefusal()).toString();
  }
}
