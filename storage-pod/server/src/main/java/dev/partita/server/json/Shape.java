package dev.partita.server.json;

import dev.partita.model.error.ConstraintTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a request member looks like: its JSON type and the constraints that DynamoDB's service
/// model puts on it. Shapes are built once, in code, and shared.
///
/// ```java
/// static final StructureShape INPUT =
///     Shape.structure("GetItemInput")
///         .optional("ReturnConsumedCapacity", Shape.text().oneOf("INDEXES", "TOTAL", "NONE"))
///         .required("TableName", Shape.tableName())
///         .required("Key", Shape.attributeMap());
/// ```
///
/// The order of members is the order in which violated constraints are reported.
public sealed interface Shape permits Shape.Scalar, Shape.ListOf, Shape.MapOf, StructureShape {

  int NO_MINIMUM = -1;
  int NO_MAXIMUM = Integer.MAX_VALUE;

  static StructureShape structure(String name) {
    return new StructureShape(name);
  }

  static Text text() {
    return new Text(NO_MINIMUM, NO_MAXIMUM, List.of(), List.of());
  }

  /// A table's name or ARN: 1 to 1,024 characters, and a plain name 3 to 255 characters of
  /// `[a-zA-Z0-9_.-]`.
  static Text tableName() {
    return text()
        .length(1, TableNames.MAX_ARN_LENGTH)
        .matching(TableNames.PATTERN, TableNames::hasValidCharacters)
        .rule(ConstraintTexts.minLength(TableNames.MIN_LENGTH), TableNames::isLongEnough)
        .rule(ConstraintTexts.maxLength(TableNames.MAX_LENGTH), TableNames::isShortEnough);
  }

  /// A table's name or ARN as the key of a map, where the service tells all constraints at once.
  static Text tableNameKey() {
    return text()
        .rule(
            ConstraintTexts.maxLength(TableNames.MAX_LENGTH),
            key ->
                key.length() <= TableNames.MAX_ARN_LENGTH
                    && TableNames.plain(key).length() <= TableNames.MAX_LENGTH)
        .rule(
            ConstraintTexts.minLength(TableNames.MIN_LENGTH),
            key -> TableNames.plain(key).length() >= TableNames.MIN_LENGTH)
        .matching(TableNames.PATTERN, TableNames::hasValidCharacters);
  }

  /// A number that Java would hold in an `int`; fractions are cut off.
  static Whole integer() {
    return new Whole("Integer", Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /// A number that Java would hold in a `long`; fractions are cut off.
  static Whole whole() {
    return new Whole("Long", Long.MIN_VALUE, Long.MAX_VALUE);
  }

  static Decimal decimal() {
    return new Decimal("Double");
  }

  /// Seconds since 1970, with a fraction.
  static Decimal timestamp() {
    return new Decimal("Date");
  }

  static Flag flag() {
    return new Flag();
  }

  static Blob blob() {
    return new Blob();
  }

  /// One attribute value, for example `{"S": "x"}`.
  static Attribute attribute() {
    return new Attribute();
  }

  /// A map of attribute values: an item, a key, expression values.
  static MapOf attributeMap() {
    return mapOf(attribute());
  }

  static ListOf listOf(Shape element) {
    return new ListOf(element, NO_MINIMUM, NO_MAXIMUM);
  }

  static MapOf mapOf(Shape value) {
    return new MapOf(null, value, NO_MINIMUM, NO_MAXIMUM);
  }

  /// Shapes without members of their own.
  sealed interface Scalar extends Shape {}

  /// @param minLength in characters, `NO_MINIMUM` for none
  /// @param maxLength in characters, `NO_MAXIMUM` for none
  /// @param rules further constraints
  /// @param values the allowed values in the order of the error text; empty for any
  record Text(int minLength, int maxLength, List<Rule> rules, List<String> values)
      implements Scalar {
    public Text {
      rules = List.copyOf(rules);
      values = List.copyOf(values);
    }

    public Text length(int min, int max) {
      return new Text(min, max, rules, values);
    }

    /// @param pattern as printed in the error text
    /// @param accepts decides; written in code because a regular expression is slower
    public Text matching(String pattern, Predicate<String> accepts) {
      return rule(ConstraintTexts.pattern(pattern), accepts);
    }

    /// @param constraint text of a violation, from `Member must …`
    /// @param accepts whether a text satisfies it
    public Text rule(String constraint, Predicate<String> accepts) {
      List<Rule> more = new ArrayList<>(rules);
      more.add(new Rule(constraint, accepts));
      return new Text(minLength, maxLength, more, values);
    }

    /// @param allowed in the order of the error text
    public Text oneOf(String... allowed) {
      return new Text(minLength, maxLength, rules, List.of(allowed));
    }

    /// A constraint as printed, and what it means.
    public record Rule(String constraint, Predicate<String> accepts) {}
  }

  /// @param javaName class name in error texts: `Integer` or `Long`
  record Whole(String javaName, long min, long max) implements Scalar {
    public Whole atLeast(long least) {
      return new Whole(javaName, least, max);
    }

    public Whole between(long least, long most) {
      return new Whole(javaName, least, most);
    }
  }

  /// @param javaName class name in error texts
  record Decimal(String javaName) implements Scalar {}

  record Flag() implements Scalar {}

  record Blob() implements Scalar {}

  record Attribute() implements Scalar {}

  record ListOf(Shape element, int minSize, int maxSize) implements Shape {
    public ListOf size(int min, int max) {
      return new ListOf(element, min, max);
    }
  }

  /// @param keys constraints on the keys, null for none
  record MapOf(@Nullable Text keys, Shape value, int minSize, int maxSize) implements Shape {
    public MapOf size(int min, int max) {
      return new MapOf(keys, value, min, max);
    }

    public MapOf keys(Text constraints) {
      return new MapOf(constraints, value, minSize, maxSize);
    }
  }
}
