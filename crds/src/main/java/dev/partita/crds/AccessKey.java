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

/// Credentials of a StorageCluster, delivered in a Secret.
@Group(Partita.GROUP)
@Version(Partita.VERSION)
@Kind("AccessKey")
@Plural("accesskeys")
@Singular("accesskey")
@ShortNames("pak")
public class AccessKey extends CustomResource<AccessKeySpec, AccessKeyStatus>
    implements Namespaced {

  @Override
  protected AccessKeySpec initSpec() {
    return AccessKeySpec.EMPTY;
  }

  @Override
  protected @Nullable AccessKeyStatus initStatus() {
    return null;
  }
}
