package dev.partita.model.expression;

import java.util.List;

/// A parsed, validated condition or filter expression.
public sealed interface Condition {
  record And(List<Condition> terms) implements Condition {
    public And {
      terms = List.copyOf(terms);
    }
  }

  record Or(List<Condition> terms) implements Condition {
    public Or {
      terms = List.copyOf(terms);
    }
  }

  record Not(Condition term) implements Condition {}

  record Compare(Operand left, Comparator comparator, Operand right) implements Condition {}

  record Between(Operand operand, Operand lower, Operand upper) implements Condition {}

  record In(Operand operand, List<Operand> candidates) implements Condition {
    public In {
      candidates = List.copyOf(candidates);
    }
  }

  record AttributeExists(Path path) implements Condition {}

  record AttributeNotExists(Path path) implements Condition {}

  /// @param operand mostly a path; DynamoDB takes a literal or a size as well
  /// @param typeCode one of the ten type descriptors
  record AttributeType(Operand operand, String typeCode) implements Condition {}

  record BeginsWith(Operand operand, Operand prefix) implements Condition {}

  record Contains(Operand container, Operand member) implements Condition {}

  enum Comparator {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE
  }
}
