package dev.partita.replication.microraft;

import dev.partita.replication.Position;
import dev.partita.replication.StateMachine;
import dev.partita.replication.StateMachine.SnapshotWriter;
import dev.partita.replication.microraft.Operation.Command;
import dev.partita.replication.microraft.Operation.EpochMark;
import dev.partita.replication.microraft.Operation.Logged;
import dev.partita.replication.microraft.Operation.ReadMark;
import dev.partita.replication.microraft.Operation.SnapshotMark;
import io.microraft.model.log.LogEntry;
import java.util.ArrayList;
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

  /// The part of the log that the core has in memory.
  interface Window {
    LogEntry entryAt(long index);

    boolean hasRoom();
  }

  /// Told what the core has to keep in memory.
  interface MarkWatch {
    /// The core applied an entry, which it keeps until its next mark.
    void applied(LogEntry entry);

    /// The core has a new mark.
    void marked();
  }

  private final StateMachine machine;
  private final long replica;
  private final Life life;
  private final LongSupplier nonces;
  private final Window window;
  private final LongConsumer onOwnMark;
  private final Runnable afterInstall;
  private final RecentEntries recent;
  private final MarkWatch marks;

  private Position position;
  private volatile long applied;
  private long nonce;
  private final List<ImageTail> tails = new ArrayList<>();
  private @Nullable StagedImage image;
  private boolean installing;

  /// @param nonces see {@link EpochMark#nonce}
  /// @param onOwnMark told the epoch when the mark of this replica's latest leadership is applied
  /// @param afterInstall called when an image has become the state, before anything else happens
  /// @param recent remembers what is applied
  /// @param marks told what the core applies
  CoreMachine(
      StateMachine machine,
      long replica,
      Life life,
      LongSupplier nonces,
      Window window,
      LongConsumer onOwnMark,
      Runnable afterInstall,
      RecentEntries recent,
      MarkWatch marks) {
    this.machine = machine;
    this.replica = replica;
    this.life = life;
    this.nonces = nonces;
    this.window = window;
    this.onOwnMark = onOwnMark;
    this.afterInstall = afterInstall;
    this.recent = recent;
    this.marks = marks;
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

  /// Opens a leadership. A core that finds no room for this entry would lead without ever
  /// committing anything.
  @Override
  public Object getNewTermOperation() {
    if (!window.hasRoom()) {
      IllegalStateException full = new IllegalStateException("no room for a leadership's entry");
      life.fail(full);
      throw full;
    }
    nonce = nonces.getAsLong();
    return new EpochMark(replica, nonce);
  }

  @Override
  public @Nullable Object runOperation(long index, Object operation) {
    life.check();
    try {
      return switch ((Operation) operation) {
        case ReadMark _ -> null;
        case Logged _ -> applyAndNote(window.entryAt(index));
        case SnapshotMark _ -> throw new IllegalStateException("a mark in the log at " + index);
      };
    } catch (RuntimeException | Error e) {
      life.fail(e);
      throw e;
    }
  }

  private Result applyAndNote(LogEntry entry) {
    boolean known = entry.getIndex() <= position.index();
    Result result = applyAndRemember(entry);
    marks.applied(entry);
    if (!known) {
      tails.forEach(tail -> tail.add(entry));
    }
    return result;
  }

  /// Takes an entry that is known to be committed: into the state, unless it is there already, and
  /// into memory.
  Result applyAndRemember(LogEntry entry) {
    Result result = apply(entry.getIndex(), (Logged) entry.getOperation());
    recent.add(entry);
    return result;
  }

  /// From now on notes what is applied.
  void openTail(ImageTail tail) {
    tails.add(tail);
  }

  void closeTail(ImageTail tail) {
    tails.remove(tail);
  }

  /// Applies a committed entry, unless the state has it already.
  private Result apply(long index, Logged operation) {
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
    marks.marked();
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
        installImage(index);
      }
      afterInstall.run();
      marks.marked();
    } catch (RuntimeException | Error e) {
      life.fail(e);
      throw e;
    }
  }

  private void installImage(long index) {
    StagedImage staged = image;
    if (staged == null || staged.last() < index) {
      throw new IllegalStateException("no image for the mark at " + index);
    }
    try (SnapshotWriter writer = staged.writer()) {
      writer.install();
    }
    if (!machine.position().equals(staged.position())) {
      throw new IllegalStateException(
          "installed " + staged.position() + ", but the state stands at " + machine.position());
    }
    moveTo(staged.position());
    tails.forEach(ImageTail::spoil);
    // Only up to the mark: these entries become part of the log, and the state must never be ahead
    // of the log by anything that is not durable.
    for (LogEntry entry : staged.tail()) {
      if (entry.getIndex() <= index) {
        applyAndRemember(entry);
      }
    }
  }

  /// The core is about to take over a mark.
  ///
  /// @param staged image and entries that reach it; null if the state does
  void beginInstall(@Nullable StagedImage staged) {
    image = staged;
    installing = true;
  }

  void endInstall() {
    image = null;
    installing = false;
  }
}
