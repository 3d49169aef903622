package dev.partita.simulation;

import dev.partita.replication.GroupId;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Sees everything that all pods do and knows what must never happen:
/// 1. no log index is applied with two different contents, and the state behind it is the same on
///    all replicas;
/// 2. an entry takes effect only on the very image it was decided on;
/// 3. what was acknowledged stays, at the place that was named;
/// 4. operations on a counter are linearizable: what one returns is never below what an operation
///    returned that was over before it began, and a write never gives a number twice;
/// 5. a term has one leader;
/// 6. a write that was denied never takes effect;
/// 7. after a restart a state stands where it was durable, or behind it.
final class Referee {

  private record Place(GroupId group, long index) {}

  private record Counter(GroupId group, int number) {}

  private record Term(GroupId group, long term) {}

  /// @param operation id of the write, 0 for an entry without effect
  private record Applied(long operation, long epoch, int state) {}

  private final World world;
  private final Map<Place, Applied> history = new HashMap<>();
  private final Map<Counter, Long> known = new HashMap<>();
  private final Set<Long> effective = new HashSet<>();
  private final Set<Long> fenced = new HashSet<>();
  private final Map<Term, Replica> leaders = new HashMap<>();
  private final Map<Long, Place> acknowledged = new HashMap<>();

  Referee(World world) {
    this.world = world;
  }

  /// A replica moved to a position.
  ///
  /// @param operation id of the write that had effect, 0 if none had
  void applied(GroupId group, Position position, long operation, long[] state) {
    Applied now = new Applied(operation, position.epoch(), Arrays.hashCode(state));
    Applied before = history.putIfAbsent(new Place(group, position.index()), now);
    if (before != null && !before.equals(now)) {
      throw violation(
          group + " " + position.index() + " is " + now + " here and " + before + " elsewhere");
    }
    effective.add(operation);
    if (fenced.contains(operation)) {
      throw violation("write " + operation + " has effect, though it was denied");
    }
    world.note(position.index());
    world.note(operation);
  }

  /// The state that an image brought.
  void installed(GroupId group, Position position, long[] state) {
    Applied before = history.get(new Place(group, position.index()));
    if (before == null
        || before.epoch() != position.epoch()
        || before.state() != Arrays.hashCode(state)) {
      throw violation(group + " got an image of " + position + " that nobody ever had");
    }
    world.note(-position.index());
  }

  /// What an operation that begins now must at least see.
  long floor(GroupId group, int counter) {
    return known.getOrDefault(new Counter(group, counter), 0L);
  }

  void written(GroupId group, int counter, long operation, long index, long floor, long value) {
    Applied applied = history.get(new Place(group, index));
    if (applied == null || applied.operation() != operation) {
      throw violation(
          group + ": write " + operation + " was acknowledged at " + index + " is " + applied);
    }
    if (acknowledged.putIfAbsent(operation, new Place(group, index)) != null) {
      throw violation("write " + operation + " was acknowledged twice");
    }
    if (value <= floor) {
      throw violation(
          group + ": write of " + value + " to " + counter + ", " + floor + " was there before");
    }
    know(group, counter, value);
  }

  /// A write that never takes effect, as was said.
  void withoutEffect(long operation) {
    fenced.add(operation);
    if (effective.contains(operation)) {
      throw violation("write " + operation + " has effect, though it was denied");
    }
  }

  void read(GroupId group, int counter, long floor, long value) {
    if (value < floor) {
      throw violation(
          group + ": stale read of counter " + counter + ": " + value + " after " + floor);
    }
    know(group, counter, value);
  }

  private void know(GroupId group, int counter, long value) {
    known.merge(new Counter(group, counter), value, Math::max);
  }

  void leads(GroupId group, long term, Replica replica) {
    Replica other = leaders.putIfAbsent(new Term(group, term), replica);
    if (other != null && !other.equals(replica)) {
      throw violation(group + " has two leaders in term " + term + ": " + other + ", " + replica);
    }
  }

  Violation violation(String what) {
    return world.violation(what, null);
  }

  /// How many writes were acknowledged.
  long acknowledged() {
    return acknowledged.size();
  }

  /// How many leaders there were.
  long leaders() {
    return leaders.size();
  }
}
