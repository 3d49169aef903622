package dev.partita.partition;

import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.StoredItem;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An item as a command finds or leaves it. Encoded or decoded when first asked for: most writes
/// look at the size alone, and of many updates of one item in one entry only the last is stored.
/// Used by one thread at a time.
final class Image {

  private final int size;
  private @Nullable Bytes body;
  private @Nullable Map<String, AttributeValue> attributes;

  private Image(int size) {
    this.size = size;
  }

  /// @param body encoded attribute map
  /// @param size in DynamoDB bytes
  static Image encoded(Bytes body, int size) {
    Image image = new Image(size);
    image.body = body;
    return image;
  }

  /// @param attributes not to be changed afterwards, within the limits of size and nesting
  /// @param size in DynamoDB bytes
  static Image decoded(Map<String, AttributeValue> attributes, int size) {
    Image image = new Image(size);
    image.attributes = attributes;
    return image;
  }

  /// @param stored header and attributes, as a row's value; null where there is no item
  static @Nullable Image ofStored(byte @Nullable [] stored) {
    return stored == null
        ? null
        : encoded(StoredItem.body(stored), StoredItem.header(stored).size());
  }

  /// Encoded attribute map.
  Bytes body() {
    Bytes known = body;
    if (known == null) {
      known = ItemCodec.encode(attributes());
      body = known;
    }
    return known;
  }

  /// In DynamoDB bytes.
  int size() {
    return size;
  }

  /// At least about what the encoded form takes, in bytes, without encoding it: a value costs a tag
  /// and a length beside what DynamoDB counts, which for the smallest values doubles it.
  int encodedBytes() {
    Bytes known = body;
    return known == null ? 2 * size : known.length();
  }

  Map<String, AttributeValue> attributes() {
    Map<String, AttributeValue> known = attributes;
    if (known == null) {
      known = ItemCodec.decode(body());
      attributes = known;
    }
    return known;
  }
}
