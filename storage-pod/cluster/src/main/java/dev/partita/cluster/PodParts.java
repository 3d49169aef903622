package dev.partita.cluster;

import dev.partita.cluster.catalog.Catalog;
import dev.partita.cluster.catalog.CommandMaker;
import dev.partita.cluster.partitions.Expirer;
import dev.partita.cluster.partitions.PartitionSet;
import dev.partita.cluster.partitions.Reconciler;
import dev.partita.cluster.partitions.TableLifecycle;
import dev.partita.cluster.peer.Acquaintances;
import dev.partita.cluster.peer.PeerNetwork;
import dev.partita.cluster.peer.PeerTls;
import dev.partita.cluster.routing.Arrivals;
import dev.partita.cluster.routing.BatchDoor;
import dev.partita.cluster.routing.BatchRouter;
import dev.partita.cluster.routing.PartitionDoor;
import dev.partita.cluster.routing.Router;
import dev.partita.cluster.routing.Routes;
import dev.partita.cluster.support.ByteBudget;
import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemStoreOptions;
import dev.partita.engine.StorageException;
import dev.partita.engine.log.LogOptions;
import dev.partita.engine.log.SegmentedLog;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.partition.PartitionEnvironment;
import dev.partita.partition.PartitionLimits;
import dev.partita.partition.StoredReplicas;
import dev.partita.replication.GroupHost;
import dev.partita.replication.GroupHostOptions;
import dev.partita.replication.GroupHosts;
import dev.partita.replication.GroupId;
import dev.partita.replication.LogStore;
import dev.partita.replication.VirtualThreadScheduler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The parts of a pod, wired by hand: what is opened first is closed last.
final class PodParts implements AutoCloseable {
  /// Partitions that decide writes at the same time; each may wait for the disk.
  private static final int DECIDER_THREADS =
      Math.max(2, Runtime.getRuntime().availableProcessors());

  /// Reads that wait for the disk at the same time.
  private static final int READER_THREADS = 16;

  /// Pages that are read at the same time, each with a page in memory.
  private static final int WALKER_THREADS =
      Math.clamp(2L * Runtime.getRuntime().availableProcessors(), 4, 16);

  /// Long answers of other pods that are worked on at the same time.
  private static final int ARRIVAL_THREADS =
      Math.max(2, Runtime.getRuntime().availableProcessors());

  /// How long the drops that a crash interrupted may take at the start, in seconds.
  private static final long FINISH_DROPS_SECONDS = 60;

  /// How long a thread of the pod may take to end, in seconds.
  private static final long END_SECONDS = 5;

  private final Closing closing;
  private final Fatal fatal;
  private final PodConfig config;
  private final ItemStore store;
  private final PeerNetwork network;
  private final Catalog catalog;
  private final PartitionSet partitions;
  private final Routes routes;
  private final Router router;
  private final BatchRouter batches;
  private final Timer writeTimer;
  private final Checksums checksums;
  private final LeaderSpread spread;

  static PodParts open(
      PodConfig config,
      @Nullable PeerTls tls,
      Vertx vertx,
      MeterRegistry registry,
      Consumer<Throwable> fatal) {
    if (config.pods().size() != 1 && config.pods().size() != 3) {
      throw new PodStartException(
          "a cluster has 1 or 3 pods in this version, not " + config.pods().size());
    }
    Closing closing = new Closing();
    Fatal teller = new Fatal(fatal);
    boolean opened = false;
    try {
      PodParts parts = new PodParts(config, tls, vertx, registry, teller, closing);
      opened = true;
      return parts;
    } catch (IOException | StorageException | CorruptDataException e) {
      throw new PodStartException("pod " + config.name() + " cannot start: " + e.getMessage(), e);
    } finally {
      if (!opened) {
        teller.close();
        closing.close();
      }
    }
  }

