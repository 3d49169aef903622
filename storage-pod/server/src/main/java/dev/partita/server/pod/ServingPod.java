package dev.partita.server.pod;

import dev.partita.cluster.Cluster;
import dev.partita.cluster.PodNode;
import dev.partita.cluster.PodStartException;
import dev.partita.server.admin.AdminServer;
import dev.partita.server.auth.Authenticator;
import dev.partita.server.auth.CredentialStore;
import dev.partita.server.auth.SecretKey;
import dev.partita.server.auth.SignatureVerifier;
import dev.partita.server.credentials.AccessKey;
import dev.partita.server.http.EventLoops;
import dev.partita.server.http.FrontDoor;
import dev.partita.server.http.HttpLimits;
import dev.partita.server.item.DeleteItem;
import dev.partita.server.item.GetItem;
import dev.partita.server.item.PutItem;
import dev.partita.server.item.UpdateItem;
import dev.partita.server.metrics.PodMetrics;
import dev.partita.server.metrics.RequestMetrics;
import dev.partita.server.operation.DescribeEndpoints;
import dev.partita.server.operation.DescribeLimits;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Operations;
import dev.partita.server.table.TableOperations;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running pod: everything wired by hand, on one page. Parts are opened from the disk outwards
/// and closed the other way round.
public final class ServingPod implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ServingPod.class);

  /// The account of everybody, in ARNs.
  public static final String ACCOUNT = "000000000000";

  /// How long opening a port or closing a part may take.
  private static final long STEP_SECONDS = 20;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Cluster cluster;
  private final FrontDoor door;
  private final AdminServer admin;

  private ServingPod(ServingSettings settings, Consumer<Throwable> fatal) throws Exception {
    try {
      Vertx vertx = EventLoops.create();
      parts.push(() -> await(vertx.close()));
      PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      parts.push(registry::close);
      cluster = PodNode.start(settings.pod(), vertx, registry, fatal);
      parts.push(cluster);
      parts.push(new PodMetrics(registry, cluster));
      Operations operations = new Operations(operations(cluster));
      admin = openAdmin(settings, vertx, registry);
      parts.push(() -> await(admin.close()));
      door = openDoor(settings, vertx, registry, operations);
      parts.push(() -> await(door.close()));
    } catch (Exception | Error e) {
      closeParts();
      throw e;
    }
  }

  /// Starts a pod and returns when it listens; it may not be ready yet, see {@link Cluster#ready}.
  ///
  /// @param fatal told once when the pod cannot keep its promises any more: the process must end
  /// @throws PodStartException if it cannot, with a reason for whoever started it
  public static ServingPod start(ServingSettings settings, Consumer<Throwable> fatal) {
    try {
      return new ServingPod(settings, fatal);
    } catch (PodStartException e) {
      throw e;
    } catch (Exception e) {
      throw new PodStartException("cannot start: " + e, e);
    }
  }

  /// All operations of this release.
  static List<Operation> operations(Cluster cluster) {
    List<Operation> operations = new ArrayList<>(TableOperations.of(cluster));
    operations.add(new PutItem(cluster));
    operations.add(new GetItem(cluster));
    operations.add(new UpdateItem(cluster));
    operations.add(new DeleteItem(cluster));
    operations.add(new DescribeLimits());
    operations.add(new DescribeEndpoints());
    return List.copyOf(operations);
  }

  private AdminServer openAdmin(
      ServingSettings settings, Vertx vertx, PrometheusMeterRegistry registry) throws Exception {
    return listening(
        "--admin-port",
        settings.host(),
        settings.adminPort(),
        AdminServer.open(vertx, settings.host(), settings.adminPort(), cluster, registry));
  }

  private static FrontDoor openDoor(
      ServingSettings settings,
      Vertx vertx,
      PrometheusMeterRegistry registry,
      Operations operations)
      throws Exception {
    InstantSource clock = InstantSource.system();
    int loops = settings.port() == 0 ? 1 : EventLoops.count();
    FrontDoor.Config config =
        new FrontDoor.Config(
            settings.host(),
            settings.port(),
            loops,
            settings.region(),
            ACCOUNT,
            HttpLimits.standard());
    return listening(
        "--port",
        settings.host(),
        settings.port(),
        FrontDoor.open(
            vertx,
            config,
            operations,
            authenticators(settings.keys(), clock),
            new RequestMetrics(registry, operations.names()),
            clock));
  }

  private static Supplier<Authenticator> authenticators(List<AccessKey> keys, InstantSource clock) {
    if (keys.isEmpty()) {
      return () -> Authenticator.none(ACCOUNT);
    }
    Map<String, SecretKey> byId = new HashMap<>();
    keys.forEach(k -> byId.put(k.id(), SecretKey.of(k.id(), k.secret(), ACCOUNT)));
    Map<String, SecretKey> fixed = Map.copyOf(byId);
    CredentialStore store = fixed::get;
    return () -> new SignatureVerifier(store, null, clock);
  }

  private static <T> T listening(String option, String host, int port, Future<T> opening)
      throws Exception {
    try {
      return await(opening);
    } catch (IOException e) {
      throw new PodStartException(
          "cannot listen on "
              + host
              + ":"
              + port
              + " ("
              + e.getMessage()
              + "); choose another with "
              + option,
          e);
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(STEP_SECONDS, TimeUnit.SECONDS);
  }

  /// Waits until requests can be served here.
  ///
  /// @return false when the time is over
  public boolean awaitReady(long seconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!cluster.ready()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(2);
    }
    return true;
  }

  public Cluster cluster() {
    return cluster;
  }

  /// The port that takes requests.
  public int port() {
    return door.port();
  }

  /// The port of health, metrics and reports.
  public int adminPort() {
    return admin.port();
  }

  /// Lets requests in flight finish, hands leaderships away and closes everything; bounded in time.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      admin.drain();
      closeParts();
    }
  }

  private void closeParts() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (TimeoutException e) {
        log.warn("a part of the pod did not close in {} s", STEP_SECONDS);
      } catch (Exception e) {
        log.warn("a part of the pod did not close", e);
      }
    }
  }
}
