package dev.partita.operator.accesskey;

import dev.partita.crds.AccessKey;
import dev.partita.crds.AccessKeyStatus;
import dev.partita.crds.StorageCluster;
import dev.partita.operator.kube.Apply;
import dev.partita.operator.kube.ClusterSource;
import dev.partita.operator.kube.StatusPatch;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The API server, and the cache of clusters.
final class KubernetesKeyStore implements KeyStore {

  private final Context<AccessKey> context;
  private final ClusterSource<AccessKey> clusters;
  private final Apply apply;

  KubernetesKeyStore(Context<AccessKey> context, ClusterSource<AccessKey> clusters, Apply apply) {
    this.context = context;
    this.clusters = clusters;
    this.apply = apply;
  }

  @Override
  public @Nullable StorageCluster cluster(String namespace, String name) {
    return clusters.find(namespace, name);
  }

  @Override
  public @Nullable Secret secret(String namespace, String name) {
    return context.getClient().secrets().inNamespace(namespace).withName(name).get();
  }

  @Override
  public void writeUserSecret(@Nullable Secret there, Secret desired) {
    apply.apply(there, desired);
  }

  @Override
  public void writeRing(Secret there, String accessKey, @Nullable String text) {
    // With the version that was read: neither a key that another operator has written meanwhile nor
    // a Secret that is gone is written over.
    Secret desired =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(there.getMetadata().getNamespace())
            .withName(there.getMetadata().getName())
            .withUid(there.getMetadata().getUid())
            .withResourceVersion(there.getMetadata().getResourceVersion())
            .endMetadata()
            .withData(
                text == null
                    ? Map.of()
                    : Map.of(KeyNames.dataKey(accessKey), KeySecret.encode(text)))
            .build();
    apply.apply(there, desired, KeyNames.fieldManager(accessKey));
  }

  @Override
  public AccessKey writeStatus(AccessKey resource, AccessKeyStatus status) {
    return StatusPatch.write(resource, new AccessKey(), status, context);
  }
}
