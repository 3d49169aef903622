package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a user says about a StorageCluster; everything may be absent.
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "(has(self.topology) && self.topology == 'SingleReplica')"
            + " == (has(oldSelf.topology) && oldSelf.topology == 'SingleReplica')",
    message =
        "topology cannot change between SingleReplica and three pods, because replicas cannot be"
            + " added to or taken from a running cluster yet; create another StorageCluster and"
            + " copy the tables.")
@ValidationRule(
    value =
        "(has(self.region) ? self.region : '"
            + Partita.DEFAULT_REGION
            + "') == (has(oldSelf.region) ? oldSelf.region : '"
            + Partita.DEFAULT_REGION
            + "')",
    message =
        "region cannot change, because it is part of the ARN of every table and of every"
            + " signature; absent means "
            + Partita.DEFAULT_REGION
            + ".")
@ValidationRule(
    value =
        "(has(self.storage) && has(self.storage.storageClassName)"
            + " ? self.storage.storageClassName : '')"
            + " == (has(oldSelf.storage) && has(oldSelf.storage.storageClassName)"
            + " ? oldSelf.storage.storageClassName : '')",
    message =
        "storage.storageClassName cannot change, because the volumes exist already and Kubernetes"
            + " does not move them.")
@ValidationRule(
    value =
        "(has(self.storage) && has(self.storage.size) ? string(self.storage.size) : '"
            + Storage.DEFAULT_SIZE
            + "') == (has(oldSelf.storage) && has(oldSelf.storage.size)"
            + " ? string(oldSelf.storage.size) : '"
            + Storage.DEFAULT_SIZE
            + "')",
    message =
        "storage.size cannot change yet, because volumes are not resized by this release; absent"
            + " means "
            + Storage.DEFAULT_SIZE
            + ".")
@ValidationRule(
    value = "!has(self.region) || self.region.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
    message =
        "region must have small letters, digits and hyphens only, because it is part of ARNs and"
            + " signatures.",
    fieldPath = ".region")
public record StorageClusterSpec(
    @JsonPropertyDescription(
            "ThreeZones (what absent means): three pods in three zones, none starts without a zone"
                + " of its own. SharedZones: three pods, spread as well as the nodes allow, so that"
                + " the loss of one zone may stop the cluster. SingleReplica: one pod and one copy"
                + " of everything.")
        @Nullable Topology topology,
    @Size(min = 1, max = 512)
        @JsonPropertyDescription("Image of the storage pods. Absent means the operator's own.")
        @Nullable String image,
    @JsonPropertyDescription("As in a container.") @Nullable ImagePullPolicy imagePullPolicy,
    @Size(max = 16) @JsonPropertyDescription("Secrets with which the image is pulled.")
        List<ImagePullSecret> imagePullSecrets,
    @Size(min = 1, max = 63)
        @JsonPropertyDescription(
            "Region that clients sign for, and that ARNs name. Cannot change. Absent means "
                + Partita.DEFAULT_REGION
                + ".")
        @Nullable String region,
    @JsonPropertyDescription("Where the data lies. Cannot change yet.") @Nullable Storage storage,
    @JsonPropertyDescription(
            "Of a storage pod's container. Heap and caches are sized from limits.memory. Absent"
                + " means requests of 250m cpu and 1Gi memory and a limit of 1Gi memory.")
        @Nullable Resources resources,
    @JsonPropertyDescription("What the pods shall have besides what the operator gives them.")
        @Nullable PodTemplate podTemplate,
    @JsonPropertyDescription("The DynamoDB API as applications reach it.")
        @Nullable Endpoint endpoint,
    @JsonPropertyDescription("Who may reach the pods over the network.")
        @Nullable NetworkRules networkPolicy,
    @JsonPropertyDescription("How many pods a node drain may take at once.")
        @Nullable PodDisruptionBudget podDisruptionBudget,
    @JsonPropertyDescription("While true the operator only observes.") @Nullable Boolean paused,
    @JsonPropertyDescription(
            "Retain (what absent means) keeps the volumes when the StorageCluster is deleted;"
                + " Delete deletes them and all data with them.")
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
  public record ImagePullSecret(
      @Required
          @Size(min = 1, max = Names.MAX_DNS)
          @JsonPropertyDescription("Name of a Secret in the same namespace.")
          String name) {}

  /// @param enabled absent = true
  @JsonInclude(Include.NON_EMPTY)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record PodDisruptionBudget(
      @JsonPropertyDescription(
              "Absent means true. A SingleReplica cluster never has one, because it would block"
                  + " every drain.")
          @Nullable Boolean enabled) {}
}
