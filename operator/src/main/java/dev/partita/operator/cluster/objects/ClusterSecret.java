package dev.partita.operator.cluster.objects;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// A Secret of a cluster.
public final class ClusterSecret {

  private ClusterSecret() {}

  /// @param data texts by key
  /// @param annotations may be empty
  public static Secret of(
      Wanted wanted, String name, Map<String, String> data, Map<String, String> annotations) {
    Map<String, String> encoded = new TreeMap<>();
    data.forEach(
        (key, text) ->
            encoded.put(
                key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    Secret secret =
        new SecretBuilder()
            .withMetadata(Meta.of(wanted, name))
            .withType("Opaque")
            .withData(encoded)
            .build();
    if (!annotations.isEmpty()) {
      secret.getMetadata().setAnnotations(new TreeMap<>(annotations));
    }
    return secret;
  }

  /// The texts of a Secret by key.
  public static Map<String, String> texts(Secret secret) {
    Map<String, String> texts = new TreeMap<>();
    if (secret.getData() != null) {
      secret
          .getData()
          .forEach(
              (key, value) ->
                  texts.put(
                      key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    }
    return texts;
  }
}
