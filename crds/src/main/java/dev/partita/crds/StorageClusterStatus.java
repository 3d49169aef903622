package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
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
    @Nullable Long observedGeneration,
    @Nullable String endpoint,
    @Nullable String region,
    @Nullable String readyPods,
    @Nullable String image,
    List<Pod> pods,
    List<Condition> conditions) {

  public StorageClusterStatus {
    pods = Lists.of(pods);
    conditions = Lists.of(conditions);
  }

  /// One storage pod.
  ///
  /// @param restartNeeded its template or image is not the wanted one yet
  @JsonInclude(Include.NON_EMPTY)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Pod(
      @Required String name,
      @Nullable String zone,
      @Nullable String node,
      @Nullable Boolean ready,
      @Nullable String image,
      @Nullable Boolean restartNeeded) {}
}
