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

/// Storage pods that serve the DynamoDB API together.
@Group(Partita.GROUP)
@Version(Partita.VERSION)
@Kind("StorageCluster")
@Plural("storageclusters")
@Singular("storagecluster")
@ShortNames("psc")
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.readyPods",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "AVAILABLE",
    jsonPath = ".status.conditions[?(@.type==\"Available\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "ENDPOINT",
    jsonPath = ".status.endpoint",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
    value =
        "size(self.metadata.name) <= "
            + Names.MAX_CLUSTER
            + " && self.metadata.name.matches('"
            + Names.LABEL
            + "')",
    message =
        "metadata.name must be a DNS label of at most "
            + Names.MAX_CLUSTER
            + " characters that starts with a letter, because Services and pods are named after"
            + " it.")
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
