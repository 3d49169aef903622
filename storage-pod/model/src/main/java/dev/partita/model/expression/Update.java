package dev.partita.model.expression;

import dev.partita.model.value.AttributeValue;
import java.util.List;

/// A parsed, validated update. Right-hand sides see the item as it was.
///
/// @param origin where it was read from, which shows in what is said if the item does not allow it
public record Update(
    List<SetAction> sets,
    List<Path> removes,
    List<AddAction> adds,
    List<DeleteAction> deletes,
    Origin origin) {

  /// The parameter of UpdateItem.
  public enum Origin {
    UPDATE_EXPRESSION,
    ATTRIBUTE_UPDATES
  }

  public Update {
    sets = List.copyOf(sets);
    removes = List.copyOf(removes);
    adds = List.copyOf(adds);
    deletes = List.copyOf(deletes);
  }

  /// From an update expression.
  public Update(
      List<SetAction> sets, List<Path> removes, List<AddAction> adds, List<DeleteAction> deletes) {
    this(sets, removes, adds, deletes, Origin.UPDATE_EXPRESSION);
  }

  /// An UpdateItem without expression: it makes sure that the item exists.
  public static final Update NONE = new Update(List.of(), List.of(), List.of(), List.of());

  /// Whether all that it does is to take something away. Such an update creates no item, while one
  /// without any action does. Source: Alternator's tests, which hold against the service too
  /// (scylladb issue 5862).
  public boolean onlyTakesAway() {
    return sets.isEmpty() && adds.isEmpty() && !(removes.isEmpty() && deletes.isEmpty());
  }

  public record SetAction(Path path, SetValue value) {}

  /// @param value a number or a set; in `AttributeUpdates` also a list, which is appended
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
