package dev.partita.operator.cluster.objects;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;

/// The file by which every pod knows all pods of its cluster and their zones.
public final class PodsConfigMap {

  private PodsConfigMap() {}

  public static ConfigMap of(Wanted wanted, String file) {
    return new ConfigMapBuilder()
        .withMetadata(Meta.of(wanted, wanted.names().podsConfigMap()))
        .withData(Map.of(Names.PODS_KEY, file))
        .build();
  }
}
