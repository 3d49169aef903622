package dev.partita.simulation;

import dev.partita.engine.log.InlineCommitter;
import dev.partita.engine.log.LogOptions;
import dev.partita.engine.log.SegmentedLog;
import dev.partita.engine.log.SimulatedDisk;
import dev.partita.engine.log.SimulatedDisk.Cut;
import dev.partita.replication.Group;
import dev.partita.replication.GroupHost;
import dev.partita.replication.GroupHostOptions;
import dev.partita.replication.GroupHosts;
import dev.partita.replication.GroupId;
import dev.partita.replication.GroupTiming;
import dev.partita.replication.Replica;
import dev.partita.replication.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A process and its disks: may die and come back.
final class SimulatedPod {
  private static final int SEGMENT_BYTES = 16 << 10;
  private static final long MINIMUM_FREE_BYTES = 4L * SEGMENT_BYTES;

  /// @param entriesPerMark see {@link GroupHostOptions}
  /// @param bytesPerMark see {@link GroupHostOptions}
  /// @param maxInFlight see {@link GroupHostOptions}
  /// @param recentEntries see {@link GroupHostOptions}
  record Settings(
      List<Replica> replicas,
      List<GroupId> groups,
      int entriesPerMark,
      int bytesPerMark,
      int maxInFlight,
      int recentEntries) {}

  final String name;
  final Replica self;
  private final World world;
  private final SimulatedNetwork network;
  private final Settings settings;
  private final Referee referee;
  private final Coverage coverage;
  private final SimulatedDisk disk;
  private final double clockRate;
  private final Map<GroupId, CounterMachine> machines = new LinkedHashMap<>();

  private int life;
  private boolean up;
  private boolean mayFail;
  private long syncNanos;
  private @Nullable GroupHost host;
  private @Nullable SimulatedScheduler scheduler;
  private @Nullable InlineCommitter committer;

  SimulatedPod(
      Replica self,
      World world,
      SimulatedNetwork network,
      Settings settings,
      Referee referee,
      Coverage coverage) {
    this.name = self.pod();
    this.self = self;
    this.world = world;
    this.network = network;
    this.settings = settings;
    this.referee = referee;
    this.coverage = coverage;
    this.disk = new SimulatedDisk(world.random.split());
    disk.onSync(this::waitForDisk);
    this.clockRate = 0.97 + world.random.nextDouble(0.06);
    for (GroupId group : settings.groups()) {
      machines.put(group, new CounterMachine(group, referee, coverage));
    }
  }

  boolean isUp() {
    return up;
  }

  CounterMachine machine(GroupId group) {
    CounterMachine machine = machines.get(group);
    if (machine == null) {
      throw new IllegalArgumentException("no " + group);
    }
    return machine;
  }

  /// Null while the group is not open.
  @Nullable Group group(GroupId group) {
    return host == null ? null : host.find(group);
  }

  void start() {
    if (up) {
      return;
    }
    up = true;
    int born = ++life;
    disk.limitTo(Long.MAX_VALUE);
    InlineCommitter inline = new InlineCommitter();
    committer = inline;
    SegmentedLog log =
        SegmentedLog.open(
            disk,
            LogOptions.defaults()
                .withSegmentBytes(SEGMENT_BYTES)
                .withMinimumFreeBytes(MINIMUM_FREE_BYTES)
                .withNewLogId(world.random::nextLong),
            inline);
    SimulatedScheduler threads =
        new SimulatedScheduler(world, name, clockRate, () -> life == born, this::look);
    scheduler = threads;
    GroupHostOptions options =
        new GroupHostOptions(
            GroupTiming.DEFAULT,
            threads,
            world.random::nextLong,
            settings.entriesPerMark(),
            settings.bytesPerMark(),
            settings.maxInFlight(),
            settings.recentEntries(),
            (group, cause) -> failed(born, group, cause));
    GroupHost opened = GroupHosts.create(name, log, new Line(born), options);
    host = opened;
    for (GroupId group : settings.groups()) {
      long saved = machine(group).position().index();
      var _ =
          opened
              .open(group, self, settings.replicas(), machine(group))
              .whenComplete((_, failure) -> opened(born, group, saved, failure));
    }
  }

