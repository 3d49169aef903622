package dev.partita.model.expression;

import java.util.function.Consumer;

/// Walks over the paths that conditions and updates mention, in the order of their text.
public final class MentionedPaths {

  private MentionedPaths() {}

  public static void of(Condition condition, Consumer<Path> each) {
    switch (condition) {
      case Condition.And and -> and.terms().forEach(term -> of(term, each));
      case Condition.Or or -> or.terms().forEach(term -> of(term, each));
      case Condition.Not(Condition term) -> of(term, each);
      case Condition.Compare compare -> {
        of(compare.left(), each);
        of(compare.right(), each);
      }
      case Condition.Between between -> {
        of(between.operand(), each);
        of(between.lower(), each);
        of(between.upper(), each);
      }
      case Condition.In in -> {
        of(in.operand(), each);
        in.candidates().forEach(candidate -> of(candidate, each));
      }
      case Condition.AttributeExists(Path path) -> each.accept(path);
      case Condition.AttributeNotExists(Path path) -> each.accept(path);
      case Condition.AttributeType type -> of(type.operand(), each);
      case Condition.BeginsWith(Operand operand, Operand prefix) -> {
        of(operand, each);
        of(prefix, each);
      }
      case Condition.Contains(Operand container, Operand member) -> {
        of(container, each);
        of(member, each);
      }
    }
  }

  /// Those that are changed and those that are read.
  public static void of(Update update, Consumer<Path> each) {
    for (Update.SetAction action : update.sets()) {
      each.accept(action.path());
      switch (action.value()) {
        case Update.SetValue.Plain(Update.SetOperand operand) -> of(operand, each);
        case Update.SetValue.Plus(Update.SetOperand left, Update.SetOperand right) -> {
          of(left, each);
          of(right, each);
        }
        case Update.SetValue.Minus(Update.SetOperand left, Update.SetOperand right) -> {
          of(left, each);
          of(right, each);
        }
      }
    }
    update.removes().forEach(each);
    update.adds().forEach(action -> each.accept(action.path()));
    update.deletes().forEach(action -> each.accept(action.path()));
  }

  private static void of(Update.SetOperand operand, Consumer<Path> each) {
    switch (operand) {
      case Update.SetOperand.At(Path path) -> each.accept(path);
      case Update.SetOperand.Literal _ -> {}
      case Update.SetOperand.IfNotExists(Path path, Update.SetOperand otherwise) -> {
        each.accept(path);
        of(otherwise, each);
      }
      case Update.SetOperand.ListAppend(Update.SetOperand first, Update.SetOperand second) -> {
        of(first, each);
        of(second, each);
      }
    }
  }

  private static void of(Operand operand, Consumer<Path> each) {
    switch (operand) {
      case Operand.At(Path path) -> each.accept(path);
      case Operand.Literal _ -> {}
      case Operand.Size(Operand measured) -> of(measured, each);
    }
  }
}
