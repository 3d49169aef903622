package dev.partita.server.pod;

import dev.partita.cluster.Cluster;
import dev.partita.cluster.PodConfig;
import dev.partita.cluster.PodNode;
import dev.partita.cluster.PodStartException;
import dev.partita.server.admin.AdminServer;
import dev.partita.server.admin.PodState;
import dev.partita.server.auth.Authenticator;
import dev.partita.server.auth.SignatureVerifier;
import dev.partita.server.credentials.AccessKey;
import dev.partita.server.credentials.FollowedCredentials;
import dev.partita.server.credentials.KeyRing;
import dev.partita.server.http.EventLoops;
import dev.partita.server.http.FrontDoor;
import dev.partita.server.item.BatchGetItem;
import dev.partita.server.item.BatchWriteItem;
import dev.partita.server.item.DeleteItem;
import dev.partita.server.item.GetItem;
import dev.partita.server.item.PutItem;
import dev.partita.server.item.Query;
import dev.partita.server.item.Scan;
import dev.partita.server.item.UpdateItem;
import dev.partita.server.metrics.PodMetrics;
import dev.partita.server.metrics.RequestMetrics;
import dev.partita.server.operation.DescribeEndpoints;
import dev.partita.server.operation.DescribeLimits;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Operations;
import dev.partita.server.table.TableOperations;
import dev.partita.server.tls.TlsMaterial;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

  /// How long clients may find the connections open that they kept, to be told by the next answer
  /// that it is the last one. Who is idle for longer finds his connection closed.
  public static final Duration LAST_CALL = Duration.ofSeconds(2);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ServingSettings settings;
  private final Vertx vertx;
  private final PrometheusMeterRegistry registry;
  private final PodTls tls;
  private final KeyRing keys;
  private final PodState state;
  private final Looks looks;
  private final Cluster cluster;
  private final FrontDoor door;
  private final AdminServer admin;

  private ServingPod(ServingSettings settings, Consumer<Throwable> fatal) throws Exception {
    this.settings = settings;
    try {
      vertx = EventLoops.create();
      parts.push(() -> await(vertx.close()));
      registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      parts.push(registry::close);
      tls = PodTls.open(settings, vertx, registry);
      keys = new KeyRing(ACCOUNT, known(settings.access()));
      state = new PodState(settings.pod().name(), keys::keys, tls::forRequests, tls::forInside);
      looks = new Looks();
      parts.push(looks);
      tls.followIn(looks);
      followKeys();
      // Who has to wait must be able to say so; who has not says first what keeps it from starting.
      AdminServer early = settings.pod() instanceof PodSource.Awaited ? openAdmin() : null;
      PodConfig config = settings.pod().await();
      state.placed(config.self().zone());
      cluster = startNode(config, fatal);
      parts.push(cluster);
      parts.push(new PodMetrics(registry, cluster));
      admin = early == null ? openAdmin() : early;
      Operations operations = new Operations(operations(cluster));
      door = openDoor(operations);
      state.opened(cluster);
    } catch (Exception | Error e) {
      closeParts();
      throw e;
    }
  }

  /// Starts a pod and returns when it listens; it may not be ready yet, see {@link Cluster#ready}.
  /// Waits for ever where it is not told yet which cluster it is part of.
  ///
  /// @param fatal told once when the pod cannot keep its promises any more: the process must end
  /// @throws PodStartException if it cannot, with a reason for whoever started it
  public static ServingPod start(ServingSettings settings, Consumer<Throwable> fatal) {
    try {
      return new ServingPod(settings, fatal);
    } catch (PodStartException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PodStartException("interrupted", e);
    } catch (IllegalArgumentException e) {
      throw new PodStartException("cannot start: " + e.getMessage(), e);
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
    operations.add(new Query(cluster));
    operations.add(new Scan(cluster));
    operations.add(new BatchGetItem(cluster));
    operations.add(new BatchWriteItem(cluster));
    operations.add(new DescribeLimits());
    operations.add(new DescribeEndpoints());
    return List.copyOf(operations);
  }

  private static List<AccessKey> known(Access access) {
    return switch (access) {
      case Access.Everybody _ -> List.of();
      case Access.Keys(List<AccessKey> known) -> known;
      case Access.Followed(FollowedCredentials source) -> List.copyOf(source.keys());
    };
  }

  private void followKeys() {
    if (settings.access() instanceof Access.Followed(FollowedCredentials source)) {
      looks.add(
          () -> {
            if (source.look()) {
              keys.replace(source.keys());
            }
          });
    }
  }

  private PodNode startNode(PodConfig config, Consumer<Throwable> fatal) {
    TlsMaterial shown = tls.forInside();
    PodNode node =
        PodNode.start(config, shown == null ? null : shown.forPeers(), vertx, registry, fatal);
    tls.exchangeForInside(shown, newer -> node.updateTls(newer.forPeers()));
    return node;
  }

  private AdminServer openAdmin() throws Exception {
    TlsMaterial shown = tls.forInside();
    AdminServer opened =
        listening(
            "--admin-port",
            settings.host(),
            settings.adminPort(),
            AdminServer.open(
                vertx,
                settings.host(),
                settings.adminPort(),
                shown == null ? null : shown.forAcquainted(),
                state,
                registry));
    parts.push(() -> await(opened.close()));
    tls.exchangeForInside(
        shown, newer -> opened.updateTls(newer.forAcquainted()).toCompletionStage());
    return opened;
  }

  private FrontDoor openDoor(Operations operations) throws Exception {
    InstantSource clock = InstantSource.system();
    int loops = settings.port() == 0 ? 1 : EventLoops.count();
    FrontDoor.Config config =
        new FrontDoor.Config(
            settings.host(), settings.port(), loops, settings.region(), ACCOUNT, settings.limits());
    TlsMaterial shown = tls.forRequests();
    FrontDoor opened =
        listening(
            "--port",
            settings.host(),
            settings.port(),
            FrontDoor.open(
                vertx,
                config,
                shown == null ? null : shown.forEverybody(),
                operations,
                authenticators(clock),
                new RequestMetrics(registry, operations.names()),
                clock));
    parts.push(() -> await(opened.close()));
    tls.exchangeForRequests(
        shown, newer -> opened.updateTls(newer.forEverybody()).toCompletionStage());
    return opened;
  }

  private Supplier<Authenticator> authenticators(InstantSource clock) {
    return switch (settings.access()) {
      case Access.Everybody _ -> () -> Authenticator.none(ACCOUNT);
      case Access.Keys _, Access.Followed _ -> () -> new SignatureVerifier(keys, null, clock);
    };
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

  /// Stops as one who is not to be missed: says at once that it is not ready, goes on as before
  /// while load balancers take notice, then asks clients that keep connections open to go, and
  /// closes.
  ///
  /// @param drain how long it goes on as before; zero closes at once
  public void stop(Duration drain) {
    state.drain();
    cluster.drain();
    try {
      if (drain.isPositive()) {
        log.info("asked to stop: goes on for {} s, not ready any more", drain.toSeconds());
        Thread.sleep(drain);
        door.lastCall();
        Thread.sleep(LAST_CALL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  /// Lets requests in flight finish, hands leaderships away and closes everything; bounded in time.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      state.drain();
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
