package dev.partita.crds;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// Storage pods that serve the DynamoDB API together.
@Group(Partita.GROUP)
@Version(Partita.VERSION)
@Kind("StorageCluster")
@Plural("storageclusters")
@Singular("storagecluster")
@ShortNames("psc")
public class StorageCluster extends CustomResource<StorageClusterSpec, StorageClusterStatus>
    implements Namespaced {

  @Override
  protected StorageClusterSpec initSpec() {
    return StorageClusterSpec.EMPTY;
  }

  @Override
  protected @Nullable StorageClusterStatus initStatus() {
    return null;
  }
}
