package dev.partita.server.table;

import dev.partita.server.json.Shape;
import dev.partita.server.json.StructureShape;
import dev.partita.server.json.TableNames;

/// What the table operations take. The order of members is the order in which violations are told
/// (dynalite's measurements of CreateTable; write units go before read units).
final class TableShapes {

  /// Longest name of a key attribute, in characters (service model, KeySchemaAttributeName).
  private static final int MAX_KEY_NAME = 255;

  private static final int MAX_KEY_ELEMENTS = 2;
  private static final int MAX_LISTED = 100;

  private static final Shape ATTRIBUTE_DEFINITIONS =
      Shape.listOf(
          Shape.structure("AttributeDefinition")
              .required("AttributeName", Shape.text().length(1, MAX_KEY_NAME))
              .required("AttributeType", Shape.text().oneOf("B", "N", "S")));

  private static final Shape KEY_SCHEMA =
      Shape.listOf(
              Shape.structure("KeySchemaElement")
                  .required("AttributeName", Shape.text().length(1, MAX_KEY_NAME))
                  .required("KeyType", Shape.text().oneOf("HASH", "RANGE")))
          .size(1, MAX_KEY_ELEMENTS);

  /// Most attributes that one index projects besides keys (service model).
  private static final int MAX_NON_KEY_ATTRIBUTES = 20;

  private static final Shape LOCAL_INDEXES =
      Shape.listOf(
          Shape.structure("LocalSecondaryIndex")
              .required(
                  "IndexName",
                  Shape.text()
                      .matching(TableNames.PATTERN, TableNames::isPlainName)
                      .length(TableNames.MIN_LENGTH, TableNames.MAX_LENGTH))
              .required("KeySchema", KEY_SCHEMA)
              .required(
                  "Projection",
                  Shape.structure("Projection")
                      .optional("ProjectionType", Shape.text().oneOf("ALL", "INCLUDE", "KEYS_ONLY"))
                      .optional(
                          "NonKeyAttributes",
                          Shape.listOf(Shape.text().length(1, MAX_KEY_NAME))
                              .size(1, MAX_NON_KEY_ATTRIBUTES))));

  private static final Shape BILLING_MODE = Shape.text().oneOf("PROVISIONED", "PAY_PER_REQUEST");

  private static final Shape PROVISIONED_THROUGHPUT =
      Shape.structure("ProvisionedThroughput")
          .required("WriteCapacityUnits", Shape.whole().atLeast(1))
          .required("ReadCapacityUnits", Shape.whole().atLeast(1));

  private static final Shape ON_DEMAND_THROUGHPUT =
      Shape.structure("OnDemandThroughput")
          .optional("MaxReadRequestUnits", Shape.whole())
          .optional("MaxWriteRequestUnits", Shape.whole());

  private static final Shape WARM_THROUGHPUT =
      Shape.structure("WarmThroughput")
          .optional("ReadUnitsPerSecond", Shape.whole().atLeast(1))
          .optional("WriteUnitsPerSecond", Shape.whole().atLeast(1));

  private static final Shape STREAM =
      Shape.structure("StreamSpecification")
          .required("StreamEnabled", Shape.flag())
          .optional(
              "StreamViewType",
              Shape.text().oneOf("NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"));

  private static final Shape SSE =
      Shape.structure("SSESpecification")
          .optional("Enabled", Shape.flag())
          .optional("SSEType", Shape.text().oneOf("AES256", "KMS"))
          .optional("KMSMasterKeyId", Shape.text());

  /// Checked with a text of its own.
  private static final Shape TABLE_CLASS = Shape.text();

  /// Checked with texts of their own.
  private static final Shape TAGS =
      Shape.listOf(
          Shape.structure("Tag").optional("Key", Shape.text()).optional("Value", Shape.text()));

