package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// A StorageCluster of the same namespace.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "self.name.matches('" + Names.LABEL + "')",
    message =
        "clusterRef.name must be a DNS label that starts with a letter, because every"
            + " StorageCluster's name is one.",
    fieldPath = ".name")
public record ClusterRef(
    @Required
        @Size(min = 1, max = Names.MAX_CLUSTER)
        @JsonPropertyDescription("Name of a StorageCluster in the same namespace.")
        String name) {

  /// A rule for the spec that has one: it means the same cluster as before, by name or by silence.
  static final String UNCHANGED =
      "(has(self.clusterRef) ? self.clusterRef.name : '"
          + Partita.DEFAULT_CLUSTER
          + "') == (has(oldSelf.clusterRef) ? oldSelf.clusterRef.name : '"
          + Partita.DEFAULT_CLUSTER
          + "')";
}
