package dev.partita.simulation;

import dev.partita.replication.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything that goes wrong, again and again until it is over.
final class Storm {
  private static final long MILLI = 1_000_000;

  /// Share of worlds in which everything goes wrong. In the others, what takes several steps to go
  /// wrong is not disturbed.
  private static final double WITH_CRASHES = 0.8;

  /// How often somebody looks whether leadership can be handed back.
  private static final long HAND_BACK_NANOS = 200 * MILLI;

  private final World world;
  private final SimulatedNetwork network;
  private final Workload workload;
  private final Coverage coverage;
  private final List<SimulatedPod> pods;
  private final List<GroupId> groups;
  private final long clientMillis;
  private boolean hearsLate;
  private boolean over;

  /// @param clientMillis longest time between two writes, and between two reads
  Storm(
      World world,
      SimulatedNetwork network,
      Workload workload,
      Coverage coverage,
      List<SimulatedPod> pods,
      List<GroupId> groups,
      long clientMillis) {
    this.world = world;
    this.network = network;
    this.workload = workload;
    this.coverage = coverage;
    this.pods = pods;
    this.groups = groups;
    this.clientMillis = clientMillis;
  }

  void begin() {
    repeatedly("write", 1, clientMillis, () -> workload.write(anyPod(), anyGroup()));
    repeatedly("read", 1, clientMillis, () -> workload.read(anyPod(), anyGroup()));
    repeatedly("save", 100, 2_000, () -> anyPod().save());
    repeatedly("late", 300, 5_000, this::hearLate);
    repeatedly("held up", 500, 8_000, this::holdUp);
    repeatedly("transfer", 500, 6_000, () -> workload.transfer(anyPod(), anyGroup(), anyPod()));
    if (world.chance(WITH_CRASHES)) {
      repeatedly("crash", 500, 8_000, this::crash);
      repeatedly("blackout", 4_000, 40_000, this::blackout);
      repeatedly("cut", 200, 4_000, this::cut);
      repeatedly("pause", 500, 8_000, this::pause);
      repeatedly("full", 1_000, 12_000, this::fillDisk);
      repeatedly("slow", 1_000, 12_000, this::slowDown);
      repeatedly("broken", 3_000, 40_000, () -> anyPod().breakLog());
    }
  }

  void end() {
    over = true;
  }

  private void repeatedly(String what, long fromMillis, long toMillis, Runnable action) {
    world.after(
        world.between(fromMillis, toMillis),
        what,
        () -> {
          if (!over) {
            action.run();
            repeatedly(what, fromMillis, toMillis, action);
          }
        });
  }

  private SimulatedPod anyPod() {
    return pods.get(world.random.nextInt(pods.size()));
  }

  private GroupId anyGroup() {
    return groups.get(world.random.nextInt(groups.size()));
  }

  /// Somebody who leads, if there is anybody.
  private @Nullable SimulatedPod leader(GroupId group) {
    List<SimulatedPod> leaders = new ArrayList<>(pods);
    leaders.removeIf(pod -> !leads(pod, group));
    return leaders.isEmpty() ? null : leaders.get(world.random.nextInt(leaders.size()));
  }

  private static boolean leads(SimulatedPod pod, GroupId group) {
    return pod.group(group) != null && pod.machine(group).epoch() != 0;
  }

  private void crash() {
    SimulatedPod pod = anyPod();
    pod.crash();
    world.after(world.between(20, 4_000), "restart", pod::start);
  }

  /// The power fails everywhere at once.
  private void blackout() {
    for (SimulatedPod pod : pods) {
      pod.crash();
      world.after(world.between(20, 2_000), "restart", pod::start);
    }
  }

  private void cut() {
    coverage.cuts++;
    SimulatedPod one = anyPod();
    boolean alone = world.chance(0.5);
    for (SimulatedPod other : alone ? pods : List.of(anyPod())) {
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

  /// A leader hears the others later and later, and then, with a round of confirmation under way,
  /// nothing it says arrives any more. So they elect another, while answers to what it asked before
  /// are still to come, and while it has every reason to believe that it leads.
  private void hearLate() {
    GroupId group = anyGroup();
    SimulatedPod deaf = leader(group);
    if (deaf == null || hearsLate) {
      return;
    }
    hearsLate = true;
    coverage.late++;
    long late = world.between(1_500, 3_500);
    others(deaf, other -> network.delay(other.name, deaf.name, late));
    world.after(
        SimulatedNetwork.growsFor(late),
        "late",
        () -> workload.whenGranted(deaf, group, () -> mute(deaf, late)));
    world.after(
        SimulatedNetwork.growsFor(late) + 3 * late,
        "in time",
        () -> {
          others(deaf, other -> network.inTime(other.name, deaf.name));
          hearsLate = false;
        });
  }

  private void mute(SimulatedPod pod, long nanos) {
    world.after(
        world.between(1, 600),
        "mute",
        () -> others(pod, other -> cutFor(pod.name, other.name, nanos + 1_000 * MILLI)));
  }

  private void others(SimulatedPod pod, Consumer<SimulatedPod> action) {
    pods.stream().filter(other -> other != pod).forEach(action);
  }

  /// A client's thread is held up on its way to the core; most times the leader it found loses
  /// leadership meanwhile, and is asked to take it back.
  private void holdUp() {
    GroupId group = anyGroup();
    SimulatedPod leader = leader(group);
    long nanos = world.between(500, 6_000);
    if (leader == null || !workload.writeLate(leader, group, nanos)) {
      return;
    }
    coverage.heldUp++;
    if (world.chance(0.7)) {
      long away = world.between(1_000, 2_500);
      others(
          leader,
          other -> {
            cutFor(leader.name, other.name, away);
            cutFor(other.name, leader.name, away);
          });
      world.after(away, "hand back", () -> handBack(group, leader, world.now() + nanos - away));
    }
  }

  private void handBack(GroupId group, SimulatedPod to, long until) {
    if (over || world.now() >= until || leads(to, group)) {
      return;
    }
    SimulatedPod present = leader(group);
    if (present != null) {
      workload.transfer(present, group, to);
    }
    world.after(HAND_BACK_NANOS, "hand back", () -> handBack(group, to, until));
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

  /// Every sync of a pod takes long for a while, longer than a candidate waits at first.
  private void slowDown() {
    coverage.slowDisks++;
    SimulatedPod pod = anyPod();
    pod.slowDisk(world.between(10, 600));
    world.after(world.between(500, 5_000), "fast", () -> pod.slowDisk(0));
  }
}