  static final StructureShape CREATE =
      Shape.structure("CreateTableInput")
          .required("AttributeDefinitions", ATTRIBUTE_DEFINITIONS)
          .required("TableName", Shape.tableName())
          .optional("BillingMode", BILLING_MODE)
          .optional("ProvisionedThroughput", PROVISIONED_THROUGHPUT)
          .required("KeySchema", KEY_SCHEMA)
          .optional("LocalSecondaryIndexes", LOCAL_INDEXES)
          .optional("GlobalSecondaryIndexes", listOf("GlobalSecondaryIndex"))
          .optional("VectorIndexes", listOf("VectorIndex"))
          .optional("StreamSpecification", STREAM)
          .optional("SSESpecification", SSE)
          .optional("Tags", TAGS)
          .optional("TableClass", TABLE_CLASS)
          .optional("DeletionProtectionEnabled", Shape.flag())
          .optional("WarmThroughput", WARM_THROUGHPUT)
          .optional("OnDemandThroughput", ON_DEMAND_THROUGHPUT)
          .optional("ResourcePolicy", Shape.text())
          .optional("GlobalTableSourceArn", Shape.text())
          .optional("GlobalTableSettingsReplicationMode", Shape.text());

  static final StructureShape UPDATE =
      Shape.structure("UpdateTableInput")
          .optional("AttributeDefinitions", ATTRIBUTE_DEFINITIONS)
          .required("TableName", Shape.tableName())
          .optional("BillingMode", BILLING_MODE)
          .optional("ProvisionedThroughput", PROVISIONED_THROUGHPUT)
          .optional("GlobalSecondaryIndexUpdates", listOf("GlobalSecondaryIndexUpdate"))
          .optional("VectorIndexUpdates", listOf("VectorIndexUpdate"))
          .optional("ReplicaUpdates", listOf("ReplicationGroupUpdate").size(1, Shape.NO_MAXIMUM))
          .optional("GlobalTableWitnessUpdates", listOf("GlobalTableWitnessGroupUpdate").size(1, 1))
          .optional("StreamSpecification", STREAM)
          .optional("SSESpecification", SSE)
          .optional("TableClass", TABLE_CLASS)
          .optional("DeletionProtectionEnabled", Shape.flag())
          .optional("WarmThroughput", WARM_THROUGHPUT)
          .optional("OnDemandThroughput", ON_DEMAND_THROUGHPUT)
          .optional("MultiRegionConsistency", Shape.text().oneOf("EVENTUAL", "STRONG"))
          .optional("GlobalTableSettingsReplicationMode", Shape.text());

  static final StructureShape DESCRIBE =
      Shape.structure("DescribeTableInput").required("TableName", Shape.tableName());

  static final StructureShape DELETE =
      Shape.structure("DeleteTableInput").required("TableName", Shape.tableName());

  static final StructureShape LIST =
      Shape.structure("ListTablesInput")
          .optional("Limit", Shape.integer().between(1, MAX_LISTED))
          .optional(
              "ExclusiveStartTableName",
              Shape.text()
                  .length(TableNames.MIN_LENGTH, TableNames.MAX_LENGTH)
                  .matching(TableNames.PATTERN, TableNames::isPlainName));

  static final StructureShape TAG =
      Shape.structure("TagResourceInput")
          .optional("ResourceArn", Shape.text())
          .required("Tags", TAGS);

  static final StructureShape UNTAG =
      Shape.structure("UntagResourceInput")
          .optional("ResourceArn", Shape.text())
          .required("TagKeys", Shape.listOf(Shape.text()));

  static final StructureShape LIST_TAGS =
      Shape.structure("ListTagsOfResourceInput")
          .optional("ResourceArn", Shape.text())
          .optional("NextToken", Shape.text());

  static final StructureShape UPDATE_TTL =
      Shape.structure("UpdateTimeToLiveInput")
          .required("TableName", Shape.tableName())
          .required(
              "TimeToLiveSpecification",
              Shape.structure("TimeToLiveSpecification")
                  .required("Enabled", Shape.flag())
                  .required("AttributeName", Shape.text().length(1, MAX_KEY_NAME)));

  static final StructureShape DESCRIBE_TTL =
      Shape.structure("DescribeTimeToLiveInput").required("TableName", Shape.tableName());

  private TableShapes() {}

  /// Members of features that are not built are read as lists of anything, only to be refused.
  private static Shape.ListOf listOf(String structure) {
    return Shape.listOf(Shape.structure(structure));
  }
}
