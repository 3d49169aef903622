package dev.partita.model.expression;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ExpressionTexts;
import java.util.Arrays;

/// Cuts an expression into tokens, once, before parsing. A token is three numbers (kind, start,
/// end) in arrays: no object is made for it, and its text only where a name is needed.
///
/// Keywords are words in any case; they are never attribute names. Between tokens stand blanks,
/// tabs and line ends, nothing else.
final class Lexer {

  private static final int FIRST_CAPACITY = 64;

  private final String kindOfExpression;
  private final String text;
  private TokenKind[] kinds = new TokenKind[FIRST_CAPACITY];
  private int[] starts = new int[FIRST_CAPACITY];
  private int[] ends = new int[FIRST_CAPACITY];
  private int count;
  private int at;

  /// @param kindOfExpression e.g. `ConditionExpression`, for the error texts
  Lexer(String kindOfExpression, String text) {
    this.kindOfExpression = kindOfExpression;
    this.text = text;
    int position = 0;
    while (position < text.length()) {
      position = isBlank(text.charAt(position)) ? position + 1 : scan(position);
    }
    append(TokenKind.END, text.length(), text.length());
  }

  /// Kind of the token to be read next.
  TokenKind peek() {
    return kinds[at];
  }

  /// Kind of the token after that; END after the last.
  TokenKind peekSecond() {
    return kinds[Math.min(at + 1, count - 1)];
  }

  /// Where the next token begins.
  int position() {
    return starts[at];
  }

  String peekText() {
    return text.substring(starts[at], ends[at]);
  }

  String nextText() {
    String word = peekText();
    at++;
    return word;
  }

  /// Text of the token that was read last.
  String previousText() {
    return text.substring(starts[at - 1], ends[at - 1]);
  }

  /// Number of the next token, from 0.
  int index() {
    return at;
  }

  void skip() {
    at++;
  }

  boolean skipIf(TokenKind kind) {
    if (kinds[at] != kind) {
      return false;
    }
    at++;
    return true;
  }

  void expect(TokenKind kind) {
    if (!skipIf(kind)) {
      throw unexpected();
    }
  }

  /// The next token cannot follow what came before it. The text shows it between its neighbours, as
  /// they stand.
  ApiException unexpected() {
    int from = at == 0 ? 0 : starts[at - 1];
    int to = kinds[at] == TokenKind.END ? ends[at] : ends[at + 1];
    String token = kinds[at] == TokenKind.END ? "<EOF>" : peekText();
    return ApiException.validation(
        ExpressionTexts.syntaxError(kindOfExpression, token, text.substring(from, to)));
  }

  private int scan(int start) {
    char c = text.charAt(start);
    if (isLetter(c)) {
      int end = endOfWord(start + 1);
      append(keywordOrWord(start, end), start, end);
      return end;
    }
    if (c == '#' || c == ':') {
      int end = endOfWord(start + 1);
      if (end == start + 1) {
        return append(TokenKind.UNKNOWN, start, end);
      }
      return append(c == '#' ? TokenKind.NAME : TokenKind.VALUE, start, end);
    }
    if (isDigit(c)) {
      int end = start + 1;
      while (c != '0' && end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
      return append(TokenKind.INDEX, start, end);
    }
    return scanSymbol(c, start);
  }

  private int scanSymbol(char c, int start) {
    char next = start + 1 < text.length() ? text.charAt(start + 1) : ' ';
    return switch (c) {
      case '=' -> append(TokenKind.EQ, start, start + 1);
      case '<' ->
          next == '>'
              ? append(TokenKind.NE, start, start + 2)
              : next == '='
                  ? append(TokenKind.LE, start, start + 2)
                  : append(TokenKind.LT, start, start + 1);
      case '>' ->
          next == '='
              ? append(TokenKind.GE, start, start + 2)
              : append(TokenKind.GT, start, start + 1);
      case '+' -> append(TokenKind.PLUS, start, start + 1);
      case '-' -> append(TokenKind.MINUS, start, start + 1);
      case '(' -> append(TokenKind.OPEN, start, start + 1);
      case ')' -> append(TokenKind.CLOSE, start, start + 1);
      case '[' -> append(TokenKind.OPEN_BRACKET, start, start + 1);
      case ']' -> append(TokenKind.CLOSE_BRACKET, start, start + 1);
      case ',' -> append(TokenKind.COMMA, start, start + 1);
      case '.' -> append(TokenKind.DOT, start, start + 1);
      // A whole code point, so that half a surrogate pair never reaches a response.
      default ->
          append(TokenKind.UNKNOWN, start, start + Character.charCount(text.codePointAt(start)));
    };
  }

  private int append(TokenKind kind, int start, int end) {
    if (count == kinds.length) {
      kinds = Arrays.copyOf(kinds, count * 2);
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    kinds[count] = kind;
    starts[count] = start;
    ends[count] = end;
    count++;
    return end;
  }

  private TokenKind keywordOrWord(int start, int end) {
    return switch (end - start) {
      case 2 -> is("OR", start) ? TokenKind.OR : is("IN", start) ? TokenKind.IN : TokenKind.WORD;
      case 3 ->
          is("AND", start)
              ? TokenKind.AND
              : is("NOT", start)
                  ? TokenKind.NOT
                  : is("SET", start)
                      ? TokenKind.SET
                      : is("ADD", start) ? TokenKind.ADD : TokenKind.WORD;
      case 6 ->
          is("REMOVE", start)
              ? TokenKind.REMOVE
              : is("DELETE", start) ? TokenKind.DELETE : TokenKind.WORD;
      case 7 -> is("BETWEEN", start) ? TokenKind.BETWEEN : TokenKind.WORD;
      default -> TokenKind.WORD;
    };
  }

  private boolean is(String keyword, int start) {
    return text.regionMatches(true, start, keyword, 0, keyword.length());
  }

  private int endOfWord(int from) {
    int end = from;
    while (end < text.length() && isWordPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isWordPart(char c) {
    return isLetter(c) || isDigit(c) || c == '_';
  }
}
