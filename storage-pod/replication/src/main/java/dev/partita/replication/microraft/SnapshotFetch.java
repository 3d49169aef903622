package dev.partita.replication.microraft;

import dev.partita.replication.GroupLimits;
import dev.partita.replication.Replica;
import dev.partita.replication.Scheduler.Lane;
import dev.partita.replication.StagingException;
import dev.partita.replication.StateMachine;
import dev.partita.replication.microraft.PeerMessage.Fetch;
import dev.partita.replication.microraft.PeerMessage.Fetched;
import dev.partita.replication.microraft.PeerMessage.NoImage;
import dev.partita.replication.microraft.PeerMessage.Piece;
import dev.partita.replication.microraft.PeerMessage.Tail;
import io.microraft.model.log.LogEntry;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pulls one image of the state from another replica, a piece at a time, and then the entries
/// applied behind it, as often as it is asked for {@link #more}. Only on the host's snapshot lane:
/// disks are slow, and the group goes on meanwhile.
///
/// An image must not take the space that is left for the log, and whatever goes wrong beside the
/// state is no reason to end the replica: the transfer ends.
final class SnapshotFetch {
  private static final Logger LOG = LoggerFactory.getLogger("dev.partita.replication");
  private static final Duration RETRY = Duration.ofMillis(GroupLimits.SNAPSHOT_RETRY_MILLIS);

  /// A tail of so many bytes was probably not all there was.
  private static final int FULL_TAIL_BYTES = GroupLimits.APPEND_BATCH_BYTES / 2;

  /// Told how the transfer goes on; called on the snapshot lane.
  interface Listener {
    void complete(StagedImage image);

    void tail(List<LogEntry> entries);

    /// There will be no more.
    void ended();
  }

  private final long id;
  private final Replica source;
  private final long atLeast;
  private final StateMachine machine;
  private final BooleanSupplier space;
  private final Lane lane;
  private final Life life;
  private final Consumer<PeerMessage> send;
  private final Listener listener;

  private @Nullable StagedImage image;
  private boolean complete;
  private boolean asking;
  private int next;
  private int tries;
  private boolean over;

  /// @param space whether there is space on the disk for more; called on the snapshot lane
  /// @param send sends to the source
  SnapshotFetch(
      long id,
      Replica source,
      long atLeast,
      StateMachine machine,
      BooleanSupplier space,
      Lane lane,
      Life life,
      Consumer<PeerMessage> send,
      Listener listener) {
    this.id = id;
    this.source = source;
    this.atLeast = atLeast;
    this.machine = machine;
    this.space = space;
    this.lane = lane;
    this.life = life;
    this.send = send;
    this.listener = listener;
  }

  /// Asks for the next piece, and again if nothing comes.
  void ask() {
    if (over) {
      return;
    }
    if (life.isOver() || !space.getAsBoolean() || ++tries > GroupLimits.SNAPSHOT_TRIES) {
      stop();
      return;
    }
    asking = true;
    send.accept(new Fetch(id, atLeast, next));
    int asked = next;
    lane.schedule(
        () -> {
          if (asking && asked == next) {
            ask();
          }
        },
        RETRY);
  }

  /// Asks for entries behind the image, if it is complete and no question is open.
  void more() {
    if (complete && !asking) {
      ask();
    }
  }

  void piece(Replica from, Piece piece) {
    if (over || complete || piece.fetch() != id || !from.equals(source) || piece.piece() != next) {
      return;
    }
    try {
      take(piece);
    } catch (StagingException e) {
      LOG.warn(
          "event=image-refused source={} piece={} reason={}",
          source,
          piece.piece(),
          e.getMessage());
      stop();
    } catch (RuntimeException | Error e) {
      life.fail(e);
    }
  }

  private void take(Piece piece) {
    if (!space.getAsBoolean()) {
      stop();
      return;
    }
    StagedImage staged = image;
    if (staged == null) {
      if (piece.position().index() < atLeast) {
        stop();
        return;
      }
      staged =
          new StagedImage(machine.stageSnapshot(piece.position()), piece.position(), piece.term());
      image = staged;
    } else if (!staged.position().equals(piece.position())) {
      stop();
      return;
    }
    if (piece.last()) {
      staged.writer().complete();
      complete = true;
      image = null;
      listener.complete(staged);
    } else {
      staged.writer().accept(piece.data());
    }
    answered();
    ask();
  }

  void tail(Replica from, Tail tail) {
    if (over || !complete || tail.fetch() != id || !from.equals(source) || tail.piece() != next) {
      return;
    }
    answered();
    listener.tail(tail.entries());
    if (EntriesCodec.size(tail.entries()) >= FULL_TAIL_BYTES) {
      ask();
    }
  }

  private void answered() {
    next++;
    tries = 0;
    asking = false;
  }

  void noImage(Replica from, NoImage answer) {
    if (answer.fetch() == id && from.equals(source)) {
      stop();
    }
  }

  /// Ends the transfer; an incomplete image is thrown away.
  void stop() {
    if (over) {
      return;
    }
    over = true;
    StagedImage staged = image;
    image = null;
    try {
      if (staged != null) {
        staged.writer().close();
      }
    } finally {
      send.accept(new Fetched(id));
      listener.ended();
    }
  }
}
