package dev.partita.server.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a field of a manifest may hold. Names are those of CloudFormation in lower camel case; with
/// a capital they are those of the API.
sealed interface Field {

  record Text() implements Field {}

  record Whole() implements Field {}

  record Flag() implements Field {}

  record ListOf(Field element) implements Field {}

  /// @param fields by name
  record Struct(Map<String, Field> fields) implements Field {}

  /// Of a feature that this release does not have.
  record NotBuilt() implements Field {}

  Field TEXT = new Text();
  Field WHOLE = new Whole();
  Field FLAG = new Flag();
  Field NOT_BUILT = new NotBuilt();

  Field KEY_SCHEMA =
      new ListOf(struct(Map.entry("attributeName", TEXT), Map.entry("keyType", TEXT)));

  /// Everything that a `spec` may say to the API.
  Struct SPEC =
      struct(
          Map.entry("tableName", TEXT),
          Map.entry(
              "attributeDefinitions",
              new ListOf(
                  struct(Map.entry("attributeName", TEXT), Map.entry("attributeType", TEXT)))),
          Map.entry("keySchema", KEY_SCHEMA),
          Map.entry("billingMode", TEXT),
          Map.entry(
              "provisionedThroughput",
              struct(
                  Map.entry("readCapacityUnits", WHOLE), Map.entry("writeCapacityUnits", WHOLE))),
          Map.entry(
              "onDemandThroughput",
              struct(
                  Map.entry("maxReadRequestUnits", WHOLE),
                  Map.entry("maxWriteRequestUnits", WHOLE))),
          Map.entry(
              "warmThroughput",
              struct(
                  Map.entry("readUnitsPerSecond", WHOLE), Map.entry("writeUnitsPerSecond", WHOLE))),
          Map.entry("tableClass", TEXT),
          Map.entry("deletionProtectionEnabled", FLAG),
          Map.entry("tags", new ListOf(struct(Map.entry("key", TEXT), Map.entry("value", TEXT)))),
          Map.entry(
              "localSecondaryIndexes",
              new ListOf(
                  struct(
                      Map.entry("indexName", TEXT),
                      Map.entry("keySchema", KEY_SCHEMA),
                      Map.entry(
                          "projection",
                          struct(
                              Map.entry("projectionType", TEXT),
                              Map.entry("nonKeyAttributes", new ListOf(TEXT))))))),
          Map.entry("globalSecondaryIndexes", NOT_BUILT),
          Map.entry("vectorIndexes", NOT_BUILT),
          Map.entry("streamSpecification", NOT_BUILT),
          Map.entry("kinesisStreamSpecification", NOT_BUILT),
          Map.entry("timeToLiveSpecification", NOT_BUILT),
          Map.entry("pointInTimeRecoverySpecification", NOT_BUILT),
          Map.entry("sseSpecification", NOT_BUILT),
          Map.entry("contributorInsightsSpecification", NOT_BUILT),
          Map.entry("resourcePolicy", NOT_BUILT),
          Map.entry("importSourceSpecification", NOT_BUILT),
          Map.entry("partitioning", NOT_BUILT),
          Map.entry("managementPolicy", NOT_BUILT));

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Struct struct(Map.Entry<String, Field>... fields) {
    Map<String, Field> ordered = new LinkedHashMap<>();
    for (Map.Entry<String, Field> field : fields) {
      ordered.put(field.getKey(), field.getValue());
    }
    return new Struct(ordered);
  }
}
