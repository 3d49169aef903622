package dev.partita.simulation;

import dev.partita.replication.Group;
import dev.partita.replication.GroupId;
import dev.partita.replication.Proposal;
import dev.partita.replication.ReadPermit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What clients do, and what they were promised. A write asks the leader it finds for the next
/// number of a counter; a read asks any replica.
///
/// A client's thread may lose its processor in the middle of a proposal, between the check of the
/// epoch and the queue of the core. It holds the door to the group's proposals then: so this
/// happens only where nothing is in flight that would have to pass the same door, and nobody else
/// proposes or moves leadership there until the thread goes on.
final class Workload {

  /// A read that has no permit yet.
  ///
  /// @param floor what it must at least see
  private record Waiting(int counter, long floor) {}

  /// The door to the proposals of one group in one life of a pod.
  private static final class Door {
    long heldUntil;
    int inFlight;
    @Nullable Runnable granted;
    final List<Waiting> reads = new ArrayList<>();
  }

  private final World world;
  private final Referee referee;
  private final Coverage coverage;
  private final Map<Group, Door> doors = new HashMap<>();
  private long operations;
  private String lastRefusal = "";

  Workload(World world, Referee referee, Coverage coverage) {
    this.world = world;
    this.referee = referee;
    this.coverage = coverage;
  }

  String lastRefusal() {
    return lastRefusal;
  }

  private Door door(Group group) {
    return doors.computeIfAbsent(group, _ -> new Door());
  }

  void write(SimulatedPod pod, GroupId id) {
    write(pod, id, 0, _ -> {});
  }

  /// @param done told the outcome, if the write was taken
  void write(SimulatedPod pod, GroupId id, Consumer<Proposal> done) {
    write(pod, id, 0, done);
  }

  /// Lets a thread be held up on its way to the core, if this is possible there now.
  boolean writeLate(SimulatedPod pod, GroupId id, long nanos) {
    Group group = leading(pod, id);
    if (group == null || door(group).inFlight > 0) {
      return false;
    }
    write(pod, id, nanos, _ -> {});
    return true;
  }

  /// @return null if the replica does not lead, or nobody gets in
  private @Nullable Group leading(SimulatedPod pod, GroupId id) {
    Group group = pod.group(id);
    boolean open =
        group != null && pod.machine(id).epoch() != 0 && world.now() >= door(group).heldUntil;
    return open ? group : null;
  }

  private void write(SimulatedPod pod, GroupId id, long heldUpNanos, Consumer<Proposal> done) {
    Group group = leading(pod, id);
    if (group == null) {
      return;
    }
    Door door = door(group);
    CounterMachine machine = pod.machine(id);
    int counter = world.random.nextInt(CounterMachine.COUNTERS);
    long floor = referee.floor(id, counter);
    long from = machine.decided(counter);
    long epoch = machine.epoch();
    long operation = ++operations;
    byte[] entry = CounterMachine.entry(epoch, operation, counter, from);
    CompletableFuture<Proposal> proposal =
        pod.heldUp(heldUpNanos, () -> group.propose(epoch, entry));
    if (proposal.isDone()) {
      coverage.refused++;
      lastRefusal = pod.name + " " + id + " " + proposal.join();
      return;
    }
    machine.decide(counter, from + 1);
    door.inFlight++;
    door.heldUntil = world.now() + heldUpNanos;
    var _ =
        proposal.thenAccept(
            outcome -> {
              door.inFlight--;
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
              done.accept(outcome);
            });
  }

  void read(SimulatedPod pod, GroupId id) {
    Group group = pod.group(id);
    if (group == null) {
      return;
    }
    int counter = world.random.nextInt(CounterMachine.COUNTERS);
    Waiting read = new Waiting(counter, referee.floor(id, counter));
    Door door = door(group);
    List<Waiting> reads = door.reads;
    CounterMachine machine = pod.machine(id);
    reads.add(read);
    var _ =
        group
            .readPermit()
            .thenAccept(
                permit -> {
                  reads.remove(read);
                  if (permit instanceof ReadPermit.Granted) {
                    coverage.reads++;
                    referee.read(id, counter, read.floor(), machine.value(counter));
                    countHeldBack(reads, machine);
                    tellGranted(door);
                  }
                });
  }

  /// A read was answered; those that still wait came later. One of them that would be stale now is
  /// one that the round of this one must not answer.
  private void countHeldBack(List<Waiting> reads, CounterMachine machine) {
    if (reads.stream().anyMatch(read -> read.floor() > machine.value(read.counter()))) {
      coverage.heldBack++;
    }
  }

  /// Calls back when the next read is answered there: then another round begins.
  void whenGranted(SimulatedPod pod, GroupId id, Runnable granted) {
    Group group = pod.group(id);
    if (group != null) {
      door(group).granted = granted;
    }
  }

  private static void tellGranted(Door door) {
    Runnable granted = door.granted;
    door.granted = null;
    if (granted != null) {
      granted.run();
    }
  }

  void transfer(SimulatedPod from, GroupId id, SimulatedPod to) {
    Group group = leading(from, id);
    if (group != null) {
      coverage.transfers++;
      var _ = group.transferLeadership(to.self).exceptionally(_ -> null);
    }
  }
}
