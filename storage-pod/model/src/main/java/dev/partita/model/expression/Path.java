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

  /// One step of a path.
  public sealed interface Step {
    record Attribute(String name) implements Step {}

    record Index(int index) implements Step {}
  }
}
