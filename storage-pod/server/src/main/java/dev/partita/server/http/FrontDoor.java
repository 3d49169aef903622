package dev.partita.server.http;

import dev.partita.cluster.support.ByteBudget;
import dev.partita.server.auth.Authenticator;
import dev.partita.server.metrics.RequestMetrics;
import dev.partita.server.operation.Operations;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The public HTTP server: AWS JSON 1.0 on one address, one verticle per event loop.
public final class FrontDoor {

  private final Vertx vertx;
  private final String deployment;
  private final List<FrontDoorLoop> loops;

  private FrontDoor(Vertx vertx, String deployment, List<FrontDoorLoop> loops) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.loops = loops;
  }

  /// @param host address to listen on
  /// @param port 0 for any free one, with one event loop only: several share a port by its number
  /// @param loops event loops that serve, at least 1
  /// @param region name in ARNs and in the health text
  /// @param account twelve digits in ARNs
  public record Config(
      String host, int port, int loops, String region, String account, HttpLimits limits) {
    public Config {
      if (loops < 1) {
        throw new IllegalArgumentException("no event loop to serve");
      }
      if (port == 0 && loops > 1) {
        throw new IllegalArgumentException("event loops can share no port that is chosen freely");
      }
    }
  }

  /// Opens the port.
  ///
  /// @param tls null in the clear
  /// @param authenticators makes one for each event loop
  /// @return fails if the address cannot be listened on
  public static Future<FrontDoor> open(
      Vertx vertx,
      Config config,
      @Nullable ServerSSLOptions tls,
      Operations operations,
      Supplier<Authenticator> authenticators,
      RequestMetrics metrics,
      InstantSource clock) {
    List<FrontDoorLoop> loops = new CopyOnWriteArrayList<>();
    AtomicInteger connections = new AtomicInteger();
    ByteBudget answers = new ByteBudget(config.limits().maxAnswerBytes());
    Supplier<FrontDoorLoop> next =
        () -> {
          FrontDoorLoop loop =
              new FrontDoorLoop(
                  config,
                  tls,
                  operations,
                  authenticators.get(),
                  metrics,
                  clock,
                  connections,
                  answers);
          loops.add(loop);
          return loop;
        };
    metrics.watch("partita.connections", connections::get);
    metrics.watch("partita.requests.in.flight", () -> sum(loops, l -> l.load().inFlight()));
    metrics.watch("partita.request.bytes.held", () -> sum(loops, l -> l.load().bodyBytes()));
    metrics.watch("partita.answer.bytes.held", answers::used);
    DeploymentOptions options =
        new DeploymentOptions()
            .setInstances(config.loops())
            .setThreadingModel(ThreadingModel.EVENT_LOOP);
    return vertx
        .deployVerticle(next, options)
        .map(deployment -> new FrontDoor(vertx, deployment, loops));
  }

  private static int sum(List<FrontDoorLoop> loops, ToIntFunction<FrontDoorLoop> count) {
    return loops.stream().mapToInt(count).sum();
  }

  /// The port that is listened on.
  public int port() {
    return loops.getFirst().port();
  }

  /// Shows this certificate from now on, to new connections; those that stand stay. Only where the
  /// door was opened with TLS.
  public Future<?> updateTls(ServerSSLOptions tls) {
    // All loops share one listening server, and it is that one's certificate that counts.
    return loops.getFirst().updateTls(tls);
  }

  /// Goes on answering, but every answer is the last on its connection: clients that keep
  /// connections open find another pod for their next request.
  public void lastCall() {
    loops.forEach(FrontDoorLoop::lastCall);
  }

  /// Takes no more connections, answers what is in flight within the drain timeout, then closes.
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }
}
