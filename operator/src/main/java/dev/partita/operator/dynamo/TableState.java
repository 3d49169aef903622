package dev.partita.operator.dynamo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table as DescribeTable and ListTagsOfResource tell it. What the API leaves out where it is the
/// default is filled in, so that it can be compared.
///
/// @param status `ACTIVE`, `CREATING` and so on; others may come
/// @param tableId another one if the table was deleted and made anew
/// @param attributes types of the key attributes by name
/// @param billingMode `PROVISIONED` or `PAY_PER_REQUEST`
/// @param provisioned zeros under on-demand
/// @param onDemand [Units#UNBOUNDED] where nothing bounds the table
/// @param tableClass `STANDARD` where none was ever given
/// @param localIndexes in the order told
/// @param tags null where nobody asked for them
public record TableState(
    String name,
    String status,
    String tableId,
    String arn,
    Instant createdAt,
    Map<String, String> attributes,
    String hashKey,
    @Nullable String rangeKey,
    String billingMode,
    Units provisioned,
    Units onDemand,
    Units warm,
    String tableClass,
    boolean deletionProtection,
    long itemCount,
    long sizeBytes,
    List<LocalIndex> localIndexes,
    @Nullable Map<String, String> tags) {

  public static final String ACTIVE = "ACTIVE";
  public static final String CREATING = "CREATING";
  public static final String UPDATING = "UPDATING";
  public static final String DELETING = "DELETING";
  public static final String PROVISIONED = "PROVISIONED";
  public static final String PAY_PER_REQUEST = "PAY_PER_REQUEST";
  public static final String STANDARD = "STANDARD";

  public TableState {
    attributes = Map.copyOf(attributes);
    localIndexes = List.copyOf(localIndexes);
    tags = tags == null ? null : Map.copyOf(tags);
  }

  /// The same table.
  ///
  /// @param value null where nobody asked for them
  public TableState withTags(@Nullable Map<String, String> value) {
    return new TableState(
        name,
        status,
        tableId,
        arn,
        createdAt,
        attributes,
        hashKey,
        rangeKey,
        billingMode,
        provisioned,
        onDemand,
        warm,
        tableClass,
        deletionProtection,
        itemCount,
        sizeBytes,
        localIndexes,
        value);
  }
}
