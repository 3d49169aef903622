package dev.partita.replication.microraft;

import dev.partita.replication.GroupLimits;
import dev.partita.replication.Replica;
import dev.partita.replication.Scheduler.Lane;
import dev.partita.replication.StateMachine;
import dev.partita.replication.microraft.CoreMachine.Staged;
import dev.partita.replication.microraft.PeerMessage.Fetch;
import dev.partita.replication.microraft.PeerMessage.NoImage;
import dev.partita.replication.microraft.PeerMessage.Piece;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Pulls one image of the state from another replica, a piece at a time, and stages it. Only on the
/// host's snapshot lane: disks are slow and the group goes on meanwhile.
final class SnapshotFetch {
  private static final Duration RETRY = Duration.ofMillis(GroupLimits.SNAPSHOT_RETRY_MILLIS);

  private final long id;
  private final Replica source;
  private final long atLeast;
  private final StateMachine machine;
  private final Lane lane;
  private final Life life;
  private final Consumer<Fetch> send;
  private final Consumer<@Nullable Staged> done;

  private @Nullable Staged image;
  private int next;
  private int tries;
  private boolean over;

  /// @param send sends to the source
  /// @param done told once how it ended: with a complete image, or null
  SnapshotFetch(
      long id,
      Replica source,
      long atLeast,
      StateMachine machine,
      Lane lane,
      Life life,
      Consumer<Fetch> send,
      Consumer<@Nullable Staged> done) {
    this.id = id;
    this.source = source;
    this.atLeast = atLeast;
    this.machine = machine;
    this.lane = lane;
    this.life = life;
    this.send = send;
    this.done = done;
  }

  void ask() {
    if (over || life.isOver()) {
      stop();
      return;
    }
    if (++tries > GroupLimits.SNAPSHOT_TRIES) {
      stop();
      return;
    }
    send.accept(new Fetch(id, atLeast, next));
    int asked = next;
    lane.schedule(
        () -> {
          if (asked == next) {
            ask();
          }
        },
        RETRY);
  }

  void noImage(Replica from, NoImage answer) {
    if (answer.fetch() == id && from.equals(source)) {
      stop();
    }
  }

  void piece(Replica from, Piece piece) {
    if (over || piece.fetch() != id || !from.equals(source) || piece.piece() != next) {
      return;
    }
    try {
      Staged staged = image;
      if (staged == null) {
        if (piece.position().index() < atLeast) {
          stop();
          return;
        }
        staged = new Staged(machine.stageSnapshot(piece.position()), piece.position());
        image = staged;
      } else if (!staged.position().equals(piece.position())) {
        stop();
        return;
      }
      take(staged, piece);
    } catch (RuntimeException | Error e) {
      life.fail(e);
    }
  }

  private void take(Staged staged, Piece piece) {
    if (piece.last()) {
      over = true;
      image = null;
      done.accept(staged);
      return;
    }
    staged.writer().accept(piece.data());
    next++;
    tries = 0;
    ask();
  }

  private void stop() {
    if (over) {
      return;
    }
    over = true;
    Staged staged = image;
    image = null;
    if (staged != null) {
      staged.writer().close();
    }
    done.accept(null);
  }
}
