package dev.partita.operator.kube;

import dev.partita.operator.kube.Applied.Change;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes objects so, by server-side apply, and writes only when something differs: a reconcile that
/// finds everything in place costs the API server nothing, and two of them never chase each other.
///
/// What differs is decided by {@link Owned}: a field that is wanted and is not so, or a field that
/// the same manager applied before and no longer wants. Fields of others are theirs.
public final class Apply {

  /// Under which the operator's fields are kept in `metadata.managedFields`.
  public static final String FIELD_MANAGER = "partita-operator";

  private static final Logger log = LoggerFactory.getLogger(Apply.class);

  private final KubernetesClient client;
  private final MeterRegistry meters;

  public Apply(KubernetesClient client, MeterRegistry meters) {
    this.client = client;
    this.meters = meters;
  }

  /// Makes an object so, as {@link #FIELD_MANAGER}.
  ///
  /// @param actual the object as it was seen last, maybe a little ago; null if it was not seen
  /// @param desired every field that is wanted, and none that is not
  public <T extends HasMetadata> Applied<T> apply(@Nullable T actual, T desired) {
    return apply(actual, desired, FIELD_MANAGER);
  }

  /// Makes an object so.
  ///
  /// @param manager who owns the fields; several may share one object, each with its own
  public <T extends HasMetadata> Applied<T> apply(@Nullable T actual, T desired, String manager) {
    if (actual != null && Owned.holds(tree(desired), tree(actual), manager)) {
      return new Applied<>(actual, Change.NONE);
    }
    T written = client.resource(desired).fieldManager(manager).forceConflicts().serverSideApply();
    meters.counter("partita.operator.writes", "kind", desired.getKind()).increment();
    Change change = actual == null ? Change.CREATED : Change.CHANGED;
    log.info(
        "applied kind={} namespace={} name={} change={}",
        desired.getKind(),
        desired.getMetadata().getNamespace(),
        desired.getMetadata().getName(),
        change);
    if (!Owned.holds(tree(desired), tree(written), manager)) {
      // Would be written again at every reconcile: a builder that is not canonical.
      log.warn(
          "the API server keeps another form than was applied kind={} name={}",
          desired.getKind(),
          desired.getMetadata().getName());
    }
    return new Applied<>(written, change);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> tree(HasMetadata object) {
    Map<String, Object> tree = client.getKubernetesSerialization().convertValue(object, Map.class);
    // A wanted version is a condition of the write; the object has another one after it.
    if (tree.get("metadata") instanceof Map<?, ?> metadata) {
      metadata.remove("resourceVersion");
    }
    return tree;
  }
}
