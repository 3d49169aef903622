package dev.partita.operator.cluster.objects;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/// Lets one pod at a time be evicted: two of three are a quorum. Never made for a single pod, where
/// it would forbid every drain.
public final class DisruptionBudget {

  private DisruptionBudget() {}

  public static PodDisruptionBudget of(Wanted wanted) {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(Meta.of(wanted, wanted.names().disruptionBudget()))
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(1))
        .withNewSelector()
        .withMatchLabels(wanted.names().selector())
        .endSelector()
        .endSpec()
        .build();
  }
}
