package dev.partita.cluster.peer;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.partita.replication.GroupId;
import dev.partita.replication.Transport;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All connections of one pod with the others: one dialled and one accepted per other pod. A pod
/// that is alone listens nowhere. Thread-safe.
public final class PeerNetwork implements Transport, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerNetwork.class);
  private static final long START_TIMEOUT_MILLIS = 10_000;
  private static final long CLOSE_TIMEOUT_MILLIS = 3_000;

  private final Vertx vertx;
  private final String cluster;
  private final String self;
  private final Acquaintances acquaintances;
  private final PeerMetrics metrics;
  private final Map<String, Peer> peers = new HashMap<>();
  private final Map<String, PeerLink> links = new ConcurrentHashMap<>();
  private final List<String> deployments = new ArrayList<>();
  private final Set<String> strangers = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<@Nullable Void> metAll = new CompletableFuture<>();
  private final HostNames names;
  private volatile @Nullable PeerTls tls;
  private volatile @Nullable PeerAcceptor acceptor;
  private volatile boolean open;
  private volatile boolean leaving;

  /// @param name of another pod
  public record Peer(String name, String host, int port) {}

  /// @param self name of this pod
  /// @param acquaintances whose data this pod knows
  /// @param others the other pods, without this one
  /// @param tls null to talk in the clear
  public PeerNetwork(
      Vertx vertx,
      String cluster,
      String self,
      Acquaintances acquaintances,
      List<Peer> others,
      @Nullable PeerTls tls,
      MeterRegistry registry) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.self = self;
    this.acquaintances = acquaintances;
    this.tls = tls;
    metrics = new PeerMetrics(registry);
    names = new HostNames(others.size());
    for (Peer peer : others) {
      peers.put(peer.name(), peer);
    }
    strangers.addAll(peers.keySet());
  }

  /// Listens, then dials every other pod; blocks until it listens.
  ///
  /// @throws IOException if the port cannot be had
  public void start(String listenHost, int listenPort, PeerHandler handler) throws IOException {
    if (peers.isEmpty()) {
      metAll.complete(null);
      return;
    }
    deploy(
        new Loop(
            context -> {
              PeerAcceptor accepting =
                  new PeerAcceptor(
                      vertx,
                      context,
                      cluster,
                      self,
                      acquaintances,
                      peers.keySet(),
                      handler,
                      () -> leaving,
                      metrics,
                      tls);
              return accepting
                  .listen(listenHost, listenPort)
                  .map(
                      _ -> {
                        acceptor = accepting;
                        return accepting::close;
                      });
            }),
        "listen for peers on " + listenHost + ":" + listenPort);
    for (Peer peer : peers.values()) {
      deploy(
          new Loop(
              context -> {
                Hello hello = new Hello(cluster, self, peer.name(), acquaintances.self());
                PeerLink link =
                    new PeerLink(
                        vertx,
                        context,
                        hello,
                        acquaintances,
                        () -> met(peer.name()),
                        new Dialler(vertx, context, names, peer.host(), peer.port(), () -> tls),
                        metrics);
                links.put(peer.name(), link);
                link.open();
                return Future.succeededFuture(link::close);
              }),
          "dial pod " + peer.name());
    }
    open = true;
  }

  /// Shows and believes this from now on, for new connections; those that stand stay. Only where
  /// the network was made with certificates.
  ///
  /// @return completes when it is so
  public CompletionStage<?> updateTls(PeerTls newer) {
    if (tls == null) {
      throw new IllegalStateException("this network talks in the clear");
    }
    tls = newer;
    PeerAcceptor accepting = acceptor;
    return accepting == null
        ? CompletableFuture.completedFuture(null)
        : accepting.updateTls(newer).toCompletionStage();
  }

  @Override
  public void send(String toPod, GroupId group, byte[] message) {
    PeerLink link = open ? links.get(toPod) : null;
    if (link != null) {
      link.send(group, message);
    }
  }

  @Override
  public boolean reachable(String pod) {
    PeerLink link = open ? links.get(pod) : null;
    return link != null && link.up();
  }

  /// Tells the other pods, with the answers to their pings, that this one will soon go.
  public void leave() {
    leaving = true;
  }

  /// Whether a pod is within reach and has not said that it will soon go.
  public boolean stays(String pod) {
    PeerLink link = open ? links.get(pod) : null;
    return link != null && link.up() && !link.leaving();
  }

  /// Completes when every other pod has met this one since it started, on any thread.
  public CompletableFuture<@Nullable Void> metAll() {
    return metAll;
  }

  private void met(String pod) {
    strangers.remove(pod);
    if (strangers.isEmpty()) {
      metAll.complete(null);
    }
  }

  /// Asks another pod.
  ///
  /// @param operation code that the other pod's {@link PeerHandler} understands
  /// @param timeoutMillis after which the answer is not waited for any more
  /// @return never completes exceptionally
  public CompletableFuture<PeerReply> request(
      String pod, byte operation, byte[] body, long timeoutMillis) {
    PeerLink link = open ? links.get(pod) : null;
    return link == null
        ? CompletableFuture.completedFuture(new PeerReply.Unreachable("no pod named " + pod))
        : link.request(operation, body, timeoutMillis);
  }

  /// Closes every connection; requests without an answer end as lost.
  @Override
  public void close() {
    open = false;
    for (String deployment : deployments) {
      try {
        await(vertx.undeploy(deployment), CLOSE_TIMEOUT_MILLIS);
      } catch (IOException e) {
        LOG.warn("closing connections: {}", e.getMessage());
      }
    }
    deployments.clear();
    names.close();
  }

  private void deploy(Loop loop, String what) throws IOException {
    try {
      deployments.add(await(vertx.deployVerticle(loop), START_TIMEOUT_MILLIS));
    } catch (IOException e) {
      close();
      throw new IOException("cannot " + what + ": " + e.getMessage(), e);
    }
  }

  private static <T> T await(Future<T> future, long timeoutMillis) throws IOException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(timeoutMillis, MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException e) {
      throw new IOException("not done within " + timeoutMillis + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// Something that lives on an event loop of its own: started there, closed there.
  private static final class Loop implements Deployable {

    interface Starter {
      Future<Closer> start(Context context);
    }

    interface Closer {
      Future<Void> close();
    }

    private final Starter starter;
    private @Nullable Closer closer;

    Loop(Starter starter) {
      this.starter = starter;
    }

    @Override
    public Future<?> deploy(Context context) {
      return starter.start(context).onSuccess(c -> closer = c);
    }

    @Override
    public Future<?> undeploy(Context context) {
      return closer == null ? Future.succeededFuture() : closer.close();
    }
  }
}
