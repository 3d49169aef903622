package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import dev.partita.crds.DynamoTableSpec;
import dev.partita.crds.DynamoTableStatus;
import dev.partita.crds.StorageCluster;
import dev.partita.operator.kube.Conditions;
import dev.partita.operator.kube.Events;
import dev.partita.operator.pods.Connection;
import dev.partita.operator.pods.Connections;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// One namespace with a cluster `main`, everything in memory, and a clock that is set by hand.
final class Desk implements Surroundings, Events {

  static final String ENDPOINT = "https://main.shop.svc:8000";

  final FakeTables tables = new FakeTables();
  final List<String> told = new ArrayList<>();
  private final Map<String, StorageCluster> clusters = new LinkedHashMap<>();
  private final Map<String, DynamoTable> resources = new LinkedHashMap<>();
  private TableWork work = begin();
  Instant now = Tables.BEGIN;
  @Nullable Integer partitions = 1;
  Connections.Found found =
      new Connections.Found.Known(
          new Connection(URI.create(ENDPOINT), "local-1", "id", "secret", null));
  int statusWrites;

  /// Called before each status write; may throw, as a process does that dies.
  Runnable beforeStatus = () -> {};

  Desk() {
    cluster("main");
  }

  private TableWork begin() {
    return new TableWork(
        new Sites(_ -> found, tables),
        (_, _) -> partitions,
        this,
        () -> now,
        new Pace(new Random(1)));
  }

  /// The operator dies and comes back: it knows what the API server knows.
  void restart() {
    work = begin();
  }

  StorageCluster cluster(String name) {
    StorageCluster cluster = new StorageCluster();
    cluster.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName(name).build());
    clusters.put(name, cluster);
    return cluster;
  }

  void removeCluster(String name) {
    clusters.remove(name);
  }

  boolean hasCluster(String name) {
    return clusters.containsKey(name);
  }

  void apply(Tables.Manifest manifest) {
    DynamoTable seen = resources.get(manifest.name);
    DynamoTableSpec spec = manifest.spec();
    if (seen == null) {
      resources.put(manifest.name, manifest.get());
    } else if (!seen.getSpec().equals(spec)) {
      seen.setSpec(spec);
      seen.getMetadata().setGeneration(seen.getMetadata().getGeneration() + 1);
    }
  }

  /// Applies a manifest and waits until its table is at rest.
  void carryOut(Tables.Manifest manifest) {
    apply(manifest);
    settle(manifest.name);
  }

  void annotate(String name, String key, String value) {
    resource(name).getMetadata().setAnnotations(Map.of(key, value));
  }

  DynamoTable resource(String name) {
    return Optional.ofNullable(resources.get(name)).orElseThrow();
  }

  boolean isGone(String name) {
    return !resources.containsKey(name);
  }

  /// One turn, some time after the last one.
  Optional<Duration> turn(String name) {
    DynamoTable resource = resource(name);
    return resource.isMarkedForDeletion()
        ? work.delete(resource, this)
        : Optional.of(work.reconcile(resource, this));
  }

  /// Turns, as far apart as they say, until one comes to rest.
  void settle(String name) {
    for (int turns = 0; turns < 20; turns++) {
      if (isGone(name)) {
        return;
      }
      Duration next = turn(name).orElse(Pace.REST);
      now = now.plus(next);
      if (next.compareTo(Pace.REST.dividedBy(2)) > 0) {
        return;
      }
    }
    throw new AssertionError("does not come to rest: " + resource(name).getStatus());
  }

  void delete(String name) {
    DynamoTable resource = resource(name);
    resource.getMetadata().setDeletionTimestamp(now.toString());
    if (resource.getFinalizers().isEmpty()) {
      resources.remove(name);
    }
  }

  DynamoTableStatus status(String name) {
    return Optional.ofNullable(resource(name).getStatus()).orElseThrow();
  }

  /// `True Active`, for example.
  String condition(String name, String type) {
    return Conditions.find(status(name).conditions(), type)
        .map(c -> c.getStatus() + " " + c.getReason())
        .orElse("absent");
  }

  String message(String name, String type) {
    return Conditions.find(status(name).conditions(), type)
        .map(Condition::getMessage)
        .orElseThrow();
  }

  @Override
  public @Nullable StorageCluster cluster(String namespace, String name) {
    return clusters.get(name);
  }

  @Override
  public boolean makeDefaultCluster(DynamoTable table) {
    boolean absent = !clusters.containsKey("partita");
    if (absent) {
      cluster("partita");
    }
    return absent;
  }

  @Override
  public List<DynamoTable> namesakes(DynamoTable resource) {
    return resources.values().stream()
        .filter(r -> TableReconciler.tableKey(r).equals(TableReconciler.tableKey(resource)))
        .toList();
  }

  @Override
  public DynamoTable writeStatus(DynamoTable resource, DynamoTableStatus status) {
    beforeStatus.run();
    statusWrites++;
    resource.setStatus(status);
    return resource;
  }

  @Override
  public DynamoTable addFinalizer(DynamoTable resource) {
    resource.addFinalizer(Finalizer.NAME);
    return resource;
  }

  @Override
  public DynamoTable removeFinalizer(DynamoTable resource) {
    resource.removeFinalizer(Finalizer.NAME);
    if (resource.isMarkedForDeletion()) {
      resources.remove(resource.getMetadata().getName());
    }
    return resource;
  }

  @Override
  public void publish(Type type, HasMetadata about, String reason, String action, String note) {
    told.add(type.text() + " " + reason + ": " + note);
  }
}
