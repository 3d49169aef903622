package dev.partita.model.expression;

import dev.partita.model.value.AttributeValue;

/// What a condition compares.
public sealed interface Operand {
  record At(Path path) implements Operand {}

  record Literal(AttributeValue value) implements Operand {}

  /// `size(…)` of a path or of a literal; always a number where it is anything.
  record Size(Operand of) implements Operand {}
}
