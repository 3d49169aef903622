package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a user says about a table. Absent fields are not managed.
///
/// @param clusterRef absent = the namespace's default cluster
/// @param tableName absent = metadata.name
/// @param billingMode the API server fills in PROVISIONED
/// @param tags null = not managed, empty = none
@JsonInclude(Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DynamoTableSpec(
    @Nullable ClusterRef clusterRef,
    @Nullable DeletionPolicy deletionPolicy,
    @Nullable ManagementPolicy managementPolicy,
    @Nullable String tableName,
    @Required List<AttributeDefinition> attributeDefinitions,
    @Required List<KeySchemaElement> keySchema,
    @Nullable BillingMode billingMode,
    @Nullable ProvisionedThroughput provisionedThroughput,
    @Nullable OnDemandThroughput onDemandThroughput,
    @Nullable WarmThroughput warmThroughput,
    @Nullable TableClass tableClass,
    @Nullable Boolean deletionProtectionEnabled,
    @Nullable List<Tag> tags) {

  public DynamoTableSpec {
    attributeDefinitions = Lists.of(attributeDefinitions);
    keySchema = Lists.of(keySchema);
    tags = tags == null ? null : List.copyOf(tags);
  }

  /// Whether the operator may change the table. Absent means [#FULL].
  public enum ManagementPolicy {
    @JsonProperty("Full")
    FULL,
    @JsonProperty("ObserveOnly")
    OBSERVE_ONLY
  }

  public enum AttributeType {
    S,
    N,
    B
  }

  public enum KeyType {
    HASH,
    RANGE
  }

  public enum BillingMode {
    PROVISIONED,
    PAY_PER_REQUEST
  }

  public enum TableClass {
    STANDARD,
    STANDARD_INFREQUENT_ACCESS
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  public record AttributeDefinition(
      @Required String attributeName, @Required AttributeType attributeType) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  public record KeySchemaElement(@Required String attributeName, @Required KeyType keyType) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ProvisionedThroughput(
      @Required Long readCapacityUnits, @Required Long writeCapacityUnits) {}

  /// Units per second; -1 for no bound.
  @JsonInclude(Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record OnDemandThroughput(
      @Nullable Long maxReadRequestUnits, @Nullable Long maxWriteRequestUnits) {}

  /// Units per second; can only be raised.
  @JsonInclude(Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record WarmThroughput(
      @Nullable Long readUnitsPerSecond, @Nullable Long writeUnitsPerSecond) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Tag(@Required String key, @Required String value) {}
}
