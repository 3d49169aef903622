package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a user says about a StorageCluster; everything may be absent.
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StorageClusterSpec(
    @Nullable Topology topology,
    @Nullable String image,
    @Nullable ImagePullPolicy imagePullPolicy,
    List<ImagePullSecret> imagePullSecrets,
    @Nullable String region,
    @Nullable Storage storage,
    @Nullable Resources resources,
    @Nullable PodTemplate podTemplate,
    @Nullable Endpoint endpoint,
    @Nullable NetworkPolicy networkPolicy,
    @Nullable PodDisruptionBudget podDisruptionBudget,
    @Nullable Boolean paused,
    @Nullable DeletionPolicy deletionPolicy) {

  /// Nothing said.
  public static final StorageClusterSpec EMPTY =
      new StorageClusterSpec(
          null, null, null, List.of(), null, null, null, null, null, null, null, null, null);

  public StorageClusterSpec {
    imagePullSecrets = Lists.of(imagePullSecrets);
  }

  /// As in a container.
  public enum ImagePullPolicy {
    Always,
    IfNotPresent,
    Never
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ImagePullSecret(@Required String name) {}

  /// Where the data lies.
  ///
  /// @param size absent = 20Gi
  @JsonInclude(Include.NON_EMPTY)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Storage(@Nullable String storageClassName, @Nullable Quantity size) {}

  /// Of a storage pod's container.
  @JsonInclude(Include.NON_EMPTY)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Resources(Map<String, Quantity> requests, Map<String, Quantity> limits) {
    public Resources {
      requests = Lists.of(requests);
      limits = Lists.of(limits);
    }
  }

  /// What is added to the pods.
  @JsonInclude(Include.NON_EMPTY)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record PodTemplate(
      Map<String, String> labels,
      Map<String, String> annotations,
      Map<String, String> nodeSelector,
      List<Toleration> tolerations,
      @Nullable String priorityClassName) {
    public PodTemplate {
      labels = Lists.of(labels);
      annotations = Lists.of(annotations);
      nodeSelector = Lists.of(nodeSelector);
      tolerations = Lists.of(tolerations);
    }
  }

  /// Who may reach the pods.
  ///
  /// @param enabled absent = true
  /// @param from who may reach the client port; empty for everybody
  @JsonInclude(Include.NON_EMPTY)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record NetworkPolicy(
      @JsonPropertyDescription("Absent means true.") @Nullable Boolean enabled,
      List<NetworkPolicyPeer> from) {
    public NetworkPolicy {
      from = Lists.of(from);
    }
  }

  /// @param enabled absent = true
  @JsonInclude(Include.NON_EMPTY)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record PodDisruptionBudget(@Nullable Boolean enabled) {}
}
