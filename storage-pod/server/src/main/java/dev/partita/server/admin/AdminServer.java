package dev.partita.server.admin;

import dev.partita.cluster.ChecksumOutcome;
import dev.partita.cluster.Cluster;
import dev.partita.partition.ReplicaChecksum;
import dev.partita.server.tls.ServerTls;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves `/health` (the process answers), `/ready` (requests can be served here), `/metrics`
/// (Prometheus text), `/pod` (what this pod is, as JSON), `/partitions` (what it knows of the
/// cluster, as JSON), and `/partitions/{id}/checksum` and `/catalog/checksum` (sums over what this
/// pod's replicas hold, as JSON; one at a time, 503 meanwhile). The first three are for everybody,
/// the others for the {@link OperatorOnly operator} where there is TLS.
public final class AdminServer {

  private static final int IDLE_SECONDS = 60;
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final int MAX_HEADER_BYTES = 8 * 1024;
  private static final String PATHS =
      "there are /health, /ready, /metrics, /pod, /partitions, /partitions/{id}/checksum and"
          + " /catalog/checksum\n";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  /// As many digits as surely fit a long.
  private static final Pattern PARTITION_CHECKSUM =
      Pattern.compile("/partitions/([0-9]{1,18})/checksum");

  private static final Logger log = LoggerFactory.getLogger(AdminServer.class);

  private final Vertx vertx;
  private final PodState pod;
  private final PrometheusMeterRegistry registry;
  private final HttpServer server;

  private AdminServer(
      Vertx vertx,
      String host,
      int port,
      @Nullable ServerSSLOptions tls,
      PodState pod,
      PrometheusMeterRegistry registry) {
    this.vertx = vertx;
    this.pod = pod;
    this.registry = registry;
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setHttp2ClearTextEnabled(false);
    if (tls != null) {
      ServerTls.secure(options, tls, HANDSHAKE);
    }
    this.server = vertx.createHttpServer(options).requestHandler(this::handle);
  }

  /// Opens the port.
  ///
  /// @param port 0 for any free one
  /// @param tls null in the clear
  /// @return fails if the address cannot be listened on
  public static Future<AdminServer> open(
      Vertx vertx,
      String host,
      int port,
      @Nullable ServerSSLOptions tls,
      PodState pod,
      PrometheusMeterRegistry registry) {
    AdminServer admin = new AdminServer(vertx, host, port, tls, pod, registry);
    return admin.server.listen().map(admin);
  }

  public int port() {
    return server.actualPort();
  }

  /// Shows this certificate from now on, to new connections; those that stand stay. Only where the
  /// port was opened with TLS.
  public Future<?> updateTls(ServerSSLOptions tls) {
    return server.updateSSLOptions(tls, true);
  }

  public Future<Void> close() {
    return server.close();
  }

  private void handle(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.GET)) {
      answer(request, 405, TEXT, Buffer.buffer("only GET\n"));
      return;
    }
    String path = String.valueOf(request.path());
    switch (path) {
      case "/health" -> answer(request, 200, TEXT, Buffer.buffer("ok\n"));
      case "/ready" -> ready(request);
      case "/metrics" -> metrics(request);
      default -> {
        if (OperatorOnly.admits(request)) {
          inside(request, path);
        } else {
          answer(request, 403, TEXT, Buffer.buffer(OperatorOnly.REFUSAL));
        }
      }
    }
  }

  private void inside(HttpServerRequest request, String path) {
    if (path.equals("/pod")) {
      answer(request, 200, JSON, Buffer.buffer(PodJson.write(pod)));
      return;
    }
    Matcher partition = PARTITION_CHECKSUM.matcher(path);
    boolean known =
        path.equals("/partitions") || path.equals("/catalog/checksum") || partition.matches();
    if (!known) {
      answer(request, 404, TEXT, Buffer.buffer(PATHS));
      return;
    }
    Cluster cluster = pod.cluster();
    if (cluster == null) {
      answer(request, 503, TEXT, Buffer.buffer(pod.standing() + "\n"));
    } else if (path.equals("/partitions")) {
      answer(request, 200, JSON, Buffer.buffer(ReportJson.write(cluster.report())));
    } else if (path.equals("/catalog/checksum")) {
      checksum(request, cluster.catalogChecksum());
    } else {
      checksum(request, cluster.checksum(Long.parseLong(partition.group(1))));
    }
  }

  private void checksum(HttpServerRequest request, CompletableFuture<ChecksumOutcome> taken) {
    Context loop = vertx.getOrCreateContext();
    var _ =
        taken.whenComplete(
            (outcome, failure) ->
                loop.runOnContext(
                    _ -> {
                      if (failure != null) {
                        log.warn("{} failed", request.path(), failure);
                        answer(request, 500, TEXT, Buffer.buffer("checksum failed\n"));
                      } else {
                        checksum(request, outcome);
                      }
                    }));
  }

  private static void checksum(HttpServerRequest request, ChecksumOutcome outcome) {
    switch (outcome) {
      case ChecksumOutcome.Summed(ReplicaChecksum sum) ->
          answer(request, 200, JSON, Buffer.buffer(ReportJson.write(sum)));
      case ChecksumOutcome.NoReplica _ ->
          answer(request, 404, TEXT, Buffer.buffer("no replica of it is open here\n"));
      case ChecksumOutcome.Busy _ ->
          answer(request, 503, TEXT, Buffer.buffer("another checksum is being taken\n"));
    }
  }

  private void ready(HttpServerRequest request) {
    String standing = pod.standing();
    answer(request, standing.equals("ready") ? 200 : 503, TEXT, Buffer.buffer(standing + "\n"));
  }

  /// Collecting may take a while: not on the event loop.
  private void metrics(HttpServerRequest request) {
    vertx
        .executeBlocking(registry::scrape, false)
        .onSuccess(text -> answer(request, 200, PROMETHEUS, Buffer.buffer(text)))
        .onFailure(_ -> answer(request, 500, TEXT, Buffer.buffer("metrics failed\n")));
  }

  private static void answer(HttpServerRequest request, int status, String type, Buffer body) {
    if (!request.response().closed()) {
      request.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
    }
  }
}
