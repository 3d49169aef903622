package dev.partita.e2e.kubernetes;

/// Manifests as users write them.
final class Manifests {

  private Manifests() {}

  static String table(String name, String key) {
    return """
        apiVersion: partita.dev/v1alpha1
        kind: DynamoTable
        metadata:
          name: %s
        spec:
          attributeDefinitions:
            - { attributeName: %s, attributeType: S }
          keySchema:
            - { attributeName: %s, keyType: HASH }
          billingMode: PAY_PER_REQUEST
        """
        .formatted(name, key, key);
  }

  /// @param spec lines of the spec, each with two blanks before it
  static String cluster(String name, String spec) {
    return """
        apiVersion: partita.dev/v1alpha1
        kind: StorageCluster
        metadata:
          name: %s
        spec:
        %s
        """
        .formatted(name, spec);
  }

  static String accessKey(String name, String spec) {
    return """
        apiVersion: partita.dev/v1alpha1
        kind: AccessKey
        metadata:
          name: %s
        spec:
        %s
        """
        .formatted(name, spec);
  }
}
