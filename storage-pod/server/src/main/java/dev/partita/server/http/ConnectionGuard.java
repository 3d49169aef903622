package dev.partita.server.http;

import io.vertx.core.http.HttpConnection;
import java.util.IdentityHashMap;
import java.util.Iterator;

/// Closes connections that take too long, whatever they trickle: a connection is bounded in each of
/// its stages by the time at which the stage began, never by its last byte. One sweep a second for
/// all connections of an event loop instead of a timer per request.
///
/// ```
/// OPEN --header--> BODY --whole body--> ANSWER --answer sent--> IDLE --header--> BODY …
/// ```
final class ConnectionGuard {

  /// How often connections are looked at, in milliseconds: the accuracy of all timeouts.
  static final long SWEEP_MILLIS = 500;

  enum Stage {
    OPEN,
    BODY,
    ANSWER,
    IDLE
  }

  private final HttpLimits limits;
  private final IdentityHashMap<HttpConnection, Watched> watched = new IdentityHashMap<>();

  ConnectionGuard(HttpLimits limits) {
    this.limits = limits;
  }

  void opened(HttpConnection connection) {
    watched.put(connection, new Watched(connection));
  }

  void closed(HttpConnection connection) {
    watched.remove(connection);
  }

  /// The connection enters a stage now.
  void enter(HttpConnection connection, Stage stage) {
    Watched entry = watched.get(connection);
    if (entry != null) {
      entry.stage = stage;
      entry.since = System.nanoTime();
    }
  }

  int size() {
    return watched.size();
  }

  /// @return how many connections were closed
  int sweep() {
    long now = System.nanoTime();
    Watched[] late = new Watched[watched.size()];
    int count = 0;
    Iterator<Watched> all = watched.values().iterator();
    while (all.hasNext()) {
      Watched entry = all.next();
      if (now - entry.since > boundNanos(entry.stage)) {
        late[count++] = entry;
        all.remove();
      }
    }
    for (int i = 0; i < count; i++) {
      late[i].connection.close();
    }
    return count;
  }

  /// Closes all connections that are not serving a request.
  void closeIdle() {
    for (Watched entry : watched.values().toArray(Watched[]::new)) {
      if (entry.stage == Stage.IDLE || entry.stage == Stage.OPEN) {
        entry.connection.close();
      }
    }
  }

  private long boundNanos(Stage stage) {
    return switch (stage) {
      case OPEN -> limits.headerTimeout().toNanos();
      case BODY -> limits.bodyTimeout().toNanos();
      case ANSWER -> limits.answerTimeout().toNanos();
      case IDLE -> limits.idleTimeout().toNanos();
    };
  }

  private static final class Watched {
    final HttpConnection connection;
    Stage stage = Stage.OPEN;
    long since = System.nanoTime();

    Watched(HttpConnection connection) {
      this.connection = connection;
    }
  }
}
