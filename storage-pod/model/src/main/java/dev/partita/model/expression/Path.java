package dev.partita.model.expression;

import java.util.List;

/// A document path with its placeholders resolved: `a.b[2]`.
///
/// @param steps at least one; the first is an attribute of the item
public record Path(List<Step> steps) {
  public Path {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || !(steps.getFirst() instanceof Step.Attribute)) {
      throw new IllegalArgumentException("a path starts with an attribute name");
    }
  }

  public static Path of(String attribute) {
    return new Path(List.of(new Step.Attribute(attribute)));
  }

  /// The top-level attribute that the path lies in.
  public String root() {
    return ((Step.Attribute) steps.getFirst()).name();
  }

  /// As DynamoDB's error texts show it: `[a, b, [2]]`.
  public String inBrackets() {
    StringBuilder text = new StringBuilder("[");
    for (Step step : steps) {
      if (text.length() > 1) {
        text.append(", ");
      }
      switch (step) {
        case Step.Attribute(String name) -> text.append(name);
        case Step.Index(int index) -> text.append('[').append(index).append(']');
      }
    }
    return text.append(']').toString();
  }

  /// One step of a path.
  public sealed interface Step {
    record Attribute(String name) implements Step {}

    record Index(int index) implements Step {}
  }
}
