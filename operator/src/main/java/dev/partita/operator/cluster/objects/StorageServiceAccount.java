package dev.partita.operator.cluster.objects;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

/// Who the pods are. They ask nothing of the API server, so no token is mounted.
public final class StorageServiceAccount {

  private StorageServiceAccount() {}

  public static ServiceAccount of(Wanted wanted) {
    return new ServiceAccountBuilder()
        .withMetadata(Meta.of(wanted, wanted.names().serviceAccount()))
        .withAutomountServiceAccountToken(false)
        .build();
  }
}
