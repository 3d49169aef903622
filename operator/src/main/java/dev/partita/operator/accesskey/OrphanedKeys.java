package dev.partita.operator.accesskey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.partita.crds.AccessKey;
import dev.partita.crds.StorageCluster;
import dev.partita.operator.kube.Owners;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the keys of AccessKeys that are gone away from the pods. There is no finalizer for that:
/// an AccessKey would be stuck where the operator was uninstalled first. A key that is deleted
/// while no operator runs stays valid until one does.
final class OrphanedKeys {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger log = LoggerFactory.getLogger(OrphanedKeys.class);

  private final KubernetesClient client;

  OrphanedKeys(KubernetesClient client) {
    this.client = client;
  }

  void drop(String namespace, String cluster) {
    String podsSecret = KeyNames.podsSecret(namespace, cluster);
    // The Secret goes first: what is in it belongs to AccessKeys that were there before.
    Secret secret = client.secrets().inNamespace(namespace).withName(podsSecret).get();
    Map<String, @Nullable String> orphans = orphans(namespace, cluster, secret);
    if (orphans.isEmpty()) {
      return;
    }
    try {
      String patch =
          JSON.writeValueAsString(
              Map.of(
                  "metadata",
                  Map.of("resourceVersion", secret.getMetadata().getResourceVersion()),
                  "data",
                  orphans));
      client
          .secrets()
          .inNamespace(namespace)
          .withName(podsSecret)
          .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
      log.info("dropped keys namespace={} keys={}", namespace, orphans.keySet());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts have a form", e);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  /// Data keys without an AccessKey, as a merge patch takes them away.
  private Map<String, @Nullable String> orphans(
      String namespace, String cluster, @Nullable Secret secret) {
    Map<String, @Nullable String> orphans = new TreeMap<>();
    if (secret == null
        || secret.getData() == null
        || !mayHaveAny(secret)
        || !Owners.isOwnedBy(HasMetadata.getKind(StorageCluster.class), cluster, secret)) {
      return orphans;
    }
    Set<String> wanted =
        client.resources(AccessKey.class).inNamespace(namespace).list().getItems().stream()
            .filter(key -> KeyNames.cluster(key).equals(cluster))
            .map(key -> KeyNames.dataKey(key.getMetadata().getName()))
            .collect(Collectors.toSet());
    for (String dataKey : secret.getData().keySet()) {
      if (dataKey.startsWith(KeyNames.DATA_KEY_PREFIX) && !wanted.contains(dataKey)) {
        orphans.put(dataKey, null);
      }
    }
    return orphans;
  }

  private static boolean mayHaveAny(Secret secret) {
    return secret.getData().keySet().stream()
        .anyMatch(dataKey -> dataKey.startsWith(KeyNames.DATA_KEY_PREFIX));
  }
}
