package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a user says about a table. Absent fields are not managed. The bounds are those of the
/// server's CreateTable.
///
/// @param clusterRef absent = the namespace's default cluster
/// @param tableName absent = metadata.name
/// @param billingMode the API server fills in PROVISIONED
/// @param tags null = not managed, empty = none
/// @param localSecondaryIndexes null = not managed
@JsonInclude(Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = ClusterRef.UNCHANGED,
    message =
        "clusterRef cannot change, because data does not move between clusters; absent means the"
            + " cluster named "
            + Partita.DEFAULT_CLUSTER
            + ".")
@ValidationRule(
    value = "!has(self.tableName) || self.tableName.matches('^[a-zA-Z0-9_.-]+$')",
    message =
        "tableName may have letters, digits, underscores, dots and hyphens only, because DynamoDB"
            + " takes no others.",
    fieldPath = ".tableName")
@ValidationRule(
    value = "self.keySchema == oldSelf.keySchema",
    message =
        "keySchema cannot change, because the key decides where each item lies; create another"
            + " table and copy the items.",
    fieldPath = ".keySchema")
@ValidationRule(
    value = "self.keySchema[0].keyType == 'HASH'",
    message = "the first element of keySchema must be of keyType HASH, the partition key.",
    fieldPath = ".keySchema")
@ValidationRule(
    value = "size(self.keySchema) < 2 || self.keySchema[1].keyType == 'RANGE'",
    message =
        "the second element of keySchema must be of keyType RANGE, because a table has one"
            + " partition key and one sort key at most.",
    fieldPath = ".keySchema")
@ValidationRule(
    value =
        "size(self.keySchema) < 2 || self.keySchema[0].attributeName !="
            + " self.keySchema[1].attributeName",
    message = "the two elements of keySchema must name two attributes, because one cannot be both.",
    fieldPath = ".keySchema")
@ValidationRule(
    value =
        "self.keySchema.all(k, self.attributeDefinitions.exists(d, d.attributeName =="
            + " k.attributeName))",
    message =
        "every attribute of keySchema must be in attributeDefinitions, because its type must be"
            + " known.",
    fieldPath = ".attributeDefinitions")
@ValidationRule(
    value =
        "self.attributeDefinitions.all(d, self.keySchema.exists(k, k.attributeName =="
            + " d.attributeName) || (has(self.localSecondaryIndexes)"
            + " && self.localSecondaryIndexes.exists(i, i.keySchema.exists(k, k.attributeName =="
            + " d.attributeName))))",
    message =
        "attributeDefinitions may only have attributes of keySchema and of the keys in"
            + " localSecondaryIndexes, because DynamoDB refuses definitions that no key uses; other"
            + " attributes need none.",
    fieldPath = ".attributeDefinitions")
@ValidationRule(
    value =
        "!has(self.localSecondaryIndexes) || self.localSecondaryIndexes.all(i,"
            + " i.keySchema.all(k, self.attributeDefinitions.exists(d, d.attributeName =="
            + " k.attributeName)))",
    message =
        "every attribute of a key in localSecondaryIndexes must be in attributeDefinitions, because"
            + " its type must be known.",
    fieldPath = ".attributeDefinitions")
@ValidationRule(
    value = "!has(self.localSecondaryIndexes) || size(self.keySchema) == 2",
    message =
        "localSecondaryIndexes need a sort key in keySchema, because they put the items of one"
            + " partition key in another order.",
    fieldPath = ".localSecondaryIndexes")
@ValidationRule(
    value =
        "!has(self.localSecondaryIndexes) || self.localSecondaryIndexes.all(i,"
            + " i.keySchema[0].keyType == 'HASH' && i.keySchema[0].attributeName =="
            + " self.keySchema[0].attributeName && i.keySchema[1].keyType == 'RANGE'"
            + " && i.keySchema[1].attributeName != i.keySchema[0].attributeName)",
    message =
        "the keySchema of a local secondary index must be the table's partition key as HASH and"
            + " another attribute as RANGE, because it lies where its items lie.",
    fieldPath = ".localSecondaryIndexes")
@ValidationRule(
    value =
        "has(self.localSecondaryIndexes) == has(oldSelf.localSecondaryIndexes)"
            + " && (!has(self.localSecondaryIndexes)"
            + " || self.localSecondaryIndexes == oldSelf.localSecondaryIndexes)",
    message =
        "localSecondaryIndexes cannot change, because DynamoDB makes them with their table only;"
            + " create another table and copy the items.",
    fieldPath = ".localSecondaryIndexes")
@ValidationRule(
    value =
        "self.attributeDefinitions.all(d, !oldSelf.attributeDefinitions.exists(o, o.attributeName"
            + " == d.attributeName && o.attributeType != d.attributeType))",
    message =
        "the attributeType of a key cannot change, because the items are stored by it; create"
            + " another table and copy the items.",
    fieldPath = ".attributeDefinitions")
