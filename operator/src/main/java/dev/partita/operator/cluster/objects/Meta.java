package dev.partita.operator.cluster.objects;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/// The metadata that every object of a cluster has.
final class Meta {

  private Meta() {}

  static ObjectMeta of(Wanted wanted, String name) {
    return new ObjectMetaBuilder()
        .withNamespace(wanted.names().namespace())
        .withName(name)
        .withLabels(wanted.names().labels())
        .withOwnerReferences(wanted.owner())
        .build();
  }
}
