package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/// A StorageCluster of the same namespace.
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClusterRef(
    @Required @JsonPropertyDescription("Name of a StorageCluster in the same namespace.")
        String name) {}
