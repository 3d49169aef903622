package dev.partita.operator.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.partita.operator.Parts;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.cluster.objects.Wanted;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the operator does to pods: it marks them, so that the kubelet refreshes their files at
/// once, and it deletes them, so that they are made anew.
final class PodWrites {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger log = LoggerFactory.getLogger(PodWrites.class);

  private final Parts parts;

  PodWrites(Parts parts) {
    this.parts = parts;
  }

  /// Marks the pods with hashes of what is mounted into them.
  void nudge(Observation seen, Map<String, Secret> secrets, PodsFile podsFile) {
    Wanted wanted = seen.wanted();
    Map<String, String> marks = new TreeMap<>();
    if (podsFile instanceof PodsFile.Complete(String text)) {
      marks.put(Names.PODS_HASH, Hashes.of(text));
    }
    marks.put(Names.ACCESS_KEYS_HASH, Hashes.of(secrets.get(wanted.names().accessKeysSecret())));
    String client = wanted.tlsSecret();
    marks.put(
        Names.TLS_HASH,
        Hashes.of(
            secrets.get(wanted.names().internalTlsSecret()),
            client == null ? null : secrets.get(client)));
    for (PodView pod : seen.pods()) {
      if (!pod.terminating() && !pod.annotations().entrySet().containsAll(marks.entrySet())) {
        mark(seen, pod, marks);
      }
    }
  }

  private void mark(Observation seen, PodView pod, Map<String, String> marks) {
    try {
      // With the UID: a pod of the same name that has just been made anew is another one.
      String patch =
          JSON.writeValueAsString(
              Map.of("metadata", Map.of("uid", pod.uid(), "annotations", marks)));
      resource(seen, pod).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    } catch (KubernetesClientException e) {
      if (!gone(e)) {
        throw e;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts have a form", e);
    }
  }

  /// Deletes a pod, if it still is the one that was judged.
  boolean restart(Observation seen, PodView judged, String why) {
    Pod pod = resource(seen, judged).get();
    if (pod == null
        || !judged.uid().equals(pod.getMetadata().getUid())
        || pod.getMetadata().getDeletionTimestamp() != null) {
      return false;
    }
    // Told first: an operator that is killed in between leaves one event too many, not a pod that
    // went for no reason that anybody knows.
    parts
        .events()
        .normal(
            seen.cluster(),
            "Restarting",
            "Restart",
            "Restarting pod " + judged.name() + ": " + why);
    try {
      parts.client().resource(pod).lockResourceVersion().delete();
      log.info("restarting pod={}/{}", seen.wanted().names().namespace(), judged.name());
      return true;
    } catch (KubernetesClientException e) {
      if (gone(e)) {
        return false;
      }
      throw e;
    }
  }

  private PodResource resource(Observation seen, PodView pod) {
    return parts
        .client()
        .pods()
        .inNamespace(seen.wanted().names().namespace())
        .withName(pod.name());
  }

  /// It is not there any more, or has changed since it was read: the next reconcile sees how.
  private static boolean gone(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }
}
