package dev.partita.cluster.peer;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the connections that other pods dial. All state belongs to one event loop.
final class PeerAcceptor {
  private static final Logger LOG = LoggerFactory.getLogger(PeerAcceptor.class);

  private final Vertx vertx;
  private final Context context;
  private final String cluster;
  private final String self;
  private final Acquaintances acquaintances;
  private final Set<String> peers;
  private final PeerHandler handler;
  private final BooleanSupplier leaving;
  private final PeerMetrics metrics;
  private final NetServer server;
  private final Set<AcceptedConnection> connections = new HashSet<>();
  private final Map<String, AcceptedConnection> byPod = new HashMap<>();
  private boolean closed;

  /// @param peers pods that may connect
  /// @param leaving whether this pod will soon go
  /// @param tls null in the clear
  PeerAcceptor(
      Vertx vertx,
      Context context,
      String cluster,
      String self,
      Acquaintances acquaintances,
      Set<String> peers,
      PeerHandler handler,
      BooleanSupplier leaving,
      PeerMetrics metrics,
      @Nullable PeerTls tls) {
    this.vertx = vertx;
    this.context = context;
    this.cluster = cluster;
    this.self = self;
    this.acquaintances = acquaintances;
    this.peers = peers;
    this.handler = handler;
    this.leaving = leaving;
    this.metrics = metrics;
    server = vertx.createNetServer(options(tls));
  }

  private static NetServerOptions options(@Nullable PeerTls tls) {
    NetServerOptions options = new NetServerOptions().setTcpNoDelay(true);
    if (tls != null) {
      ServerSSLOptions secure = tls.accepting();
      options
          .setSsl(true)
          .setClientAuth(secure.getClientAuth())
          .setKeyCertOptions(secure.getKeyCertOptions())
          .setTrustOptions(secure.getTrustOptions())
          .setEnabledSecureTransportProtocols(secure.getEnabledSecureTransportProtocols())
          .setSslHandshakeTimeout(PeerLimits.TLS_HANDSHAKE_MILLIS)
          .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }
    return options;
  }

  /// From now on for new connections; those that stand stay. Any thread.
  Future<?> updateTls(PeerTls tls) {
    return server.updateSSLOptions(tls.accepting(), true);
  }

  /// On the context. Fails if the port is taken.
  Future<NetServer> listen(String host, int port) {
    server.connectHandler(this::accept);
    server.exceptionHandler(
        e -> {
          metrics.refusedConnection();
          LOG.debug("a connection was not let in: {}", e.toString());
        });
    vertx.setPeriodic(
        PeerLimits.TICK_MILLIS,
        timer -> {
          if (closed) {
            vertx.cancelTimer(timer);
          } else {
            long now = System.nanoTime();
            for (AcceptedConnection c : Set.copyOf(connections)) {
              c.tick(now);
            }
          }
        });
    return server.listen(port, host);
  }

  /// On the context.
  Future<Void> close() {
    closed = true;
    for (AcceptedConnection c : Set.copyOf(connections)) {
      c.close();
    }
    return server.close();
  }

  private void accept(NetSocket socket) {
    if (closed || connections.size() >= PeerLimits.MAX_ACCEPTED_CONNECTIONS) {
      metrics.refusedConnection();
      var _ = socket.close();
      return;
    }
    connections.add(new AcceptedConnection(socket, context, this, handler, metrics));
  }

  /// A connection said who it is.
  ///
  /// @return our own hello
  /// @throws StrangerException if it is one of ours, but without its data
  Hello greeted(AcceptedConnection connection, Hello hello) throws FrameException {
    if (!hello.cluster().equals(cluster)
        || !hello.to().equals(self)
        || !peers.contains(hello.from())) {
      metrics.refusedConnection();
      throw new FrameException("not for us (" + self + " of " + cluster + "): " + hello);
    }
    try {
      acquaintances.meet(hello.from(), hello.data());
    } catch (StrangerException e) {
      metrics.refusedConnection();
      throw e;
    }
    AcceptedConnection older = byPod.put(hello.from(), connection);
    if (older != null) {
      LOG.info("pod {} connects anew", hello.from());
      older.close();
    }
    return hello.answerWith(acquaintances.self());
  }

  boolean leaving() {
    return leaving.getAsBoolean();
  }

  void gone(AcceptedConnection connection, String pod) {
    connections.remove(connection);
    byPod.remove(pod, connection);
  }
}
