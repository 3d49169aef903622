package dev.partita.server.http;

import dev.partita.cluster.support.ByteBudget;
import dev.partita.server.auth.Authenticator;
import dev.partita.server.metrics.RequestMetrics;
import dev.partita.server.operation.Operations;
import dev.partita.server.tls.ServerTls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// What one event loop of the {@link FrontDoor} has of its own: a server on the shared port, an
/// authenticator, checksums and clocks that need no locks.
final class FrontDoorLoop extends VerticleBase {

  /// Connections that wait to be accepted.
  private static final int ACCEPT_BACKLOG = 1_024;

  private final FrontDoor.Config config;
  private final @Nullable ServerSSLOptions tls;
  private final Operations operations;
  private final Authenticator authenticator;
  private final RequestMetrics metrics;
  private final InstantSource clock;
  private final AtomicInteger connections;
  private final ByteBudget answers;
  private final LoopLoad load;
  private final ConnectionGuard guard;
  private final HttpDate date = new HttpDate();
  private final CRC32 crc = new CRC32();
  private volatile @Nullable HttpServer server;
  private volatile boolean draining;

  FrontDoorLoop(
      FrontDoor.Config config,
      @Nullable ServerSSLOptions tls,
      Operations operations,
      Authenticator authenticator,
      RequestMetrics metrics,
      InstantSource clock,
      AtomicInteger connections,
      ByteBudget answers) {
    this.config = config;
    this.tls = tls;
    this.operations = operations;
    this.authenticator = authenticator;
    this.metrics = metrics;
    this.clock = clock;
    this.connections = connections;
    this.answers = answers;
    this.load =
        new LoopLoad(
            Math.max(1, config.limits().maxInFlight() / config.loops()),
            Math.max(HttpLimits.MAX_BODY_BYTES, config.limits().maxBodyBytes() / config.loops()));
    this.guard = new ConnectionGuard(config.limits());
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setAcceptBacklog(ACCEPT_BACKLOG)
            .setTcpNoDelay(true)
            .setMaxHeaderSize(HttpLimits.MAX_HEADER_BYTES)
            .setMaxInitialLineLength(HttpLimits.MAX_HEADER_BYTES)
            // A body that is too large is refused before it is asked for.
            .setHandle100ContinueAutomatically(false)
            .setHttp2ClearTextEnabled(false)
            .setCompressionSupported(false)
            // Off: its handler would look at every request.
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setDecompressionSupported(false);
    if (tls != null) {
      ServerTls.secure(options, tls, config.limits().headerTimeout());
    }
    vertx.setPeriodic(ConnectionGuard.SWEEP_MILLIS, _ -> sweep());
    HttpServer opened =
        vertx
            .createHttpServer(options)
            .connectionHandler(this::connected)
            .invalidRequestHandler(this::invalid)
            .requestHandler(request -> new Exchange(this, request).begin());
    server = opened;
    return opened.listen();
  }

  Future<?> updateTls(ServerSSLOptions newer) {
    return listening().updateSSLOptions(newer, true);
  }

  /// Any thread.
  void lastCall() {
    draining = true;
  }

  @Override
  public Future<?> stop() {
    HttpServer opened = server;
    if (opened == null) {
      return Future.succeededFuture();
    }
    draining = true;
    guard.closeIdle();
    return opened.shutdown(config.limits().drainTimeout());
  }

  private void connected(HttpConnection connection) {
    if (connections.incrementAndGet() > config.limits().maxConnections()) {
      connections.decrementAndGet();
      metrics.connectionRefused();
      connection.close();
      return;
    }
    guard.opened(connection);
    connection.closeHandler(
        _ -> {
          connections.decrementAndGet();
          guard.closed(connection);
        });
  }

  /// A request that is no HTTP, or whose header is too large.
  private void invalid(HttpServerRequest request) {
    request
        .response()
        .setStatusCode(400)
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end()
        .onComplete(_ -> request.connection().close());
  }

  private void sweep() {
    for (int closed = guard.sweep(); closed > 0; closed--) {
      metrics.connectionTimedOut();
    }
  }

  int port() {
    return listening().actualPort();
  }

  private HttpServer listening() {
    HttpServer opened = server;
    if (opened == null) {
      throw new IllegalStateException("not listening");
    }
    return opened;
  }

  boolean isDraining() {
    return draining;
  }

  Context context() {
    return context;
  }

  FrontDoor.Config settings() {
    return config;
  }

  Operations operations() {
    return operations;
  }

  Authenticator authenticator() {
    return authenticator;
  }

  RequestMetrics metrics() {
    return metrics;
  }

  InstantSource clock() {
    return clock;
  }

  LoopLoad load() {
    return load;
  }

  /// Answers of the whole process that wait for their clients.
  ByteBudget answers() {
    return answers;
  }

  ConnectionGuard guard() {
    return guard;
  }

  CharSequence date() {
    return date.at(clock.instant());
  }

  /// Unsigned CRC-32 in decimal, as `x-amz-crc32` has it.
  String checksum(byte[] body) {
    crc.reset();
    crc.update(body);
    return Long.toString(crc.getValue());
  }
}
