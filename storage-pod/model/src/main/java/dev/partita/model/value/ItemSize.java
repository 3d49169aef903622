package dev.partita.model.value;

import dev.partita.model.value.AttributeValue.B;
import dev.partita.model.value.AttributeValue.BS;
import dev.partita.model.value.AttributeValue.Bool;
import dev.partita.model.value.AttributeValue.L;
import dev.partita.model.value.AttributeValue.M;
import dev.partita.model.value.AttributeValue.N;
import dev.partita.model.value.AttributeValue.NS;
import dev.partita.model.value.AttributeValue.Null;
import dev.partita.model.value.AttributeValue.S;
import dev.partita.model.value.AttributeValue.SS;
import java.util.Map;

/// How large a value is in DynamoDB bytes: what the 400 KB limit and the capacity units count. Not
/// the size of its encoding.
public final class ItemSize {

  /// The largest item, in DynamoDB bytes.
  public static final int MAX_ITEM_BYTES = 400 * 1024;

  /// A list or map costs this, empty or not.
  public static final int CONTAINER_BYTES = 3;

  /// Every element of a list and every entry of a map costs this on top of its parts.
  public static final int ELEMENT_BYTES = 1;

  private ItemSize() {}

  /// An item: names and values.
  public static int ofAttributes(Map<String, AttributeValue> attributes) {
    int size = 0;
    for (Map.Entry<String, AttributeValue> entry : attributes.entrySet()) {
      size += utf8Length(entry.getKey()) + of(entry.getValue());
    }
    return size;
  }

  /// One value, without its name.
  public static int of(AttributeValue value) {
    return switch (value) {
      case S s -> utf8Length(s.value());
      case N n -> n.value().size();
      case B b -> b.value().length();
      case Bool _, Null _ -> 1;
      case SS set -> {
        int size = 0;
        for (String member : set.values()) {
          size += utf8Length(member);
        }
        yield size;
      }
      case NS set -> {
        int size = 0;
        for (DynamoNumber member : set.values()) {
          size += member.size();
        }
        yield size;
      }
      case BS set -> {
        int size = 0;
        for (Bytes member : set.values()) {
          size += member.length();
        }
        yield size;
      }
      case L list -> {
        int size = CONTAINER_BYTES;
        for (AttributeValue element : list.values()) {
          size += ELEMENT_BYTES + of(element);
        }
        yield size;
      }
      case M map ->
          CONTAINER_BYTES + ELEMENT_BYTES * map.values().size() + ofAttributes(map.values());
    };
  }

  /// Bytes of UTF-8 that a string takes; an unpaired surrogate counts as the `?` it is stored as.
  public static int utf8Length(String text) {
    int units = text.length();
    int bytes = units;
    for (int i = 0; i < units; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      if (c < 0x800) {
        bytes++;
      } else if (!Character.isSurrogate(c)) {
        bytes += 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < units
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 2;
        i++;
      }
    }
    return bytes;
  }
}
