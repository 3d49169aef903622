package dev.partita.replication.microraft;

import dev.partita.replication.Position;
import dev.partita.replication.StateMachine;
import dev.partita.replication.StateMachine.SnapshotWriter;
import dev.partita.replication.microraft.Operation.Command;
import dev.partita.replication.microraft.Operation.EpochMark;
import dev.partita.replication.microraft.Operation.Logged;
import dev.partita.replication.microraft.Operation.ReadMark;
import dev.partita.replication.microraft.Operation.SnapshotMark;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Feeds the state machine: every entry once, in order, and only in the epoch it was decided under.
/// Only on the group's lane, except {@link #applied}.
final class CoreMachine implements io.microraft.statemachine.StateMachine {

  /// What an applied entry gives to its proposer.
  sealed interface Result {
    record Applied(@Nullable Object value) implements Result {}

    /// Without effect: it was decided under another epoch.
    record Fenced() implements Result {}
  }

  /// An image that is complete and waits for its mark.
  record Staged(SnapshotWriter writer, Position position) {}

  private final StateMachine machine;
  private final long replica;
  private final Life life;
  private final LongSupplier nonces;
  private final LongConsumer onOwnMark;
  private final Runnable afterInstall;

  private Position position;
  private volatile long applied;
  private long nonce;
  private @Nullable Staged staged;
  private boolean installing;

  /// @param nonces see {@link EpochMark#nonce}
  /// @param onOwnMark told the epoch when the mark of this replica's latest leadership is applied
  /// @param afterInstall called when an image has become the state, before anything else happens
  CoreMachine(
      StateMachine machine,
      long replica,
      Life life,
      LongSupplier nonces,
      LongConsumer onOwnMark,
      Runnable afterInstall) {
    this.machine = machine;
    this.replica = replica;
    this.life = life;
    this.nonces = nonces;
    this.onOwnMark = onOwnMark;
    this.afterInstall = afterInstall;
    this.position = machine.position();
    this.applied = position.index();
  }

  Position position() {
    return position;
  }

  /// Index of the last applied entry; on any thread.
  long applied() {
    return applied;
  }

  @Override
  public Object getNewTermOperation() {
    nonce = nonces.getAsLong();
    return new EpochMark(replica, nonce);
  }

  @Override
  public @Nullable Object runOperation(long index, Object operation) {
    life.check();
    try {
      return switch ((Operation) operation) {
        case ReadMark _ -> null;
        case Logged logged -> apply(index, logged);
        case SnapshotMark _ -> throw new IllegalStateException("a mark in the log at " + index);
      };
    } catch (RuntimeException | Error e) {
      life.fail(e);
      throw e;
    }
  }

  /// Applies a committed entry, unless the state has it already.
  Result apply(long index, Logged operation) {
    if (index <= position.index()) {
      return new Result.Fenced();
    }
    if (index != position.index() + 1) {
      throw new IllegalStateException("entry " + index + " does not follow " + position);
    }
    return switch (operation) {
      case EpochMark mark -> {
        moveTo(new Position(index, index));
        machine.skip(position);
        if (mark.replica() == replica && mark.nonce() == nonce) {
          onOwnMark.accept(index);
        }
        yield new Result.Applied(null);
      }
      case Command command when command.epoch() != position.epoch() -> {
        moveTo(new Position(index, position.epoch()));
        machine.skip(position);
        yield new Result.Fenced();
      }
      case Command command -> {
        Position next = new Position(index, position.epoch());
        Object value = machine.apply(next, command.payload());
        moveTo(next);
        yield new Result.Applied(value);
      }
    };
  }

  private void moveTo(Position next) {
    position = next;
    applied = next.index();
  }

  /// A mark only: the state is in the state machine.
  @Override
  public void takeSnapshot(long index, Consumer<Object> chunks) {
    chunks.accept(new SnapshotMark(index));
  }

  /// Called by the core when it starts from its mark, and when it takes over a leader's mark.
  @Override
  public void installSnapshot(long index, List<Object> chunks) {
    life.check();
    if (!installing) {
      return;
    }
    try {
      if (position.index() < index) {
        installStaged(index);
      }
      afterInstall.run();
    } catch (RuntimeException | Error e) {
      life.fail(e);
      throw e;
    }
  }

  private void installStaged(long index) {
    Staged image = staged;
    if (image == null || image.position().index() < index) {
      throw new IllegalStateException("no image for the mark at " + index + ": " + image);
    }
    staged = null;
    try (SnapshotWriter writer = image.writer()) {
      writer.install();
    }
    if (!machine.position().equals(image.position())) {
      throw new IllegalStateException(
          "installed " + image.position() + ", but the state stands at " + machine.position());
    }
    moveTo(image.position());
  }

  void installing(boolean now) {
    installing = now;
  }

  /// Whether a mark at `index` could be taken over now.
  boolean covers(long index) {
    Staged image = staged;
    return index <= position.index() || (image != null && index <= image.position().index());
  }

  /// Takes a complete image; a former one is thrown away.
  void stage(Staged image) {
    unstage();
    staged = image;
  }

  /// Throws the waiting image away, if it is `image`.
  void unstage(Staged image) {
    if (image.equals(staged)) {
      unstage();
    }
  }

  void unstage() {
    Staged image = staged;
    staged = null;
    if (image != null) {
      image.writer().close();
    }
  }
}
