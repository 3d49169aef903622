package dev.partita.operator.accesskey;

import dev.partita.crds.AccessKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/// The Secrets of clusters and their keys. Each pods' Secret that comes into sight, as all do when
/// the operator starts, is looked through for keys whose AccessKeys were deleted while none ran.
final class WatchedSecrets extends InformerEventSource<Secret, AccessKey> {

  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("orphaned-keys").factory());
  private final LateLooks looks;

  WatchedSecrets(
      InformerEventSourceConfiguration<Secret> configuration,
      EventSourceContext<AccessKey> context,
      OrphanedKeys orphans) {
    super(configuration, context);
    this.looks = new LateLooks(later, orphans::drop);
  }

  @Override
  public void onAdd(Secret secret) {
    super.onAdd(secret);
    String cluster = KeyNames.clusterOfPodsSecret(secret);
    if (cluster != null) {
      looks.at(secret.getMetadata().getNamespace(), cluster);
    }
  }

  @Override
  public synchronized void stop() {
    later.shutdownNow();
    super.stop();
  }
}
