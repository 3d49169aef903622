package dev.partita.model.expression;

import dev.partita.model.error.ExpressionTexts;
import dev.partita.model.value.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what all kinds of expressions are made of: document paths, value placeholders, groups in
/// parentheses. Counts operators and nesting.
final class OperandReader {

  /// Stands in for what is undefined; the expression is refused in the end.
  static final AttributeValue UNDEFINED = AttributeValue.Null.INSTANCE;

  private final Lexer lexer;
  private final Faults faults;
  private final Placeholders placeholders;
  private int operators;
  private int openFrames;
  private int closedGroupStart = -1;
  private int closedGroupEnd = -1;

  OperandReader(Lexer lexer, Faults faults, Placeholders placeholders) {
    this.lexer = lexer;
    this.faults = faults;
    this.placeholders = placeholders;
  }

  /// Reads a path, which must be there.
  ///
  /// @param round where undefined names and too many steps are told
  Path path(Faults.Round round, int place) {
    String undefined = null;
    TokenKind first = lexer.peek();
    if (first != TokenKind.WORD && first != TokenKind.NAME) {
      throw lexer.unexpected();
    }
    String name = attribute();
    if (name == null) {
      undefined = lexer.previousText();
      name = undefined;
    }
    TokenKind next = lexer.peek();
    if (next != TokenKind.DOT && next != TokenKind.OPEN_BRACKET) {
      if (undefined != null) {
        faults.add(round, place, ExpressionTexts.undefinedName(undefined));
      }
      return Path.of(name);
    }
    List<Path.Step> steps = new ArrayList<>();
    steps.add(new Path.Step.Attribute(name));
    while (true) {
      if (lexer.skipIf(TokenKind.DOT)) {
        String member = attribute();
        if (member == null) {
          member = lexer.previousText();
          undefined = undefined == null ? member : undefined;
        }
        steps.add(new Path.Step.Attribute(member));
      } else if (lexer.skipIf(TokenKind.OPEN_BRACKET)) {
        steps.add(new Path.Step.Index(index()));
        lexer.expect(TokenKind.CLOSE_BRACKET);
      } else {
        break;
      }
    }
    if (steps.size() > ExpressionLimits.MAX_PATH_STEPS) {
      faults.add(round, place, ExpressionTexts.tooDeep(steps.size()));
    }
    if (undefined != null) {
      faults.add(round, place, ExpressionTexts.undefinedName(undefined));
    }
    return new Path(steps);
  }

  /// Reads a value placeholder, which must be there.
  AttributeValue value(int place) {
    if (lexer.peek() != TokenKind.VALUE) {
      throw lexer.unexpected();
    }
    String placeholder = lexer.nextText();
    AttributeValue value = placeholders.value(placeholder);
    if (value == null) {
      faults.add(Faults.Round.OPERANDS, place, ExpressionTexts.undefinedValue(placeholder));
      return UNDEFINED;
    }
    return value;
  }

  /// Notes one operator. Called when its operands are read, as DynamoDB counts.
  void countOperator(int place) {
    operators++;
    if (operators == ExpressionLimits.MAX_OPERATORS + 1) {
      faults.add(Faults.Round.OPERANDS, place, ExpressionTexts.tooManyOperators(operators));
    }
  }

  /// Opens a parenthesis.
  ///
  /// @return to be given to {@link #closeGroup}
  int openGroup() {
    int start = lexer.index();
    lexer.expect(TokenKind.OPEN);
    enter(ExpressionLimits.FRAMES_OF_GROUP, ExpressionTexts.REDUNDANT_PARENTHESES);
    return start;
  }

  /// Closes it. Redundant is a group that holds one group and nothing else.
  void closeGroup(int start) {
    if (lexer.peek() == TokenKind.CLOSE
        && closedGroupStart == start + 1
        && closedGroupEnd == lexer.index() - 1) {
      faults.add(Faults.Round.PARENTHESES, 0, ExpressionTexts.REDUNDANT_PARENTHESES);
    }
    closedGroupStart = start;
    closedGroupEnd = lexer.index();
    lexer.expect(TokenKind.CLOSE);
    openFrames -= ExpressionLimits.FRAMES_OF_GROUP;
  }

  /// Opens the parenthesis of a function call.
  void openCall(String function) {
    lexer.expect(TokenKind.OPEN);
    enter(ExpressionLimits.FRAMES_OF_CALL, ExpressionTexts.functionOutOfPlace(function));
  }

  /// Closes it.
  void closeCall() {
    lexer.expect(TokenKind.CLOSE);
    openFrames -= ExpressionLimits.FRAMES_OF_CALL;
  }

  /// @param whenTooDeep what is wrong with an expression that nests so deep
  private void enter(int frames, String whenTooDeep) {
    openFrames += frames;
    if (openFrames > ExpressionLimits.MAX_OPEN_FRAMES) {
      throw faults.now(whenTooDeep);
    }
  }

  /// @return the attribute's name, or null for an undefined placeholder
  private @Nullable String attribute() {
    TokenKind kind = lexer.peek();
    if (kind == TokenKind.WORD) {
      int position = lexer.position();
      String word = lexer.nextText();
      if (ReservedWords.contains(word)) {
        faults.add(Faults.Round.NAMES, position, ExpressionTexts.reservedWord(word));
      }
      return word;
    }
    // A value placeholder after a dot passes DynamoDB's grammar, and is never a defined name.
    if (kind == TokenKind.NAME || kind == TokenKind.VALUE) {
      return placeholders.name(lexer.nextText());
    }
    throw lexer.unexpected();
  }

  private int index() {
    if (lexer.peek() != TokenKind.INDEX) {
      throw lexer.unexpected();
    }
    int position = lexer.position();
    String digits = lexer.nextText();
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException _) {
      faults.add(Faults.Round.NAMES, position, ExpressionTexts.indexOutOfRange(digits));
      return 0;
    }
  }
}
