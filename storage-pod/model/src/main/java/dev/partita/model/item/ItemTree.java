package dev.partita.model.item;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import dev.partita.model.value.NumberCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Builds values from encoded bytes. Stricter than the walk: text must be UTF-8, names and set
/// members unique. Total, like everything that decodes.
final class ItemTree {

  private ItemTree() {}

  /// @param levels how many lists and maps may lie in each entry, in each other
  static Map<String, AttributeValue> entries(ByteReader in, int levels) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    for (int mark = in.varint(); mark != ItemTags.END; mark = in.varint()) {
      String name = ByteReader.utf8(in.array(), in.skip(mark - 1), mark - 1);
      if (values.put(name, value(in.u8(), in, levels)) != null) {
        throw new CorruptDataException("an attribute comes twice");
      }
    }
    return values;
  }

  /// @param tag of the value, already read
  static AttributeValue value(int tag, ByteReader in, int levels) {
    return switch (tag) {
      case ItemTags.STRING -> new AttributeValue.S(in.string());
      case ItemTags.NUMBER -> new AttributeValue.N(number(in));
      case ItemTags.BINARY -> new AttributeValue.B(in.bytes());
      case ItemTags.FALSE -> new AttributeValue.Bool(false);
      case ItemTags.TRUE -> new AttributeValue.Bool(true);
      case ItemTags.NULL -> AttributeValue.Null.INSTANCE;
      case ItemTags.LIST -> {
        deeper(levels);
        List<AttributeValue> values = new ArrayList<>();
        for (int next = in.u8(); next != ItemTags.END; next = in.u8()) {
          values.add(value(next, in, levels - 1));
        }
        yield new AttributeValue.L(values);
      }
      case ItemTags.MAP -> {
        deeper(levels);
        yield new AttributeValue.M(entries(in, levels - 1));
      }
      case ItemTags.STRING_SET -> {
        Set<String> members = new LinkedHashSet<>();
        for (int mark = in.varint(); mark != ItemTags.END; mark = in.varint()) {
          add(members, ByteReader.utf8(in.array(), in.skip(mark - 1), mark - 1));
        }
        yield new AttributeValue.SS(filled(members));
      }
      case ItemTags.NUMBER_SET -> {
        Set<DynamoNumber> members = new LinkedHashSet<>();
        for (int mark = in.u8(); mark != ItemTags.END; mark = in.u8()) {
          if (mark != ItemTags.NUMBER) {
            throw new CorruptDataException("tag " + mark + " in a set of numbers");
          }
          add(members, number(in));
        }
        yield new AttributeValue.NS(filled(members));
      }
      case ItemTags.BINARY_SET -> {
        Set<Bytes> members = new LinkedHashSet<>();
        for (int mark = in.varint(); mark != ItemTags.END; mark = in.varint()) {
          int from = in.skip(mark - 1);
          add(members, Bytes.copy(in.array(), from, mark - 1));
        }
        yield new AttributeValue.BS(filled(members));
      }
      default -> throw new CorruptDataException("unknown tag " + tag);
    };
  }

  private static DynamoNumber number(ByteReader in) {
    int from = in.position();
    int length = NumberCode.end(in.array(), from, from + in.remaining()) - from;
    return DynamoNumber.ofCode(in.array(), in.skip(length), length);
  }

  private static <T> void add(Set<T> members, T member) {
    if (!members.add(member)) {
      throw new CorruptDataException("a member of a set comes twice");
    }
  }

  private static <T> Set<T> filled(Set<T> members) {
    if (members.isEmpty()) {
      throw new CorruptDataException("empty set");
    }
    return members;
  }

  private static void deeper(int levels) {
    if (levels == 0) {
      throw new CorruptDataException("lists and maps too deep in each other");
    }
  }
}
