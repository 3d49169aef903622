package dev.partita.operator.accesskey;

import dev.partita.crds.AccessKey;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.kube.ClusterSource;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What belongs to an AccessKey is called so.
final class KeyNames {

  /// Component of the user's Secret.
  static final String COMPONENT = "access-key";

  /// On the user's Secret: the name of its AccessKey.
  static final String KEY_LABEL = "partita.dev/access-key";

  /// Before the AccessKey's name in the pods' Secret.
  static final String DATA_KEY_PREFIX = "accesskey.";

  private KeyNames() {}

  static String cluster(AccessKey key) {
    return ClusterSource.nameOf(key.getSpec().clusterRef());
  }

  /// The Secret that the user's applications read.
  static String userSecret(AccessKey key) {
    String name = key.getSpec().secretName();
    return name == null ? key.getMetadata().getName() + AccessKey.SECRET_SUFFIX : name;
  }

  /// The Secret that every pod of a cluster has mounted.
  static String podsSecret(String namespace, String cluster) {
    return new Names(namespace, cluster).accessKeysSecret();
  }

  /// The cluster whose pods' Secret this is; null if it is another Secret.
  static @Nullable String clusterOfPodsSecret(Secret secret) {
    Map<String, String> labels = secret.getMetadata().getLabels();
    String cluster = labels == null ? null : labels.get(Names.INSTANCE_LABEL);
    return cluster != null
            && Names.COMPONENT.equals(labels.get(Names.COMPONENT_LABEL))
            && podsSecret(secret.getMetadata().getNamespace(), cluster)
                .equals(secret.getMetadata().getName())
        ? cluster
        : null;
  }

  static String dataKey(String accessKey) {
    return DATA_KEY_PREFIX + accessKey;
  }

  /// Each AccessKey has its own: one that is applied does not take away another's.
  static String fieldManager(String accessKey) {
    return "partita-accesskey-" + accessKey;
  }
}
