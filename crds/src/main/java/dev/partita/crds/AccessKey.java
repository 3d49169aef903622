package dev.partita.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
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
@AdditionalPrinterColumn(
    name = "CLUSTER",
    jsonPath = ".spec.clusterRef.name",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "SECRET",
    jsonPath = ".status.secretName",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "KEY",
    jsonPath = ".status.currentKeyId",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
    value = "size(self.metadata.name) <= " + Names.MAX_LABEL,
    message =
        "metadata.name must have at most "
            + Names.MAX_LABEL
            + " characters, because it becomes a label of the Secret.")
@ValidationRule(
    value =
        "(has(self.spec.secretName) ? self.spec.secretName : self.metadata.name + '"
            + AccessKey.SECRET_SUFFIX
            + "') == (has(oldSelf.spec.secretName) ? oldSelf.spec.secretName :"
            + " oldSelf.metadata.name + '"
            + AccessKey.SECRET_SUFFIX
            + "')",
    message =
        "spec.secretName cannot change, because applications read the Secret by its name; absent"
            + " means metadata.name with "
            + AccessKey.SECRET_SUFFIX
            + " behind it.")
public class AccessKey extends CustomResource<AccessKeySpec, AccessKeyStatus>
    implements Namespaced {

  /// What a Secret's name ends in where `spec.secretName` is absent.
  public static final String SECRET_SUFFIX = "-credentials";

  @Override
  protected AccessKeySpec initSpec() {
    return AccessKeySpec.EMPTY;
  }

  @Override
  protected @Nullable AccessKeyStatus initStatus() {
    return null;
  }
}