  private void opened(int born, GroupId group, long saved, @Nullable Throwable failure) {
    if (failure != null && life == born && !mayFail) {
      throw world.violation(name + " could not open " + group, failure);
    }
    if (machine(group).position().index() < saved) {
      throw world.violation(name + " " + group + " fell back behind " + saved, null);
    }
  }

  /// Ends the process; what the disk keeps is drawn.
  void crash() {
    if (!up) {
      return;
    }
    coverage.crashes++;
    countHelp();
    if (mayFail) {
      mayFail = false;
      world.expectErrors(false);
    }
    up = false;
    life++;
    host = null;
    Cut[] cuts = Cut.values();
    disk.cutPower(cuts[world.random.nextInt(cuts.length)]);
    machines.values().forEach(CounterMachine::crash);
  }

  /// Counts what this life of the process did for others.
  void countHelp() {
    if (host != null) {
      coverage.caughtUp += host.helped().byEntries();
      coverage.earlyMarks += host.earlyMarks();
    }
  }

  private void failed(int born, GroupId group, Throwable cause) {
    if (life != born) {
      return;
    }
    if (!mayFail || cause instanceof Violation || cause instanceof AssertionError) {
      throw world.violation(name + " " + group + " stopped", cause);
    }
    coverage.faults++;
    world.after(0, "exit", () -> endOf(born));
  }

  private void endOf(int born) {
    if (life == born) {
      crash();
      world.after(world.between(50, 1_000), "restart", this::start);
    }
  }

  /// Some sync soon fails; the process then must end.
  void breakLog() {
    if (up && !mayFail) {
      mayFail = true;
      world.expectErrors(true);
      disk.failSyncsAfter(world.random.nextInt(20));
    }
  }

  void fillDisk() {
    if (up) {
      disk.limitTo(disk.usedBytes() + world.random.nextLong(MINIMUM_FREE_BYTES));
      lookAtDisk();
    }
  }

  void emptyDisk() {
    disk.limitTo(Long.MAX_VALUE);
    lookAtDisk();
  }

  /// Every sync takes so long from now on.
  void slowDisk(long nanos) {
    syncNanos = nanos;
  }

  private void waitForDisk() {
    if (scheduler != null) {
      scheduler.spend(syncNanos);
    }
  }

  /// A log with threads of its own looks now and then.
  private void lookAtDisk() {
    if (up && committer != null) {
      committer.maintain();
    }
  }

  void pause(long nanos) {
    if (up && scheduler != null) {
      scheduler.pauseFor(nanos);
    }
  }

  /// Calls on a thread of this process that is held up on its way to a lane, for so long.
  <T> T heldUp(long nanos, Supplier<T> call) {
    return Objects.requireNonNull(scheduler, "the process runs").heldUp(nanos, call);
  }

  /// Makes the states durable and lets the log go behind them.
  void save() {
    if (up) {
      machines.forEach(
          (id, machine) -> {
            long durable = machine.save();
            Group group = group(id);
            // Now and then the notice is lost, as it is when the process dies in between.
            if (group != null && world.chance(0.9)) {
              group.stateDurable(durable);
            }
          });
    }
  }

  void receive(String from, GroupId group, byte[] message) {
    GroupHost open = host;
    if (up && open != null) {
      open.receive(from, group, message);
    }
  }

  /// After every task: who leads?
  private void look() {
    GroupHost open = host;
    if (open == null) {
      return;
    }
    for (Group group : open.groups()) {
      Group.Report report = group.report();
      if (report.role().equals("LEADER")) {
        referee.leads(group.id(), report.term(), self);
      }
    }
  }

  /// The way out of one life of the process.
  private final class Line implements Transport {
    private final int born;

    Line(int born) {
      this.born = born;
    }

    @Override
    public void send(String toPod, GroupId group, byte[] message) {
      long spent = scheduler == null ? 0 : scheduler.spent();
      if (spent == 0) {
        sendNow(toPod, group, message);
      } else {
        world.after(spent, "slow", () -> sendNow(toPod, group, message));
      }
    }

    private void sendNow(String toPod, GroupId group, byte[] message) {
      if (life == born) {
        network.send(name, toPod, group, message);
      }
    }

    @Override
    public boolean reachable(String pod) {
      return network.passes(name, pod);
    }
  }
}
