package dev.partita.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;

/// Writes nothing but a status: the spec is the user's.
public final class StatusPatch {

  private StatusPatch() {}

  /// What is to be applied. It names the very resource that was seen: one that was made anew under
  /// the same name meanwhile does not get the status of the old one.
  ///
  /// @param fresh a new object
  public static <S, P extends CustomResource<?, S>> P of(HasMetadata seen, P fresh, S status) {
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(seen.getMetadata().getNamespace())
            .withName(seen.getMetadata().getName())
            .withUid(seen.getMetadata().getUid())
            .build());
    fresh.setStatus(status);
    return fresh;
  }

  /// Writes it at once.
  ///
  /// @return the resource after that
  public static <S, P extends CustomResource<?, S>> P write(
      P seen, P fresh, S status, Context<P> context) {
    return PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(
        seen, of(seen, fresh, status), context);
  }
}
