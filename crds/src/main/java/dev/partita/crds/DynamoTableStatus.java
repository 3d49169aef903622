package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
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
    @Nullable Long observedGeneration,
    @Nullable String tableStatus,
    @Nullable String tableId,
    @Nullable String tableArn,
    @Nullable String endpoint,
    @Nullable String billingMode,
    @Nullable Long itemCount,
    @Nullable Long tableSizeBytes,
    @Nullable String size,
    @Nullable Partitions partitions,
    List<Condition> conditions) {

  public DynamoTableStatus {
    conditions = Lists.of(conditions);
  }

  @JsonInclude(Include.NON_EMPTY)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Partitions(@Nullable Integer count) {}
}
