package dev.partita.operator.accesskey;

import dev.partita.crds.AccessKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Secrets of clusters and their keys. Each pods' Secret that comes into sight, as all do when
/// the operator starts, is looked through for keys whose AccessKeys were deleted while none ran.
final class WatchedSecrets extends InformerEventSource<Secret, AccessKey> {

  /// There is no hurry, and at a start there is much else to do.
  private static final long LOOK_AFTER_SECONDS = 5;

  private static final Logger log = LoggerFactory.getLogger(WatchedSecrets.class);

  private final OrphanedKeys orphans;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("orphaned-keys").factory());

  WatchedSecrets(
      InformerEventSourceConfiguration<Secret> configuration,
      EventSourceContext<AccessKey> context,
      OrphanedKeys orphans) {
    super(configuration, context);
    this.orphans = orphans;
  }

  @Override
  public void onAdd(Secret secret) {
    super.onAdd(secret);
    String cluster = KeyNames.clusterOfPodsSecret(secret);
    if (cluster != null) {
      var _ =
          later.schedule(
              () -> look(secret.getMetadata().getNamespace(), cluster),
              LOOK_AFTER_SECONDS,
              TimeUnit.SECONDS);
    }
  }

  private void look(String namespace, String cluster) {
    try {
      orphans.drop(namespace, cluster);
    } catch (KubernetesClientException e) {
      // The next AccessKey that is deleted, or the next start, looks again.
      log.warn("could not look for orphaned keys namespace={} cluster={}", namespace, cluster, e);
    }
  }

  @Override
  public synchronized void stop() {
    later.shutdownNow();
    super.stop();
  }
}
