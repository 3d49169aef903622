package dev.partita.model.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.model.error.ExpressionTexts;
import dev.partita.model.expression.RecordedExpressions.Recorded;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every text, and which of several faults is told, as DynamoDB Local has them.
class RecordedExpressionsTest {

  /// DynamoDB Local does not know these two as reserved; the developer guide does.
  private static final Pattern RESERVED_WORD_MISSED_BY_LOCAL =
      Pattern.compile("(?i)(?<![#:\\w])(size|convert)(?!\\w|\\s*\\()");

  /// The second path it names is often one that has nothing to do with the first (the last of the
  /// tree it built); ours is the one that overlaps.
  private static final Pattern SECOND_PATH = Pattern.compile(", path two: .*");

  @Test
  void conditionsAreAnsweredAsRecorded() {
    check(
        "conditions.tsv",
        "ConditionExpression",
        text ->
            ExpressionParser.condition(
                "ConditionExpression", text, RecordedExpressions.placeholders()));
  }

  @Test
  void updatesAreAnsweredAsRecorded() {
    check(
        "updates.tsv",
        "UpdateExpression",
        text -> ExpressionParser.update(text, RecordedExpressions.placeholders()));
  }

  @Test
  void projectionsAreAnsweredAsRecorded() {
    check(
        "projections.tsv",
        "ProjectionExpression",
        text -> ExpressionParser.projection(text, RecordedExpressions.placeholders()));
  }

  private static void check(String resource, String kind, Consumer<String> parse) {
    List<Recorded> cases = RecordedExpressions.in(resource).toList();
    assertThat(cases).hasSizeGreaterThan(40);
    assertThat(cases)
        .allSatisfy(
            recorded ->
                assertThat(comparable(answer(kind, recorded.expression(), parse)))
                    .isEqualTo(comparable(expected(recorded))));
  }

  private static String expected(Recorded recorded) {
    Matcher missed = RESERVED_WORD_MISSED_BY_LOCAL.matcher(recorded.expression());
    return recorded.answer().equals("OK") && missed.find()
        ? ExpressionTexts.reservedWord(missed.group(1))
        : recorded.answer();
  }

  private static String comparable(String answer) {
    return SECOND_PATH.matcher(answer).replaceFirst("");
  }

  private static String answer(String kind, String expression, Consumer<String> parse) {
    try {
      parse.accept(expression);
      return "OK";
    } catch (ApiException e) {
      assertThat(e.type()).isEqualTo(ErrorType.VALIDATION);
      assertThat(e.getMessage()).startsWith("Invalid " + kind + ": ");
      return e.getMessage().substring(("Invalid " + kind + ": ").length());
    }
  }
}
