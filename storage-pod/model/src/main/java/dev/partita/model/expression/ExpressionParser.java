package dev.partita.model.expression;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ExpressionTexts;
import dev.partita.model.value.ItemSize;
import java.util.ArrayList;
import java.util.List;

/// Turns the text of an expression into its checked tree, placeholders filled in.
///
/// The parsers are recursive descents over a token array; they name the same faults as DynamoDB, in
/// its order (see {@link Faults}), and stop at {@link ExpressionLimits}, so no input makes them
/// slow or deep. Placeholders that an expression mentions are marked as used.
public final class ExpressionParser {

  private ExpressionParser() {}

  /// Parses a condition or a filter.
  ///
  /// @param kind the parameter's name as it stands in the error texts: `ConditionExpression`,
  ///   `FilterExpression`
  /// @throws ApiException VALIDATION, `Invalid <kind>: …`
  public static Condition condition(String kind, String text, Placeholders placeholders) {
    checkSize(kind, text);
    Faults faults = new Faults(kind);
    Condition condition = new ConditionParser(new Lexer(kind, text), faults, placeholders).parse();
    faults.throwFirst();
    return condition;
  }

  /// Parses an `UpdateExpression`.
  ///
  /// @throws ApiException VALIDATION, `Invalid UpdateExpression: …`
  public static Update update(String text, Placeholders placeholders) {
    String kind = "UpdateExpression";
    checkSize(kind, text);
    Faults faults = new Faults(kind);
    Update update = new UpdateParser(new Lexer(kind, text), faults, placeholders).parse();
    faults.throwFirst();
    return update;
  }

  /// Parses a `ProjectionExpression`.
  ///
  /// @return the paths in the order of the text; no two overlap
  /// @throws ApiException VALIDATION, `Invalid ProjectionExpression: …`
  public static List<Path> projection(String text, Placeholders placeholders) {
    String kind = "ProjectionExpression";
    checkSize(kind, text);
    Faults faults = new Faults(kind);
    Lexer lexer = new Lexer(kind, text);
    OperandReader operands = new OperandReader(lexer, faults, placeholders);
    List<Path> paths = new ArrayList<>();
    do {
      // DynamoDB takes the last path first.
      paths.add(operands.path(Faults.Round.TARGETS, -paths.size()));
    } while (lexer.skipIf(TokenKind.COMMA));
    lexer.expect(TokenKind.END);
    PathOverlap.check(paths, faults);
    faults.throwFirst();
    return paths;
  }

  private static void checkSize(String kind, String text) {
    if (text.isEmpty()) {
      throw ApiException.validation(ExpressionTexts.invalid(kind, ExpressionTexts.EMPTY));
    }
    int limit = ExpressionLimits.MAX_EXPRESSION_BYTES;
    if (text.length() * 3L > limit) {
      int bytes = ItemSize.utf8Length(text);
      if (bytes > limit) {
        throw ApiException.validation(
            ExpressionTexts.invalid(kind, ExpressionTexts.tooLong(bytes)));
      }
    }
  }
}
