package dev.partita.operator.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.partita.operator.Parts;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.cluster.objects.Wanted;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the operator does to pods: it marks them, so that the kubelet refreshes their files at
/// once, and it stops them, so that they are made anew.
final class PodWrites {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger log = LoggerFactory.getLogger(PodWrites.class);

  private final Parts parts;

  /// A client that does not try again by itself: when the budget says no, the pods must be asked
  /// again first.
  private final KubernetesClient once;

  PodWrites(Parts parts) {
    this.parts = parts;
    RequestConfig config =
        new RequestConfigBuilder(parts.client().getConfiguration().getRequestConfig())
            .withRequestRetryBackoffLimit(0)
            .build();
    this.once = parts.client().newClient(config).adapt(KubernetesClient.class);
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
      resource(parts.client(), seen, pod).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    } catch (KubernetesClientException e) {
      if (!gone(e)) {
        throw e;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts have a form", e);
    }
  }

  /// Restarts the pod that was decided on, if it still is the one that was judged.
  ///
  /// @return what came of it
  Restart restart(Observation seen, Restart decided) {
    return switch (decided) {
      case Restart.None _, Restart.Wait _ -> decided;
      case Restart.Replace(PodView pod, String why) -> {
        replace(seen, pod, why);
        yield decided;
      }
      case Restart.Go(PodView pod, String why) ->
          evict(seen, pod, why)
              ? decided
              : new Restart.Wait(
                  "the disruption budget does not let pod "
                      + pod.name()
                      + " go: another one is being stopped, or just was");
    };
  }

  private void replace(Observation seen, PodView judged, String why) {
    Pod pod = resource(parts.client(), seen, judged).get();
    if (pod == null
        || !judged.uid().equals(pod.getMetadata().getUid())
        || pod.getMetadata().getDeletionTimestamp() != null) {
      return;
    }
    // Told first: an operator that is killed in between leaves one event too many, not a pod that
    // went for no reason that anybody knows.
    tell(seen, judged, why);
    try {
      parts.client().resource(pod).lockResourceVersion().delete();
    } catch (KubernetesClientException e) {
      if (!gone(e)) {
        throw e;
      }
    }
  }

  /// By eviction, as who drains a node does it: of two that would each stop one pod, the budget
  /// lets one go on.
  ///
  /// @return false if the budget says no
  private boolean evict(Observation seen, PodView judged, String why) {
    Eviction eviction =
        new EvictionBuilder()
            .withNewMetadata()
            .withNamespace(seen.wanted().names().namespace())
            .withName(judged.name())
            .endMetadata()
            .withDeleteOptions(
                new DeleteOptionsBuilder().withNewPreconditions(null, judged.uid()).build())
            .build();
    try {
      if (!resource(once, seen, judged).evict(eviction)) {
        return false;
      }
      // Not told first: what is refused is tried again every other second.
      tell(seen, judged, why);
    } catch (KubernetesClientException e) {
      if (!gone(e)) {
        throw e;
      }
    }
    return true;
  }

  private void tell(Observation seen, PodView pod, String why) {
    String note = "Restarting pod " + pod.name() + ": " + why;
    parts.events().normal(seen.cluster(), "Restarting", "Restart", note);
    log.info("restarting pod={}/{}", seen.wanted().names().namespace(), pod.name());
  }

  private static PodResource resource(KubernetesClient client, Observation seen, PodView pod) {
    return client.pods().inNamespace(seen.wanted().names().namespace()).withName(pod.name());
  }

  /// It is not there any more, or has changed since it was read: the next reconcile sees how.
  private static boolean gone(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }
}
