package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator says about a table.
///
/// @param tableStatus the same words as DescribeTable
/// @param endpoint URL of the DynamoDB API
/// @param size of the table, for people, like `12.3 MiB`
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DynamoTableStatus(
    @JsonPropertyDescription("The generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("In the words of DescribeTable, as CREATING or ACTIVE.")
        @Nullable String tableStatus,
    @JsonPropertyDescription("As of DescribeTable.") @Nullable String tableId,
    @JsonPropertyDescription("As of DescribeTable.") @Nullable String tableArn,
    @JsonPropertyDescription("URL of the DynamoDB API inside the Kubernetes cluster.")
        @Nullable String endpoint,
    @JsonPropertyDescription("What the table has.") @Nullable String billingMode,
    @JsonPropertyDescription("As of DescribeTable.") @Nullable Long itemCount,
    @JsonPropertyDescription("As of DescribeTable.") @Nullable Long tableSizeBytes,
    @JsonPropertyDescription("tableSizeBytes for people.") @Nullable String size,
    @JsonPropertyDescription("The partitions of the table.") @Nullable Partitions partitions,
    @JsonPropertyDescription("Ready, Synced, DriftDetected, and DeletionBlocked if it applies.")
        List<Condition> conditions) {

  public DynamoTableStatus {
    conditions = Lists.of(conditions);
  }

  @JsonInclude(Include.NON_EMPTY)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Partitions(
      @JsonPropertyDescription("How many there are.") @Nullable Integer count) {}
}