  private PodParts(
      PodConfig config,
      @Nullable PeerTls tls,
      Vertx vertx,
      MeterRegistry registry,
      Fatal fatal,
      Closing closing)
      throws IOException {
    this.closing = closing;
    this.fatal = fatal;
    this.config = config;
    DataDirectory data =
        closing.add(
            DataDirectory.open(config.dataDirectory(), config.clusterName(), config.name()));
    store =
        closing.add(
            ItemStore.open(
                data.items(),
                ItemStoreOptions.defaults()
                    .withBlockCacheBytes(config.limits().blockCacheBytes())
                    .withWriteBufferBytes(config.limits().writeBufferBytes())));
    SegmentedLog log =
        closing.add(
            SegmentedLog.open(
                data.log(),
                LogOptions.defaults().withMinimumFreeBytes(config.limits().diskReserveBytes())));
    Set<Long> onDisk = idsOnDisk(store, log);
    ScheduledExecutorService timer = executor(closing, "partita-timer");
    ScheduledExecutorService worker = executor(closing, "partita-reconcile");
    PartitionEnvironment environment =
        closing.add(
            PartitionEnvironment.create(
                System::currentTimeMillis,
                DECIDER_THREADS,
                READER_THREADS,
                WALKER_THREADS,
                PartitionLimits.DEFAULT));
    Acquaintances acquaintances = Acquaintances.open(data.peers(), data.id());
    network =
        closing.add(
            new PeerNetwork(
                vertx,
                config.clusterName(),
                config.name(),
                acquaintances,
                others(config),
                tls,
                registry));
    VirtualThreadScheduler scheduler = closing.add(new VirtualThreadScheduler());
    GroupHost host =
        closing.add(
            GroupHosts.create(
                config.name(),
                log,
                network,
                GroupHostOptions.defaults(
                    scheduler,
                    () -> ThreadLocalRandom.current().nextLong(),
                    (group, cause) -> fatal.accept(cause))));
    catalog =
        new Catalog(
            config.name(),
            store,
            network,
            timer,
            new CommandMaker(
                config.pods(), config.limits(), System::currentTimeMillis, UUID::randomUUID));
    closing.add(catalog::close);
    partitions = new PartitionSet(config.name(), host, store, environment, onDisk, fatal);
    closing.add(partitions::close);
    TableLifecycle lifecycle = new TableLifecycle(config.name(), catalog, partitions, network);
    Reconciler reconciler = new Reconciler(worker, catalog, partitions, lifecycle, fatal);
    closing.add(reconciler::close);
    PartitionDoor door = new PartitionDoor(partitions);
    routes = new Routes(config.name(), config.pods(), network);
    ByteBudget memory = new ByteBudget(config.limits().gatheredBytes());
    Arrivals arrivals = closing.add(Arrivals.start(ARRIVAL_THREADS, memory));
    router = new Router(config.name(), routes, door, network, catalog, timer, memory, arrivals);
    BatchDoor batchDoor = new BatchDoor(partitions);
    batches = new BatchRouter(router, batchDoor, network, arrivals, memory);
    writeTimer = PodMetrics.writeTimer(registry);
    checksums = closing.add(new Checksums());
    Checkpointer checkpointer = new Checkpointer(store, log, host, catalog, partitions);
    PodMetrics.register(registry, partitions, catalog, host, log);
    finishDrops(store, host, environment);
    network.start(
        config.listenHost(),
        config.self().peerPort(),
        new PodHandler(host, door, batchDoor, catalog, partitions));
    catalog.listen(reconciler);
    var _ =
        Admission.granted(acquaintances, network, worker)
            .thenCompose(
                _ -> catalog.open(host, config.pods().stream().map(PodAddress::name).toList()))
            .whenComplete(
                (_, failure) -> {
                  if (failure != null) {
                    fatal.accept(failure);
                  }
                });
    ScheduledExecutorService flusher = executor(closing, "partita-checkpoint");
    var _ =
        flusher.scheduleWithFixedDelay(
            () -> guarded(checkpointer, fatal),
            Checkpointer.LOOK_MILLIS,
            Checkpointer.LOOK_MILLIS,
            TimeUnit.MILLISECONDS);
    ScheduledExecutorService spreader = executor(closing, "partita-leaders");
    spread = new LeaderSpread(config.name(), partitions, network, System::nanoTime);
    var _ =
        spreader.scheduleWithFixedDelay(
            () -> guarded(spread, fatal),
            LeaderSpread.LOOK_MILLIS,
            LeaderSpread.LOOK_MILLIS,
            TimeUnit.MILLISECONDS);
    ScheduledExecutorService expirer = executor(closing, "partita-expiry");
    Expirer expiry =
        new Expirer(partitions, System::currentTimeMillis, PodMetrics.expired(registry));
    var _ =
        expirer.scheduleWithFixedDelay(
            () -> guarded(expiry, fatal),
            Expirer.LOOK_MILLIS,
            Expirer.LOOK_MILLIS,
            TimeUnit.MILLISECONDS);
    closing.add(new Farewell(catalog, partitions, network));
    reconciler.catalogMoved();
  }

  PodConfig config() {
    return config;
  }

  ItemStore store() {
    return store;
  }

  PeerNetwork network() {
    return network;
  }

  Catalog catalog() {
    return catalog;
  }

  PartitionSet partitions() {
    return partitions;
  }

  Routes routes() {
    return routes;
  }

  Router router() {
    return router;
  }

  BatchRouter batches() {
    return batches;
  }

  Checksums checksums() {
    return checksums;
  }

  Timer writeTimer() {
    return writeTimer;
  }

  LeaderSpread spread() {
    return spread;
  }

  /// The pod will soon go: nobody shall hand it a leadership any more, and its own go with its
  /// farewell.
  void drain() {
    spread.stop();
    network.leave();
  }

  @Override
  public void close() {
    fatal.close();
    drain();
    closing.close();
  }

  private static List<PeerNetwork.Peer> others(PodConfig config) {
    return config.pods().stream()
        .filter(pod -> !pod.name().equals(config.name()))
        .map(pod -> new PeerNetwork.Peer(pod.name(), pod.host(), pod.peerPort()))
        .toList();
  }

  private static Set<Long> idsOnDisk(ItemStore store, SegmentedLog log) {
    Set<Long> ids = new HashSet<>();
    for (LogStore.Restored group : log.restored()) {
      ids.add(group.id().value());
    }
    for (PartitionDescriptor replica : StoredReplicas.list(store)) {
      ids.add(replica.id());
    }
    ids.remove(GroupId.CATALOG.value());
    return ids;
  }

  private static void finishDrops(
      ItemStore store, GroupHost host, PartitionEnvironment environment) {
    try {
      StoredReplicas.finishDrops(store, host, environment.deciders())
          .orTimeout(FINISH_DROPS_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw new PodStartException("an interrupted drop could not be finished", e);
    }
  }

  private static void guarded(Runnable work, Fatal fatal) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      fatal.accept(e);
    }
  }

  private static ScheduledExecutorService executor(Closing closing, String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    executor.setRemoveOnCancelPolicy(true);
    closing.add(() -> end(executor));
    return executor;
  }

  private static void end(ScheduledExecutorService executor) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
