package dev.partita.replication.microraft;

import dev.partita.replication.GroupId;
import dev.partita.replication.GroupLimits;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import dev.partita.replication.Scheduler;
import dev.partita.replication.Scheduler.Lane;
import dev.partita.replication.StateMachine;
import dev.partita.replication.StateMachine.SnapshotReader;
import dev.partita.replication.microraft.PeerMessage.Fetch;
import dev.partita.replication.microraft.PeerMessage.NoImage;
import dev.partita.replication.microraft.PeerMessage.Piece;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends images of states to replicas that are too far behind; one for the whole host. It answers
/// requests and keeps the last piece, so that the receiver alone repeats. Only on the host's
/// snapshot lane.
final class SnapshotServer {
  private static final Duration IDLE = Duration.ofMillis(GroupLimits.SNAPSHOT_IDLE_MILLIS);

  /// Who fetches: a replica fetches one image at a time.
  private record Receiver(GroupId group, Replica replica) {}

  private static final class Session {
    final long fetch;
    final Position position;
    @Nullable SnapshotReader reader;
    Piece sent;
    long usedAtNanos;

    Session(long fetch, SnapshotReader reader, long now) {
      this.fetch = fetch;
      this.reader = reader;
      this.position = reader.position();
      this.sent = new Piece(fetch, -1, position, false, new byte[0]);
      this.usedAtNanos = now;
    }

    void close() {
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
  private boolean sweeping;

  SnapshotServer(Scheduler scheduler, Lane lane) {
    this.scheduler = scheduler;
    this.lane = lane;
  }

  /// @param answer sends to the replica that asked
  void fetch(
      GroupId group,
      Replica from,
      Fetch request,
      StateMachine machine,
      Life life,
      Consumer<PeerMessage> answer) {
    if (life.isOver()) {
      return;
    }
    try {
      Session session = session(new Receiver(group, from), request, machine);
      PeerMessage reply = session == null ? new NoImage(request.fetch()) : next(session, request);
      if (reply != null) {
        answer.accept(reply);
      }
    } catch (RuntimeException | Error e) {
      life.fail(e);
    }
  }

  private @Nullable Session session(Receiver receiver, Fetch request, StateMachine machine) {
    Session session = sessions.get(receiver);
    if (session != null && session.fetch == request.fetch()) {
      return session;
    }
    if (request.piece() != 0) {
      return null;
    }
    if (session != null) {
      // It has begun anew.
      session.close();
      sessions.remove(receiver);
    }
    long open = sessions.values().stream().filter(s -> s.reader != null).count();
    if (open >= GroupLimits.MAX_OUTGOING_SNAPSHOTS) {
      return null;
    }
    SnapshotReader reader = machine.openSnapshot();
    if (reader.position().index() < request.atLeast()) {
      reader.close();
      return null;
    }
    Session opened = new Session(request.fetch(), reader, scheduler.nanoTime());
    sessions.put(receiver, opened);
    sweepLater();
    return opened;
  }

  /// The piece asked for, or null if it is one that was asked for long ago.
  private @Nullable Piece next(Session session, Fetch request) {
    session.usedAtNanos = scheduler.nanoTime();
    SnapshotReader reader = session.reader;
    if (request.piece() == session.sent.piece() + 1 && reader != null) {
      byte[] data = reader.next(GroupLimits.SNAPSHOT_PIECE_BYTES);
      session.sent =
          new Piece(
              session.fetch,
              request.piece(),
              session.position,
              data == null,
              data == null ? new byte[0] : data);
      if (data == null) {
        session.close();
      }
    }
    return request.piece() == session.sent.piece() ? session.sent : null;
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
    Iterator<Session> all = sessions.values().iterator();
    while (all.hasNext()) {
      Session session = all.next();
      if (now - session.usedAtNanos >= IDLE.toNanos()) {
        session.close();
        all.remove();
      }
    }
    if (!sessions.isEmpty()) {
      sweepLater();
    }
  }

  /// Ends the transfers of one group.
  void end(GroupId group) {
    Iterator<Map.Entry<Receiver, Session>> all = sessions.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Receiver, Session> entry = all.next();
      if (entry.getKey().group().equals(group)) {
        entry.getValue().close();
        all.remove();
      }
    }
  }
}
