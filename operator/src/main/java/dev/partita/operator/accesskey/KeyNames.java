package dev.partita.operator.accesskey;

import dev.partita.crds.AccessKey;
import dev.partita.operator.table.ClusterNames;

/// What belongs to an AccessKey is called so.
final class KeyNames {

  static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
  static final String MANAGED_BY = "partita-operator";
  static final String INSTANCE_LABEL = "app.kubernetes.io/instance";
  static final String COMPONENT_LABEL = "app.kubernetes.io/component";
  static final String COMPONENT = "access-key";

  /// On the user's Secret: the name of its AccessKey.
  static final String KEY_LABEL = "partita.dev/access-key";

  /// The pods' Secret of a cluster is its name with this behind.
  static final String PODS_SECRET_SUFFIX = "-access-keys";

  /// Before the AccessKey's name in the pods' Secret.
  static final String DATA_KEY_PREFIX = "accesskey.";

  private KeyNames() {}

  static String cluster(AccessKey key) {
    return ClusterNames.of(key.getSpec().clusterRef());
  }

  /// The Secret that the user's applications read.
  static String userSecret(AccessKey key) {
    String name = key.getSpec().secretName();
    return name == null ? key.getMetadata().getName() + "-credentials" : name;
  }

  /// The Secret that every pod of a cluster has mounted.
  static String podsSecret(String cluster) {
    return cluster + PODS_SECRET_SUFFIX;
  }

  static String dataKey(String accessKey) {
    return DATA_KEY_PREFIX + accessKey;
  }

  /// Each AccessKey has its own: one that is applied does not take away another's.
  static String fieldManager(String accessKey) {
    return "partita-accesskey-" + accessKey;
  }
}