@ValidationRule(
    value =
        "has(self.provisionedThroughput) == (!has(self.billingMode) || self.billingMode =="
            + " 'PROVISIONED')",
    message =
        "provisionedThroughput is needed with billingMode PROVISIONED, which is what an absent"
            + " billingMode means, and has no meaning with PAY_PER_REQUEST.")
@ValidationRule(
    value =
        "!has(self.onDemandThroughput) || (has(self.billingMode) && self.billingMode =="
            + " 'PAY_PER_REQUEST')",
    message =
        "onDemandThroughput bounds what a table of billingMode PAY_PER_REQUEST takes, so it has no"
            + " meaning with PROVISIONED.",
    fieldPath = ".onDemandThroughput")
@ValidationRule(
    value =
        "!has(self.warmThroughput) || ((!has(self.warmThroughput.readUnitsPerSecond)"
            + " || self.warmThroughput.readUnitsPerSecond >= (has(self.provisionedThroughput) ?"
            + " self.provisionedThroughput.readCapacityUnits : 12000))"
            + " && (!has(self.warmThroughput.writeUnitsPerSecond)"
            + " || self.warmThroughput.writeUnitsPerSecond >= (has(self.provisionedThroughput) ?"
            + " self.provisionedThroughput.writeCapacityUnits : 4000)))",
    message =
        "warmThroughput cannot be below what every table starts with: its provisionedThroughput,"
            + " or 12000 reads and 4000 writes with PAY_PER_REQUEST.",
    fieldPath = ".warmThroughput")
@ValidationRule(
    value = "!has(self.tags) || self.tags.all(t, self.tags.exists_one(o, o.key == t.key))",
    message = "each key in tags must be there once only, because a tag has one value.",
    fieldPath = ".tags")
