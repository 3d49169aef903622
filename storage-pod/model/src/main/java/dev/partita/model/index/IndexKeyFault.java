package dev.partita.model.index;

import dev.partita.model.error.ItemTexts;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.ItemSize;

/// Why a value cannot be the key of an index, and which text says so.
///
/// @param index name of the index
/// @param attribute its key
/// @param expected type of that key
/// @param value what it should become
public record IndexKeyFault(
    Kind kind, String index, String attribute, KeyType expected, AttributeValue value) {

  /// In the order in which they are looked for.
  public enum Kind {
    TYPE,
    EMPTY,
    TOO_LARGE;

    boolean isIn(AttributeValue value, KeyType expected) {
      return switch (this) {
        case TYPE -> !value.type().equals(expected.name());
        case EMPTY -> ItemSize.of(value) == 0;
        case TOO_LARGE -> ItemSize.of(value) > PrimaryKey.MAX_RANGE_BYTES;
      };
    }
  }

  /// Of a value that is part of an item in the request.
  public String inItem() {
    return switch (kind) {
      case TYPE -> mismatch();
      case EMPTY -> ItemTexts.emptyIndexKey(isBinary(), index, attribute);
      case TOO_LARGE -> tooLarge();
    };
  }

  /// Of a value that an update in the request names.
  public String inUpdate() {
    return switch (kind) {
      case TYPE -> mismatch();
      case EMPTY -> ItemTexts.indexKeyEmptied(isBinary());
      case TOO_LARGE -> tooLarge();
    };
  }

  /// Of a value that an update comes to on the item as it is.
  public String computed() {
    return switch (kind) {
      case TYPE -> ItemTexts.COMPUTED_INDEX_KEY_TYPE;
      case EMPTY -> ItemTexts.indexKeyEmptied(isBinary());
      case TOO_LARGE -> ItemTexts.COMPUTED_INDEX_KEY_SIZE;
    };
  }

  private boolean isBinary() {
    return expected == KeyType.B;
  }

  private String mismatch() {
    return ItemTexts.indexKeyType(attribute, expected.name(), value.type(), index);
  }

  private String tooLarge() {
    return ItemTexts.indexKeyTooLarge(
        attribute, ItemSize.of(value), PrimaryKey.MAX_RANGE_BYTES, index);
  }
}
