package dev.partita.partition;

import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.StoredItem;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An item as a command finds or leaves it: encoded, decoded when first asked for. Used by one
/// thread at a time.
final class Image {

  private final Bytes body;
  private final int size;
  private @Nullable Map<String, AttributeValue> attributes;

  /// @param body encoded attribute map
  /// @param size in DynamoDB bytes
  /// @param attributes the same, decoded; null if not at hand
  Image(Bytes body, int size, @Nullable Map<String, AttributeValue> attributes) {
    this.body = body;
    this.size = size;
    this.attributes = attributes;
  }

  /// @param stored header and attributes, as a row's value; null where there is no item
  static @Nullable Image ofStored(byte @Nullable [] stored) {
    return stored == null
        ? null
        : new Image(StoredItem.body(stored), StoredItem.header(stored).size(), null);
  }

  Bytes body() {
    return body;
  }

  int size() {
    return size;
  }

  Map<String, AttributeValue> attributes() {
    Map<String, AttributeValue> known = attributes;
    if (known == null) {
      known = ItemCodec.decode(body);
      attributes = known;
    }
    return known;
  }
}