public record DynamoTableSpec(
    @JsonPropertyDescription(
            "The StorageCluster that holds the table. Cannot change. Absent means the one named "
                + Partita.DEFAULT_CLUSTER
                + " in this namespace, which is made if there is none.")
        @Nullable ClusterRef clusterRef,
    @JsonPropertyDescription(
            "Retain (what absent means) keeps the table and its items when this object is deleted;"
                + " Delete deletes them.")
        @Nullable DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "Full (what absent means): the operator makes the table what the spec says."
                + " ObserveOnly: it only reports.")
        @Nullable ManagementPolicy managementPolicy,
    @Size(min = 3, max = 255) @JsonPropertyDescription("Cannot change. Absent means metadata.name.")
        @Nullable String tableName,
    @Required
        @Size(min = 1, max = 100)
        @JsonPropertyDescription(
            "The type of each attribute of keySchema and of the indexes' keys, and of no other.")
        List<AttributeDefinition> attributeDefinitions,
    @Required
        @Size(min = 1, max = 2)
        @JsonPropertyDescription(
            "The partition key and, if there is one, the sort key. Cannot change.")
        List<KeySchemaElement> keySchema,
    @Default("PROVISIONED")
        @JsonPropertyDescription(
            "As in DynamoDB the default is PROVISIONED, and PAY_PER_REQUEST is what is usual.")
        @Nullable BillingMode billingMode,
    @JsonPropertyDescription("Needed with billingMode PROVISIONED.")
        @Nullable ProvisionedThroughput provisionedThroughput,
    @JsonPropertyDescription("Bounds for a table of billingMode PAY_PER_REQUEST.")
        @Nullable OnDemandThroughput onDemandThroughput,
    @JsonPropertyDescription("What the table shall serve at once. Can only be raised.")
        @Nullable WarmThroughput warmThroughput,
    @JsonPropertyDescription("Absent means that it is not managed; a new table is STANDARD.")
        @Nullable TableClass tableClass,
    @JsonPropertyDescription("While true the table cannot be deleted.")
        @Nullable Boolean deletionProtectionEnabled,
    @Size(max = 50)
        @JsonPropertyDescription(
            "The table has exactly these; an empty list takes all away. Absent means that they are"
                + " not managed.")
        @Nullable List<Tag> tags,
    @Size(min = 1, max = 5)
        @JsonPropertyDescription(
            "Other orders of the items of one partition key. Made with the table. Cannot change.")
        @Nullable List<LocalSecondaryIndex> localSecondaryIndexes) {

  public DynamoTableSpec {
    localSecondaryIndexes =
        localSecondaryIndexes == null ? null : List.copyOf(localSecondaryIndexes);
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

  /// String, number or binary.
  public enum AttributeType {
    S,
    N,
    B
  }

  /// Partition key or sort key.
  public enum KeyType {
    HASH,
    RANGE
  }

  /// As in DynamoDB.
  public enum BillingMode {
    PROVISIONED,
    PAY_PER_REQUEST
  }

  /// As in DynamoDB.
  public enum TableClass {
    STANDARD,
    STANDARD_INFREQUENT_ACCESS
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  public record AttributeDefinition(
      @Required @Size(min = 1, max = 255) @JsonPropertyDescription("Of the attribute.")
          String attributeName,
      @Required
          @JsonPropertyDescription(
              "S for strings, \"N\" for numbers (in quotes, because kubectl takes a plain N for"
                  + " false), B for binary.")
          AttributeType attributeType) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  public record KeySchemaElement(
      @Required @Size(min = 1, max = 255) @JsonPropertyDescription("Of the attribute.")
          String attributeName,
      @Required @JsonPropertyDescription("HASH for the partition key, RANGE for the sort key.")
          KeyType keyType) {}

  /// What an entry of an index has besides the keys.
  public enum ProjectionType {
    ALL,
    KEYS_ONLY,
    INCLUDE
  }

  @JsonInclude(Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  @ValidationRule(
      value = "(self.projectionType == 'INCLUDE') == has(self.nonKeyAttributes)",
      message =
          "nonKeyAttributes belong to projectionType INCLUDE and to no other, because ALL and"
              + " KEYS_ONLY say by themselves what an index has.")
  public record Projection(
      @Required
          @JsonPropertyDescription(
              "ALL attributes of the items, KEYS_ONLY, or the keys and what INCLUDE names.")
          ProjectionType projectionType,
      @Size(min = 1, max = 20) @JsonPropertyDescription("What INCLUDE projects besides the keys.")
          @Nullable List<String> nonKeyAttributes) {

    public Projection {
      nonKeyAttributes = nonKeyAttributes == null ? null : List.copyOf(nonKeyAttributes);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  @ValidationRule(
      value = "self.indexName.matches('^[a-zA-Z0-9_.-]+$')",
      message =
          "indexName may have letters, digits, underscores, dots and hyphens only, because DynamoDB"
              + " takes no others.",
      fieldPath = ".indexName")
  public record LocalSecondaryIndex(
      @Required @Size(min = 3, max = 255) @JsonPropertyDescription("By which queries name it.")
          String indexName,
      @Required
          @Size(min = 2, max = 2)
          @JsonPropertyDescription("The table's partition key and the attribute that orders it.")
          List<KeySchemaElement> keySchema,
      @Required @JsonPropertyDescription("Which attributes can be read from it.")
          Projection projection) {

    public LocalSecondaryIndex {
      keySchema = Lists.of(keySchema);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ProvisionedThroughput(
      @Required @Min(1) @Max(40_000) @JsonPropertyDescription("Units per second.")
          Long readCapacityUnits,
      @Required @Min(1) @Max(40_000) @JsonPropertyDescription("Units per second.")
          Long writeCapacityUnits) {}

  /// Units per second; -1 for no bound.
  @JsonInclude(Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  @ValidationRule(
      value = "has(self.maxReadRequestUnits) || has(self.maxWriteRequestUnits)",
      message =
          "onDemandThroughput must have maxReadRequestUnits or maxWriteRequestUnits, because it"
              + " says nothing otherwise.")
  @ValidationRule(
      value =
          "(!has(self.maxReadRequestUnits) || self.maxReadRequestUnits != 0)"
              + " && (!has(self.maxWriteRequestUnits) || self.maxWriteRequestUnits != 0)",
      message =
          "a bound in onDemandThroughput must be at least 1, or -1 for none, because a table that"
              + " serves nothing is no table.")
  public record OnDemandThroughput(
      @Min(-1) @Max(40_000) @JsonPropertyDescription("Units per second; -1 for no bound.")
          @Nullable Long maxReadRequestUnits,
      @Min(-1) @Max(40_000) @JsonPropertyDescription("Units per second; -1 for no bound.")
          @Nullable Long maxWriteRequestUnits) {}

  /// Units per second; can only be raised.
  @JsonInclude(Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  @ValidationRule(
      value = "has(self.readUnitsPerSecond) || has(self.writeUnitsPerSecond)",
      message =
          "warmThroughput must have readUnitsPerSecond or writeUnitsPerSecond, because it says"
              + " nothing otherwise.")
  @ValidationRule(
      value =
          "(!has(self.readUnitsPerSecond) || !has(oldSelf.readUnitsPerSecond)"
              + " || self.readUnitsPerSecond >= oldSelf.readUnitsPerSecond)"
              + " && (!has(self.writeUnitsPerSecond) || !has(oldSelf.writeUnitsPerSecond)"
              + " || self.writeUnitsPerSecond >= oldSelf.writeUnitsPerSecond)",
      message = "warmThroughput can only be raised, because DynamoDB never takes it back.")
  public record WarmThroughput(
      @Min(1) @Max(40_000) @JsonPropertyDescription("Units that are served at once.")
          @Nullable Long readUnitsPerSecond,
      @Min(1) @Max(40_000) @JsonPropertyDescription("Units that are served at once.")
          @Nullable Long writeUnitsPerSecond) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  @ValidationRule(
      value = "!self.key.startsWith('aws:')",
      message = "keys of tags cannot start with aws:, because DynamoDB reserves them.",
      fieldPath = ".key")
  public record Tag(
      @Required @Size(min = 1, max = 128) @JsonPropertyDescription("Of the tag.") String key,
      @Required @Size(max = 256) @JsonPropertyDescription("Of the tag; may be empty.")
          String value) {}
}
