package dev.partita.model.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a user said about a table: everything that CreateTable and UpdateTable set and
/// DescribeTable echoes. Checked by the request layer.
///
/// @param name 3 to 255 characters of `[a-zA-Z0-9_.-]`
/// @param attributes attributes of the table's key and of the indexes' keys, in the order given
/// @param hashKey name of the partition key
/// @param rangeKey name of the sort key, null for none
/// @param readCapacityUnits 0 for on-demand tables
/// @param writeCapacityUnits 0 for on-demand tables
/// @param onDemandThroughput null unless given
/// @param warmThroughput null unless given
/// @param tableClass null if never given: DescribeTable then has no TableClassSummary
/// @param tags in the order given
/// @param localIndexes in the order given, which never changes: an index's place is its number in
///   row keys
/// @param ttlAttribute name of the attribute that holds an item's expiry, null while that is off
public record TableDefinition(
    String name,
    List<AttributeDefinition> attributes,
    String hashKey,
    @Nullable String rangeKey,
    BillingMode billingMode,
    long readCapacityUnits,
    long writeCapacityUnits,
    @Nullable Throughput onDemandThroughput,
    @Nullable Throughput warmThroughput,
    @Nullable TableClass tableClass,
    boolean deletionProtection,
    Map<String, String> tags,
    List<LocalIndex> localIndexes,
    @Nullable String ttlAttribute) {

  public TableDefinition {
    attributes = List.copyOf(attributes);
    // Not Map.copyOf, whose order differs from one JVM to the next.
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    localIndexes = List.copyOf(localIndexes);
  }

  /// A table without indexes whose items do not expire.
  public TableDefinition(
      String name,
      List<AttributeDefinition> attributes,
      String hashKey,
      @Nullable String rangeKey,
      BillingMode billingMode,
      long readCapacityUnits,
      long writeCapacityUnits,
      @Nullable Throughput onDemandThroughput,
      @Nullable Throughput warmThroughput,
      @Nullable TableClass tableClass,
      boolean deletionProtection,
      Map<String, String> tags) {
    this(
        name,
        attributes,
        hashKey,
        rangeKey,
        billingMode,
        readCapacityUnits,
        writeCapacityUnits,
        onDemandThroughput,
        warmThroughput,
        tableClass,
        deletionProtection,
        tags,
        List.of(),
        null);
  }

  public TableDefinition withTags(Map<String, String> newTags) {
    return with(newTags, localIndexes, ttlAttribute);
  }

  public TableDefinition withLocalIndexes(List<LocalIndex> newIndexes) {
    return with(tags, newIndexes, ttlAttribute);
  }

  /// @param attribute null for none
  public TableDefinition withTtlAttribute(@Nullable String attribute) {
    return with(tags, localIndexes, attribute);
  }

  private TableDefinition with(
      Map<String, String> newTags, List<LocalIndex> newIndexes, @Nullable String newTtl) {
    return new TableDefinition(
        name,
        attributes,
        hashKey,
        rangeKey,
        billingMode,
        readCapacityUnits,
        writeCapacityUnits,
        onDemandThroughput,
        warmThroughput,
        tableClass,
        deletionProtection,
        newTags,
        newIndexes,
        newTtl);
  }

  /// The declared type of a key attribute.
  public KeyType typeOf(String attribute) {
    for (AttributeDefinition a : attributes) {
      if (a.name().equals(attribute)) {
        return a.type();
      }
    }
    throw new IllegalArgumentException("no definition of attribute " + attribute);
  }

  /// A local secondary index: the items of one partition key in the order of another attribute.
  ///
  /// @param rangeKey name of the attribute that orders its entries
  /// @param nonKeyAttributes what `INCLUDE` projects besides the keys, in the order given; else
  ///   empty
  public record LocalIndex(
      String name, String rangeKey, Projection projection, List<String> nonKeyAttributes) {
    public LocalIndex {
      nonKeyAttributes = List.copyOf(nonKeyAttributes);
    }
  }

  /// Which attributes of an item lie in its index entry.
  public enum Projection {
    ALL,
    KEYS_ONLY,
    INCLUDE
  }

  /// @param name of the attribute
  public record AttributeDefinition(String name, KeyType type) {}

  /// Types that a key may have.
  public enum KeyType {
    S,
    N,
    B
  }

  public enum BillingMode {
    PROVISIONED,
    PAY_PER_REQUEST
  }

  public enum TableClass {
    STANDARD,
    STANDARD_INFREQUENT_ACCESS
  }

  /// @param readUnits per second, -1 for no bound
  /// @param writeUnits per second, -1 for no bound
  public record Throughput(long readUnits, long writeUnits) {}
}
