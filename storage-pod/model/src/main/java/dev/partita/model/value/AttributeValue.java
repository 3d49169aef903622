package dev.partita.model.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A DynamoDB attribute value. Values are valid by construction as far as one value can tell:
/// numbers are canonical, sets are not empty and hold no duplicates. Limits that depend on a whole
/// item (size, nesting) are checked where the item is known.
public sealed interface AttributeValue {

  /// The type descriptor used on the wire and by `attribute_type`: `S`, `N`, `B`, `BOOL`, …
  String type();

  record S(String value) implements AttributeValue {
    @Override
    public String type() {
      return "S";
    }
  }

  record N(DynamoNumber value) implements AttributeValue {
    @Override
    public String type() {
      return "N";
    }
  }

  record B(Bytes value) implements AttributeValue {
    @Override
    public String type() {
      return "B";
    }
  }

  record Bool(boolean value) implements AttributeValue {
    @Override
    public String type() {
      return "BOOL";
    }
  }

  record Null() implements AttributeValue {
    public static final Null INSTANCE = new Null();

    @Override
    public String type() {
      return "NULL";
    }
  }

  record SS(Set<String> values) implements AttributeValue {
    public SS {
      values = frozen(values);
    }

    @Override
    public String type() {
      return "SS";
    }
  }

  record NS(Set<DynamoNumber> values) implements AttributeValue {
    public NS {
      values = frozen(values);
    }

    @Override
    public String type() {
      return "NS";
    }
  }

  record BS(Set<Bytes> values) implements AttributeValue {
    public BS {
      values = frozen(values);
    }

    @Override
    public String type() {
      return "BS";
    }
  }

  record L(List<AttributeValue> values) implements AttributeValue {
    public L {
      values = List.copyOf(values);
    }

    @Override
    public String type() {
      return "L";
    }
  }

  /// Keeps the order in which the entries came; equality ignores it.
  record M(Map<String, AttributeValue> values) implements AttributeValue {
    public M {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Override
    public String type() {
      return "M";
    }
  }

  private static <T> Set<T> frozen(Set<T> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a set may not be empty");
    }
    return Collections.unmodifiableSet(new LinkedHashSet<>(values));
  }
}
