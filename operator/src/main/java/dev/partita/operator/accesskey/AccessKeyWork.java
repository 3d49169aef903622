package dev.partita.operator.accesskey;

import dev.partita.crds.AccessKey;
import dev.partita.crds.AccessKeySpec;
import dev.partita.crds.AccessKeyStatus;
import dev.partita.crds.StorageCluster;
import dev.partita.operator.accesskey.KeyStatuses.Readiness;
import dev.partita.operator.kube.Conditions;
import dev.partita.operator.kube.Events;
import dev.partita.operator.kube.Owners;
import dev.partita.operator.pods.Connection;
import dev.partita.operator.pods.Connections;
import dev.partita.operator.pods.PodReports;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// One turn for one AccessKey: look, plan, at most one act, one status.
final class AccessKeyWork {

  /// While something that somebody else does is missing.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  static final String ACTION = "Rotate";

  private final Connections connections;
  private final PodReports reports;
  private final Events events;
  private final InstantSource clock;
  private final NewKeys newKeys;

  AccessKeyWork(
      Connections connections,
      PodReports reports,
      Events events,
      InstantSource clock,
      NewKeys newKeys) {
    this.connections = connections;
    this.reports = reports;
    this.events = events;
    this.clock = clock;
    this.newKeys = newKeys;
  }

  /// @return when to look again
  Duration reconcile(AccessKey resource, KeyStore store) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String name = KeyNames.cluster(resource);
    String namespace = resource.getMetadata().getNamespace();
    AccessKeySpec spec = resource.getSpec();
    Duration rotateAfter = spec.rotateAfter() == null ? null : Spans.parse(spec.rotateAfter());
    Duration overlap =
        Spans.parse(spec.overlap() == null ? AccessKeySpec.DEFAULT_OVERLAP : spec.overlap());
    if (overlap == null || (spec.rotateAfter() != null && rotateAfter == null)) {
      return missing(
          resource, store, now, "InvalidSpec", "rotateAfter and overlap are durations like 720h");
    }
    StorageCluster cluster = store.cluster(namespace, name);
    if (cluster == null) {
      String text = "there is no StorageCluster " + name + " in this namespace";
      return missing(resource, store, now, "ClusterMissing", text);
    }
    return switch (connections.find(cluster)) {
      case Connections.Found.NotYet(String reason, String message) ->
          missing(resource, store, now, reason, message);
      case Connections.Found.Known(Connection connection) -> {
        String podsSecret = KeyNames.podsSecret(namespace, name);
        Secret pods = store.secret(namespace, podsSecret);
        if (pods == null) {
          String text = "the pods' Secret " + podsSecret + " is not there yet";
          yield missing(resource, store, now, "ClusterStarting", text);
        }
        if (!Owners.owns(cluster, pods)) {
          String text =
              "Secret " + podsSecret + " is there and does not belong to StorageCluster " + name;
          yield missing(resource, store, now, KeyTurn.SECRET_NOT_OURS, text);
        }
        yield new KeyTurn(
                this, resource, store, cluster, connection, pods, now, rotateAfter, overlap)
            .run();
      }
    };
  }

  PodReports reports() {
    return reports;
  }

  Events events() {
    return events;
  }

  NewKeys newKeys() {
    return newKeys;
  }

  private Duration missing(
      AccessKey resource, KeyStore store, Instant now, String reason, String message) {
    tell(
        resource, store, KeyStatuses.unknown(resource, new Readiness(false, reason, message), now));
    return LOOK_AGAIN;
  }

  /// Writes a status, if it is not there yet, and tells what is new.
  void tell(AccessKey resource, KeyStore store, AccessKeyStatus status) {
    AccessKeyStatus before = resource.getStatus();
    if (status.equals(before)) {
      return;
    }
    store.writeStatus(resource, status);
    Optional<Condition> old =
        before == null ? Optional.empty() : Conditions.find(before.conditions(), KeyStatuses.READY);
    Condition ready = Conditions.find(status.conditions(), KeyStatuses.READY).orElseThrow();
    boolean news =
        old.isEmpty()
            || !ready.getStatus().equals(old.get().getStatus())
            || !ready.getReason().equals(old.get().getReason());
    if (news && ready.getReason().equals(KeyTurn.SECRET_NOT_OURS)) {
      events.warning(resource, ready.getReason(), ACTION, ready.getMessage());
    } else if (news && "True".equals(ready.getStatus())) {
      events.normal(resource, ready.getReason(), ACTION, ready.getMessage());
    }
  }
}
