package dev.partita.simulation;

import dev.partita.replication.GroupId;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import dev.partita.replication.StateMachine;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A few counters. A write is decided on the leader's image, its own undecided writes included, and
/// says which number it turns into which: so an entry that meets another image is noticed.
///
/// Stands on a disk of its own: what was not saved is lost in a crash.
final class CounterMachine implements StateMachine {
  static final int COUNTERS = 4;
  private static final int PIECE_BYTES = 1;

  private final GroupId group;
  private final Referee referee;
  private final Coverage coverage;

  private Position position = Position.START;
  private long[] counters = new long[COUNTERS];
  private Position savedPosition = Position.START;
  private long[] saved = new long[COUNTERS];

  private long epoch;
  private long[] image = new long[COUNTERS];

  CounterMachine(GroupId group, Referee referee, Coverage coverage) {
    this.group = group;
    this.referee = referee;
    this.coverage = coverage;
  }

  static byte[] entry(long epoch, long operation, int counter, long from) {
    return ByteBuffer.allocate(28)
        .putLong(epoch)
        .putLong(operation)
        .putInt(counter)
        .putLong(from)
        .array();
  }

  /// 0 if the replica does not lead.
  long epoch() {
    return epoch;
  }

  /// What a write would find, those under way included.
  long decided(int counter) {
    return image[counter];
  }

  /// A write that was taken is under way.
  void decide(int counter, long value) {
    image[counter] = value;
  }

  long value(int counter) {
    return counters[counter];
  }

  /// Makes the state durable.
  ///
  /// @return the index it stands at
  long save() {
    saved = counters.clone();
    savedPosition = position;
    return position.index();
  }

  /// The process dies: the state is the saved one again.
  void crash() {
    counters = saved.clone();
    position = savedPosition;
    epoch = 0;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public Object apply(Position at, byte[] entry) {
    ByteBuffer in = ByteBuffer.wrap(entry);
    long decidedIn = in.getLong();
    long operation = in.getLong();
    int counter = in.getInt();
    long from = in.getLong();
    move(at);
    if (decidedIn != at.epoch()) {
      throw referee.violation(group + " " + at + ": decided in epoch " + decidedIn);
    }
    if (counters[counter] != from) {
      throw referee.violation(
          group + " " + at + ": decided on " + from + ", applied to " + counters[counter]);
    }
    counters[counter] = from + 1;
    referee.applied(group, at, operation, counters);
    return from + 1;
  }

  @Override
  public void skip(Position at) {
    move(at);
    referee.applied(group, at, 0, counters);
    if (at.epoch() != at.index()) {
      coverage.fenced++;
    }
  }

  private void move(Position to) {
    if (to.index() != position.index() + 1 || to.epoch() < position.epoch()) {
      throw referee.violation(group + " moves from " + position + " to " + to);
    }
    position = to;
  }

  @Override
  public void leading(long newEpoch) {
    if (newEpoch != position.epoch()) {
      throw referee.violation(group + " leads in epoch " + newEpoch + " at " + position);
    }
    epoch = newEpoch;
    image = counters.clone();
  }

  @Override
  public void following(@Nullable Replica leader) {
    epoch = 0;
  }

  @Override
  public SnapshotReader openSnapshot() {
    ByteBuffer bytes = ByteBuffer.allocate(8 * COUNTERS);
    for (long counter : counters) {
      bytes.putLong(counter);
    }
    return new Reader(position, bytes.flip());
  }

  @Override
  public SnapshotWriter stageSnapshot(Position at) {
    return new Writer(at);
  }

  private record Reader(Position position, ByteBuffer bytes) implements SnapshotReader {
    @Override
    public byte @Nullable [] next(int maxBytes) {
      if (!bytes.hasRemaining()) {
        return null;
      }
      byte[] piece = new byte[Math.min(PIECE_BYTES, bytes.remaining())];
      bytes.get(piece);
      return piece;
    }

    @Override
    public void close() {}
  }

  private final class Writer implements SnapshotWriter {
    private final Position at;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean closed;

    Writer(Position at) {
      this.at = at;
    }

    @Override
    public void accept(byte[] piece) {
      if (closed) {
        throw referee.violation("a piece for a closed image");
      }
      received.writeBytes(piece);
    }

    @Override
    public void complete() {
      if (received.size() != Long.BYTES * COUNTERS) {
        throw referee.violation("an image of " + received.size() + " bytes");
      }
    }

    @Override
    public void install() {
      if (closed || at.index() <= position.index()) {
        throw referee.violation("image of " + at + " over " + position + ", closed: " + closed);
      }
      ByteBuffer in = ByteBuffer.wrap(received.toByteArray());
      long[] state = new long[COUNTERS];
      for (int i = 0; i < COUNTERS; i++) {
        state[i] = in.getLong();
      }
      referee.installed(group, at, state);
      counters = state;
      position = at;
      save();
      coverage.images++;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
