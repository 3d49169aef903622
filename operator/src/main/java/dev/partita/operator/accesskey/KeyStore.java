package dev.partita.operator.accesskey;

import dev.partita.crds.AccessKey;
import dev.partita.crds.AccessKeyStatus;
import dev.partita.crds.StorageCluster;
import io.fabric8.kubernetes.api.model.Secret;
import org.jspecify.annotations.Nullable;

/// What the work on an AccessKey needs of Kubernetes. Secrets are read as they are now, not as they
/// were: a key that was just written must not be made again.
interface KeyStore {

  /// @return null if there is none, as far as is known
  @Nullable StorageCluster cluster(String namespace, String name);

  @Nullable Secret secret(String namespace, String name);

  /// Makes the user's Secret so.
  ///
  /// @param there null if there is none
  void writeUserSecret(@Nullable Secret there, Secret desired);

  /// Writes one AccessKey's keys into the pods' Secret, if nobody has written it meanwhile.
  ///
  /// @param there as it was read
  /// @param text null takes them away
  void writeRing(Secret there, String accessKey, @Nullable String text);

  AccessKey writeStatus(AccessKey resource, AccessKeyStatus status);
}
