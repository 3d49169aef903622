package dev.partita.server.json;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ConstraintTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks the constraints of the service model and reports all violations in one message, in the
/// style of most Regions: `2 validation errors detected: Value null at 'tableName' failed to
/// satisfy constraint: Member must not be null; …`. At most ten are told.
final class Constraints {

  /// Violations in one message.
  static final int MAX_TOLD = 10;

  private final List<String> violations = new ArrayList<>();

  private Constraints() {}

  static void check(StructureShape shape, Structure request) {
    if (isClean(shape, request)) {
      return;
    }
    Constraints constraints = new Constraints();
    constraints.structure(shape, request, "");
    List<String> told = constraints.violations;
    throw ApiException.validation(ConstraintTexts.detected(told));
  }

  /// The same checks without paths and texts: what almost every request pays.
  private static boolean isClean(StructureShape shape, Structure request) {
    for (StructureShape.Member member : shape.members()) {
      Object value = request.at(member);
      if (value == null ? member.required() : !isClean(member.shape(), value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isClean(Shape shape, Object value) {
    return switch (shape) {
      case Shape.Text text -> firstOf(text, (String) value) == null;
      case Shape.Whole whole -> (Long) value >= whole.min() && (Long) value <= whole.max();
      case Shape.Decimal _, Shape.Flag _, Shape.Blob _, Shape.Attribute _ -> true;
      case Shape.ListOf list -> {
        List<?> elements = (List<?>) value;
        boolean clean = elements.size() >= list.minSize() && elements.size() <= list.maxSize();
        for (int i = 0; clean && i < elements.size(); i++) {
          clean = isClean(list.element(), elements.get(i));
        }
        yield clean;
      }
      case Shape.MapOf map -> {
        if (!(value instanceof Map<?, ?> entries)) {
          yield true;
        }
        boolean clean = entries.size() >= map.minSize() && entries.size() <= map.maxSize();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
          clean =
              clean
                  && (map.keys() == null || firstOf(map.keys(), (String) entry.getKey()) == null)
                  && isClean(map.value(), entry.getValue());
        }
        yield clean;
      }
      case StructureShape structure -> isClean(structure, (Structure) value);
    };
  }

  private void structure(StructureShape shape, Structure value, String path) {
    for (StructureShape.Member member : shape.members()) {
      String at =
          path.isEmpty() ? lowerFirst(member.name()) : path + "." + lowerFirst(member.name());
      Object child = value.at(member);
      if (child != null) {
        value(member.shape(), child, at);
      } else if (member.required()) {
        violated(null, at, ConstraintTexts.NOT_NULL);
      }
    }
  }

  private void value(Shape shape, Object value, String path) {
    switch (shape) {
      case Shape.Text text -> {
        for (String constraint : allOf(text, (String) value)) {
          violated(value, path, constraint);
        }
      }
      case Shape.Whole whole -> {
        if ((Long) value < whole.min()) {
          violated(value, path, ConstraintTexts.minValue(whole.min()));
        } else if ((Long) value > whole.max()) {
          violated(value, path, ConstraintTexts.maxValue(whole.max()));
        }
      }
      case Shape.Decimal _, Shape.Flag _, Shape.Blob _, Shape.Attribute _ -> {}
      case Shape.ListOf list -> list(list, (List<?>) value, path);
      case Shape.MapOf map -> {
        if (value instanceof Map<?, ?> entries) {
          map(map, entries, path);
        }
      }
      case StructureShape structure -> structure(structure, (Structure) value, path);
    }
  }

  private void list(Shape.ListOf shape, List<?> elements, String path) {
    size(elements.size(), shape.minSize(), shape.maxSize(), elements, path);
    elements(shape, elements, path);
  }

  private void elements(Shape.ListOf shape, List<?> elements, String path) {
    for (int i = 0; i < elements.size(); i++) {
      value(shape.element(), elements.get(i), path + "." + (i + 1) + ".member");
    }
  }

  private void map(Shape.MapOf shape, Map<?, ?> entries, String path) {
    size(entries.size(), shape.minSize(), shape.maxSize(), entries, path);
    Shape.Text keys = shape.keys();
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      if (keys != null && firstOf(keys, (String) entry.getKey()) != null) {
        violated(entries, path, ConstraintTexts.mapKeys(keyConstraints(keys)));
      }
      String at = path + "." + entry.getKey() + ".member";
      if (shape.value() instanceof Shape.ListOf list && entry.getValue() instanceof List<?> child) {
        // The size of a list in a map is told as a constraint on the map.
        if (child.size() < list.minSize() || child.size() > list.maxSize()) {
          violated(
              entries,
              path,
              ConstraintTexts.mapValues(
                  List.of(
                      ConstraintTexts.maxLength(list.maxSize()),
                      ConstraintTexts.minLength(list.minSize()))));
        }
        elements(list, child, at);
      } else {
        value(shape.value(), entry.getValue(), at);
      }
    }
  }

  private static List<String> keyConstraints(Shape.Text keys) {
    List<String> constraints = new ArrayList<>();
    if (keys.maxLength() != Shape.NO_MAXIMUM) {
      constraints.add(ConstraintTexts.maxLength(keys.maxLength()));
    }
    if (keys.minLength() != Shape.NO_MINIMUM) {
      constraints.add(ConstraintTexts.minLength(keys.minLength()));
    }
    for (Shape.Text.Rule rule : keys.rules()) {
      constraints.add(rule.constraint());
    }
    return constraints;
  }

  private void size(int size, int min, int max, Object value, String path) {
    if (size < min) {
      violated(value, path, ConstraintTexts.minLength(min));
    } else if (size > max) {
      violated(value, path, ConstraintTexts.maxLength(max));
    }
  }

  private static @Nullable String firstOf(Shape.Text shape, String text) {
    int length = text.length();
    if (length < shape.minLength()) {
      return ConstraintTexts.minLength(shape.minLength());
    }
    if (length > shape.maxLength()) {
      return ConstraintTexts.maxLength(shape.maxLength());
    }
    if (!shape.values().isEmpty() && !shape.values().contains(text)) {
      return ConstraintTexts.oneOf(shape.values());
    }
    for (Shape.Text.Rule rule : shape.rules()) {
      if (!rule.accepts().test(text)) {
        return rule.constraint();
      }
    }
    return null;
  }

  /// Every rule that a text breaks, then its length or that it is none of the known values.
  private static List<String> allOf(Shape.Text shape, String text) {
    List<String> broken = new ArrayList<>();
    for (Shape.Text.Rule rule : shape.rules()) {
      if (!rule.accepts().test(text)) {
        broken.add(rule.constraint());
      }
    }
    String first = firstOf(shape, text);
    if (first != null && !broken.contains(first)) {
      broken.add(first);
    }
    return broken;
  }

  private void violated(@Nullable Object value, String path, String constraint) {
    if (violations.size() < MAX_TOLD) {
      violations.add(
          ConstraintTexts.violated(
              value == null ? null : PrintedValue.of(value), path, constraint));
    }
  }

  private static String lowerFirst(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
