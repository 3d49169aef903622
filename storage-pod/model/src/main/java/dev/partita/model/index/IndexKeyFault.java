package dev.partita.model.index;

import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.ItemSize;

/// Why a value cannot be the key of an index, and what DynamoDB says then. Texts: the service as
/// dynalite's tests and users' reports quote it (dynalite issue 35 for the size); for what an
/// update computes, the reasons listed with TransactionCanceledException.
///
/// @param index name of the index
/// @param attribute its key
/// @param expected type of that key
/// @param value what it should become
public record IndexKeyFault(
    Kind kind, String index, String attribute, KeyType expected, AttributeValue value) {

  /// Largest value of an index's sort key, in bytes.
  public static final int MAX_RANGE_BYTES = 1_024;

  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String NOT_VALID = "One or more parameter values are not valid. ";

  /// In the order in which they are looked for.
  public enum Kind {
    TYPE,
    EMPTY,
    TOO_LARGE;

    boolean isIn(AttributeValue value, KeyType expected) {
      return switch (this) {
        case TYPE -> !value.type().equals(expected.name());
        case EMPTY -> ItemSize.of(value) == 0;
        case TOO_LARGE -> ItemSize.of(value) > MAX_RANGE_BYTES;
      };
    }
  }

  /// Of a value that is part of an item in the request.
  public String inItem() {
    return switch (kind) {
      case TYPE -> mismatch();
      case EMPTY ->
          NOT_VALID
              + "A value specified for a secondary index key is not supported. "
              + cannotBeEmpty()
              + " IndexName: "
              + index
              + ", IndexKey: "
              + attribute;
      case TOO_LARGE -> tooLarge();
    };
  }

  /// Of a value that an update in the request names.
  public String inUpdate() {
    return switch (kind) {
      case TYPE -> mismatch();
      case EMPTY -> emptied();
      case TOO_LARGE -> tooLarge();
    };
  }

  /// Of a value that an update comes to on the item as it is.
  public String computed() {
    return switch (kind) {
      case TYPE ->
          "The update expression attempted to update the secondary index key to unsupported type";
      case EMPTY -> emptied();
      case TOO_LARGE ->
          "The update expression attempted to update the secondary index key beyond allowed size"
              + " limits";
    };
  }

  private String mismatch() {
    return INVALID
        + "Type mismatch for Index Key "
        + attribute
        + " Expected: "
        + expected
        + " Actual: "
        + value.type()
        + " IndexName: "
        + index;
  }

  private String emptied() {
    return NOT_VALID
        + "The update expression attempted to update a secondary index key to a value that is not"
        + " supported. "
        + cannotBeEmpty();
  }

  private String cannotBeEmpty() {
    return "The AttributeValue for a key attribute cannot contain an empty "
        + (expected == KeyType.B ? "binary" : "string")
        + " value.";
  }

  private String tooLarge() {
    return INVALID
        + "Size limit exceeded for Index Key "
        + attribute
        + " Actual Size: "
        + ItemSize.of(value)
        + " bytes Max Size: "
        + MAX_RANGE_BYTES
        + " bytes IndexName: "
        + index;
  }
}
