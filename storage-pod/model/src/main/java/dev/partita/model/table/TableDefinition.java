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
/// @param attributes key attributes in the order given
/// @param hashKey name of the partition key
/// @param rangeKey name of the sort key, null for none
/// @param readCapacityUnits 0 for on-demand tables
/// @param writeCapacityUnits 0 for on-demand tables
/// @param onDemandThroughput null unless given
/// @param warmThroughput null unless given
/// @param tableClass null if never given: DescribeTable then has no TableClassSummary
/// @param tags in the order given
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
    Map<String, String> tags) {

  public TableDefinition {
    attributes = List.copyOf(attributes);
    // Not Map.copyOf, whose order differs from one JVM to the next.
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
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
