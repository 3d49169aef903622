package dev.partita.model.error;

import java.util.Collection;

/// Texts on tables: their keys, local indexes, state and time to live. Capacity has its own, {@link
/// CapacityTexts}.
public final class TableTexts {

  public static final String NOTHING_TO_UPDATE =
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
          + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required";

  /// DynamoDB Local 3.1.0.
  public static final String PROTECTED =
      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion"
          + " protection first.";

  /// DynamoDB Local 3.1.0.
  public static final String STREAM_VIEW_WITHOUT_STREAM =
      "Invalid StreamViewType: Stream StreamEnabled was false but a StreamViewType was present.";

  /// DynamoDB Local 3.1.0.
  public static final String NAME_TWICE = "Cannot have two attributes with the same name";

  public static final String NUMBER_OF_ATTRIBUTES =
      Prefixes.invalid(
          "Number of attributes in KeySchema does not exactly match number of attributes defined in"
              + " AttributeDefinitions");
  public static final String SAME_KEY_TWICE =
      "Both the Hash Key and the Range Key element in the KeySchema have the same name";
  public static final String FIRST_NOT_HASH =
      "Invalid KeySchema: The first KeySchemaElement is not a HASH key type";
  public static final String SECOND_NOT_RANGE =
      "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type";
  public static final String NO_DEFINITION =
      "Invalid KeySchema: Some index key attribute have no definition";

  public static final String INDEX_WITHOUT_TABLE_RANGE =
      Prefixes.invalid(
          "Table KeySchema does not have a range key, which is required when specifying a"
              + " LocalSecondaryIndex");
  public static final String NO_PROJECTION_TYPE = Prefixes.invalid("Unknown ProjectionType: null");
  public static final String INCLUDE_WITHOUT_NAMES =
      Prefixes.invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");

  public static final String TTL_DISABLED = "TimeToLive is already disabled";
  public static final String TTL_ENABLED = "TimeToLive is already enabled";

  private TableTexts() {}

  public static String notFound(String table) {
    return "Requested resource not found: Table: " + table + " not found";
  }

  public static String exists(String table) {
    return "Table already exists: " + table;
  }

  /// @param what happens to it: `created`, `deleted`, `updated`
  public static String inUse(String what, String table) {
    return "Attempt to change a resource which is still in use: Table is being "
        + what
        + ": "
        + table;
  }

  /// ScyllaDB Alternator, test_tableclass.py.
  ///
  /// @param known as Java prints a list of them
  public static String unknownClass(String known) {
    return "Invalid table-class parameter provided. Please try again with a valid table-class value: "
        + known
        + ".";
  }

  public static String tooMany(int max) {
    return "Subscriber limit exceeded: Only " + max + " tables can exist";
  }

  /// Partita's own: a request must not succeed without what it asks for.
  public static String notSupported(String member) {
    return Prefixes.invalid(member + " is not supported by this release of Partita");
  }

  public static String notDefined(Collection<String> keys, Collection<String> defined) {
    return Prefixes.invalid(
        "Some index key attributes are not defined in AttributeDefinitions. Keys: ["
            + String.join(", ", keys)
            + "], AttributeDefinitions: ["
            + String.join(", ", defined)
            + "]");
  }

  public static String notUsed(Collection<String> defined, Collection<String> used) {
    return Prefixes.invalid(
        "Some AttributeDefinitions are not used. AttributeDefinitions: ["
            + String.join(", ", defined)
            + "], keys used: ["
            + String.join(", ", used)
            + "]");
  }

  /// @param indexes `LocalSecondaryIndexes` or `GlobalSecondaryIndexes`
  public static String emptyList(String indexes) {
    return Prefixes.invalid("List of " + indexes + " is empty");
  }

  public static String tooManyIndexes(String indexes, int max) {
    return Prefixes.invalid("Number of " + indexes + " exceeds per-table limit of " + max);
  }

  public static String indexTwice(String index) {
    return Prefixes.invalid("Duplicate index name: " + index);
  }

  public static String indexWithoutRange(String index) {
    return Prefixes.invalid("Index KeySchema does not have a range key for index: " + index);
  }

  public static String indexOfOtherHash(String index, String indexHash, String tableHash) {
    return Prefixes.invalid(
        "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
            + index
            + ". index hash key: "
            + indexHash
            + ", table hash key: "
            + tableHash);
  }

  public static String namesBesideProjection(String projectionType) {
    return Prefixes.invalid(
        "ProjectionType is " + projectionType + ", but NonKeyAttributes is specified");
  }

  public static String ttlOnOther(String current) {
    return "TimeToLive is active on a different AttributeName: current AttributeName is " + current;
  }

  /// Recorded from the service in 2026.
  ///
  /// @param status of the table: `CREATING` or `DELETING`
  public static String ttlNotNow(String status) {
    return "Cannot describe time to live while table is in "
        + status
        + " state: Current table state is "
        + status;
  }
}
