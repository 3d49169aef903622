package dev.partita.replication.microraft;

import dev.partita.replication.GroupId;
import dev.partita.replication.GroupLimits;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import dev.partita.replication.Scheduler;
import dev.partita.replication.Scheduler.Lane;
import dev.partita.replication.StateMachine.SnapshotReader;
import dev.partita.replication.microraft.PeerMessage.Fetch;
import dev.partita.replication.microraft.PeerMessage.Fetched;
import dev.partita.replication.microraft.PeerMessage.NoImage;
import dev.partita.replication.microraft.PeerMessage.Piece;
import dev.partita.replication.microraft.PeerMessage.Tail;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Sends images of states, and the entries behind them, to replicas that are too far behind; one
/// for the whole host. It answers requests and keeps the last answer, so that the receiver alone
/// repeats. Only on the host's snapshot lane.
final class SnapshotServer {
  private static final Duration IDLE = Duration.ofMillis(GroupLimits.SNAPSHOT_IDLE_MILLIS);

  /// A replica that can be copied.
  interface Source {
    GroupId group();

    Life life();

    /// Begins to note what is applied, then calls back on the snapshot lane; with null if this
    /// replica cannot be copied now.
    void openTail(Consumer<@Nullable ImageTail> opened);

    void closeTail(ImageTail tail);

    SnapshotReader openImage();
  }

  /// Who fetches: a replica fetches one image at a time.
  private record Receiver(GroupId group, Replica replica) {}

  private static final class Session {
    final long fetch;
    final Source source;
    @Nullable ImageTail tail;
    @Nullable SnapshotReader reader;
    Position position = Position.START;
    int term;
    int sentPiece = -1;
    @Nullable PeerMessage sent;
    long usedAtNanos;

    Session(long fetch, Source source) {
      this.fetch = fetch;
      this.source = source;
    }

    void close() {
      closeReader();
      ImageTail noted = tail;
      tail = null;
      if (noted != null) {
        source.closeTail(noted);
      }
    }

    void closeReader() {
      SnapshotReader open = reader;
      reader = null;
      if (open != null) {
        open.close();
      }
    }
  }

  private final Scheduler scheduler;
  private final Lane lane;
  private final Map<Receiver, Session> sessions = new LinkedHashMap<>();
  private final LongAdder begun = new LongAdder();
  private boolean sweeping;

  SnapshotServer(Scheduler scheduler, Lane lane) {
    this.scheduler = scheduler;
    this.lane = lane;
  }

  /// How many images were begun so far; on any thread.
  long begun() {
    return begun.sum();
  }

  /// @param answer sends to the replica that asked
  void fetch(Replica from, Fetch request, Source source, Consumer<PeerMessage> answer) {
    if (source.life().isOver()) {
      return;
    }
    try {
      Receiver receiver = new Receiver(source.group(), from);
      Session session = sessions.get(receiver);
      if (session != null && session.fetch == request.fetch()) {
        next(receiver, session, request, answer);
      } else if (request.piece() == 0) {
        open(receiver, request, source, answer);
      } else {
        answer.accept(new NoImage(request.fetch()));
      }
    } catch (RuntimeException | Error e) {
      source.life().fail(e);
    }
  }

  private void open(Receiver receiver, Fetch request, Source source, Consumer<PeerMessage> answer) {
    // Whoever asks for a new image has given up the old one.
    closeWhere(other -> other.equals(receiver));
    if (sessions.size() >= GroupLimits.MAX_OUTGOING_SNAPSHOTS) {
      answer.accept(new NoImage(request.fetch()));
      return;
    }
    Session session = new Session(request.fetch(), source);
    session.usedAtNanos = scheduler.nanoTime();
    sessions.put(receiver, session);
    sweepLater();
    source.openTail(tail -> opened(receiver, session, tail, request, answer));
  }

  private void opened(
      Receiver receiver,
      Session session,
      @Nullable ImageTail tail,
      Fetch request,
      Consumer<PeerMessage> answer) {
    if (!session.equals(sessions.get(receiver))) {
      if (tail != null) {
        session.source.closeTail(tail);
      }
      return;
    }
    try {
      session.tail = tail;
      if (tail != null) {
        SnapshotReader reader = session.source.openImage();
        session.reader = reader;
        session.position = reader.position();
      }
      if (tail == null || tail.isSpoiled() || session.position.index() < request.atLeast()) {
        refuse(receiver, session, answer);
        return;
      }
      session.term = tail.termAt(session.position.index());
      tail.startBehind(session.position.index());
      begun.increment();
      next(receiver, session, request, answer);
    } catch (RuntimeException | Error e) {
      session.source.life().fail(e);
    }
  }

  private void refuse(Receiver receiver, Session session, Consumer<PeerMessage> answer) {
    sessions.remove(receiver);
    session.close();
    answer.accept(new NoImage(session.fetch));
  }

  private void next(
      Receiver receiver, Session session, Fetch request, Consumer<PeerMessage> answer) {
    ImageTail tail = session.tail;
    if (tail == null) {
      // It is being opened; the answer to the first request is the answer to this one.
      return;
    }
    session.usedAtNanos = scheduler.nanoTime();
    if (tail.isSpoiled()) {
      refuse(receiver, session, answer);
      return;
    }
    if (request.piece() == session.sentPiece + 1) {
      session.sentPiece++;
      session.sent =
          session.reader == null && session.sentPiece > 0
              ? new Tail(session.fetch, session.sentPiece, tail.take())
              : piece(session);
    }
    PeerMessage sent = session.sent;
    if (sent != null && request.piece() == session.sentPiece) {
      answer.accept(sent);
    }
  }

  private static Piece piece(Session session) {
    SnapshotReader reader = session.reader;
    byte[] data = reader == null ? null : reader.next(GroupLimits.SNAPSHOT_PIECE_BYTES);
    if (data == null) {
      session.closeReader();
    }
    return new Piece(
        session.fetch,
        session.sentPiece,
        session.position,
        session.term,
        data == null,
        data == null ? new byte[0] : data);
  }

  void fetched(GroupId group, Replica from, Fetched message) {
    Session session = sessions.get(new Receiver(group, from));
    if (session != null && session.fetch == message.fetch()) {
      closeWhere(other -> other.equals(new Receiver(group, from)));
    }
  }

  /// Ends the transfers of one group.
  void end(GroupId group) {
    closeWhere(receiver -> receiver.group().equals(group));
  }

  private void sweepLater() {
    if (!sweeping) {
      sweeping = true;
      lane.schedule(this::sweep, IDLE);
    }
  }

  private void sweep() {
    sweeping = false;
    long now = scheduler.nanoTime();
    closeWhere(
        receiver -> {
          Session session = sessions.get(receiver);
          return session != null && now - session.usedAtNanos >= IDLE.toNanos();
        });
    if (!sessions.isEmpty()) {
      sweepLater();
    }
  }

  private void closeWhere(Predicate<Receiver> chosen) {
    for (Receiver receiver : List.copyOf(sessions.keySet())) {
      if (chosen.test(receiver)) {
        Session session = sessions.remove(receiver);
        if (session != null) {
          session.close();
        }
      }
    }
  }
}
