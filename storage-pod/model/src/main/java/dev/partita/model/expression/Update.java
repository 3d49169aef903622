package dev.partita.model.expression;

import dev.partita.model.value.AttributeValue;
import java.util.List;

/// A parsed, validated update expression. Right-hand sides see the item as it was.
public record Update(
    List<SetAction> sets, List<Path> removes, List<AddAction> adds, List<DeleteAction> deletes) {
  public Update {
    sets = List.copyOf(sets);
    removes = List.copyOf(removes);
    adds = List.copyOf(adds);
    deletes = List.copyOf(deletes);
  }

  /// An UpdateItem without expression: it makes sure that the item exists.
  public static final Update NONE = new Update(List.of(), List.of(), List.of(), List.of());

  public record SetAction(Path path, SetValue value) {}

  /// @param value a number or a set
  public record AddAction(Path path, AttributeValue value) {}

  /// @param value a set
  public record DeleteAction(Path path, AttributeValue value) {}

  /// The right-hand side of SET.
  public sealed interface SetValue {
    record Plain(SetOperand operand) implements SetValue {}

    record Plus(SetOperand left, SetOperand right) implements SetValue {}

    record Minus(SetOperand left, SetOperand right) implements SetValue {}
  }

  public sealed interface SetOperand {
    record At(Path path) implements SetOperand {}

    record Literal(AttributeValue value) implements SetOperand {}

    record IfNotExists(Path path, SetOperand otherwise) implements SetOperand {}

    record ListAppend(SetOperand first, SetOperand second) implements SetOperand {}
  }
}
