package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator says about a StorageCluster.
///
/// @param endpoint URL of the DynamoDB API
/// @param readyPods for people, like `3/3`
/// @param image what the pods should run
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StorageClusterStatus(
    @JsonPropertyDescription("The generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("URL of the DynamoDB API inside the Kubernetes cluster.")
        @Nullable String endpoint,
    @JsonPropertyDescription("The region that clients sign for.") @Nullable String region,
    @JsonPropertyDescription("Pods that are ready, of pods that should be.")
        @Nullable String readyPods,
    @JsonPropertyDescription("The image that the pods should run.") @Nullable String image,
    @JsonPropertyDescription("Each storage pod.") List<Pod> pods,
    @JsonPropertyDescription(
            "Ready, Available, Progressing, Degraded, ZonesSpread and CertificatesReady.")
        List<Condition> conditions) {

  public StorageClusterStatus {
    pods = Lists.of(pods);
    conditions = Lists.of(conditions);
  }

  /// One storage pod.
  ///
  /// @param restartNeeded it does not run with the wanted template or image yet
  @JsonInclude(Include.NON_EMPTY)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Pod(
      @Required @JsonPropertyDescription("Of the pod.") String name,
      @JsonPropertyDescription("Of the pod's node.") @Nullable String zone,
      @JsonPropertyDescription("Where the pod runs.") @Nullable String node,
      @JsonPropertyDescription("Whether the pod takes requests.") @Nullable Boolean ready,
      @JsonPropertyDescription("What the pod runs.") @Nullable String image,
      @JsonPropertyDescription("Whether the pod waits for its turn to be restarted.")
          @Nullable Boolean restartNeeded) {}
}
