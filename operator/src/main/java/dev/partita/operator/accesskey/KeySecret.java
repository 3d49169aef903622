package dev.partita.operator.accesskey;

import dev.partita.crds.AccessKey;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.pods.Connection;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The Secret that applications read: everything that an SDK of Amazon needs, under the names that
/// it looks for in the environment, and the CA twice, for the environment and as a file.
final class KeySecret {

  static final String ENDPOINT = "AWS_ENDPOINT_URL_DYNAMODB";
  static final String REGION = "AWS_REGION";
  static final String ID = "AWS_ACCESS_KEY_ID";
  static final String SECRET = "AWS_SECRET_ACCESS_KEY";
  static final String CA = "PARTITA_CA";
  static final String CA_FILE = "ca.crt";

  private KeySecret() {}

  static Secret of(AccessKey owner, Connection connection, LiveKey key) {
    Map<String, String> data = new TreeMap<>();
    put(data, ENDPOINT, connection.endpoint().toString());
    put(data, REGION, connection.region());
    put(data, ID, key.id());
    put(data, SECRET, key.secret());
    put(data, CA, connection.endpointCa());
    put(data, CA_FILE, connection.endpointCa());
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(KeyNames.userSecret(owner))
        .withLabels(labels(owner))
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .build())
        .endMetadata()
        .withType("Opaque")
        .withData(data)
        .build();
  }

  private static Map<String, String> labels(AccessKey owner) {
    return new TreeMap<>(
        Map.of(
            Names.NAME_LABEL,
            "partita",
            Names.INSTANCE_LABEL,
            KeyNames.cluster(owner),
            Names.COMPONENT_LABEL,
            KeyNames.COMPONENT,
            Names.MANAGED_BY_LABEL,
            Names.MANAGED_BY,
            KeyNames.KEY_LABEL,
            owner.getMetadata().getName()));
  }

  private static void put(Map<String, String> data, String name, @Nullable String text) {
    if (text != null) {
      data.put(name, encode(text));
    }
  }

  static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// @return null where the Secret has no such key, or it is no text
  static @Nullable String text(Secret secret, String name) {
    String value = secret.getData() == null ? null : secret.getData().get(name);
    try {
      return value == null
          ? null
          : new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// What a Secret holds, for its owner-to-be.
  static KeyFacts.Held held(
      AccessKey owner, Connection connection, KeyRing ring, @Nullable Secret there) {
    if (there == null) {
      return new KeyFacts.Held.Nothing();
    }
    List<OwnerReference> owners = there.getMetadata().getOwnerReferences();
    if (owners.stream().noneMatch(o -> owner.getMetadata().getUid().equals(o.getUid()))) {
      // That of an earlier AccessKey of the same name is on its way out; what is in it is as well.
      boolean earlier =
          owners.stream()
              .anyMatch(
                  o ->
                      owner.getKind().equals(o.getKind())
                          && owner.getMetadata().getName().equals(o.getName()));
      return earlier ? new KeyFacts.Held.Own(null, null, false) : new KeyFacts.Held.Foreign();
    }
    String id = text(there, ID);
    boolean right =
        id != null
            && ring.find(id)
                .map(key -> of(owner, connection, key))
                .filter(s -> in(s, there))
                .isPresent();
    return new KeyFacts.Held.Own(id, text(there, SECRET), right);
  }

  private static boolean in(Secret wanted, Secret there) {
    Map<String, String> labels = there.getMetadata().getLabels();
    return there.getData() != null
        && labels != null
        && there.getData().entrySet().containsAll(wanted.getData().entrySet())
        && labels.entrySet().containsAll(wanted.getMetadata().getLabels().entrySet());
  }
}
