package dev.partita.model.expression;

import dev.partita.model.value.AttributeValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What conditions and updates ask of values: order, size, the value at a path.
final class Values {

  private Values() {}

  /// Order of two values of one ordered type (S, N, B). Source: strings and binaries by unsigned
  /// bytes, numbers by value.
  ///
  /// @throws IllegalArgumentException for other types or two types
  static int compare(AttributeValue a, AttributeValue b) {
    if (a instanceof AttributeValue.S(String x) && b instanceof AttributeValue.S(String y)) {
      return Utf8.compare(x, y);
    }
    if (a instanceof AttributeValue.N x && b instanceof AttributeValue.N y) {
      return x.value().compareTo(y.value());
    }
    if (a instanceof AttributeValue.B x && b instanceof AttributeValue.B y) {
      return x.value().compareTo(y.value());
    }
    throw new IllegalArgumentException("no order of " + a.type() + " and " + b.type());
  }

  /// Whether both are of one ordered type.
  static boolean comparable(AttributeValue a, AttributeValue b) {
    return (a instanceof AttributeValue.S && b instanceof AttributeValue.S)
        || (a instanceof AttributeValue.N && b instanceof AttributeValue.N)
        || (a instanceof AttributeValue.B && b instanceof AttributeValue.B);
  }

  /// What `size()` says: bytes of a binary, members of a container; -1 for types without a size. A
  /// string's length is that of its UTF-16 form, as DynamoDB Local and dynalite count; nobody has
  /// published what the service does beyond ASCII.
  static int size(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String s) -> s.length();
      case AttributeValue.B b -> b.value().length();
      case AttributeValue.SS s -> s.values().size();
      case AttributeValue.NS s -> s.values().size();
      case AttributeValue.BS s -> s.values().size();
      case AttributeValue.L l -> l.values().size();
      case AttributeValue.M m -> m.values().size();
      case AttributeValue.N _, AttributeValue.Bool _, AttributeValue.Null _ -> -1;
    };
  }

  /// The value at a path, or null where the path leads nowhere.
  static @Nullable AttributeValue at(Path path, Map<String, AttributeValue> item) {
    AttributeValue value = item.get(path.root());
    List<Path.Step> steps = path.steps();
    for (int i = 1; i < steps.size() && value != null; i++) {
      value = child(value, steps.get(i));
    }
    return value;
  }

  /// The member that one step leads to, or null.
  static @Nullable AttributeValue child(AttributeValue container, Path.Step step) {
    return switch (step) {
      case Path.Step.Attribute(String name) ->
          container instanceof AttributeValue.M m ? m.values().get(name) : null;
      case Path.Step.Index(int index) ->
          container instanceof AttributeValue.L l && index < l.values().size()
              ? l.values().get(index)
              : null;
    };
  }
}
