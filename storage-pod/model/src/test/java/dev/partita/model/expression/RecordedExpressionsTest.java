package dev.partita.model.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.model.expression.RecordedExpressions.Recorded;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every text, and which of several faults is told, as DynamoDB Local has them.
class RecordedExpressionsTest {

  /// DynamoDB Local does not know these two as reserved; the developer guide does.
  private static final Pattern RESERVED_WORD_MISSED_BY_LOCAL =
      Pattern.compile("(?i)(?<![#:\\w])(size|convert)(?!\\w|\\s*\\()");

  /// The second path it names is often one that has nothing to do with the first (the last of the
  /// tree it built); ours is the one that overlaps.
  private static final Pattern SECOND_PATH = Pattern.compile(", path two: .*");

  static Stream<Recorded> conditions() {
    return RecordedExpressions.in("conditions.tsv");
  }

  static Stream<Recorded> updates() {
    return RecordedExpressions.in("updates.tsv");
  }

  static Stream<Recorded> projections() {
    return RecordedExpressions.in("projections.tsv");
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void conditionIsAnsweredAsRecorded(Recorded recorded) {
    check(
        recorded,
        "ConditionExpression",
        () ->
            ExpressionParser.condition(
                "ConditionExpression", recorded.expression(), RecordedExpressions.placeholders()));
  }

  @ParameterizedTest
  @MethodSource("updates")
  void updateIsAnsweredAsRecorded(Recorded recorded) {
    check(
        recorded,
        "UpdateExpression",
        () -> ExpressionParser.update(recorded.expression(), RecordedExpressions.placeholders()));
  }

  @ParameterizedTest
  @MethodSource("projections")
  void projectionIsAnsweredAsRecorded(Recorded recorded) {
    check(
        recorded,
        "ProjectionExpression",
        () ->
            ExpressionParser.projection(recorded.expression(), RecordedExpressions.placeholders()));
  }

  private static void check(Recorded recorded, String kind, Runnable parse) {
    String answer = answer(kind, parse);
    if (RESERVED_WORD_MISSED_BY_LOCAL.matcher(recorded.expression()).find()
        && recorded.answer().equals("OK")) {
      assertThat(answer).startsWith("Attribute name is a reserved keyword; reserved keyword: ");
      return;
    }
    assertThat(comparable(answer)).isEqualTo(comparable(recorded.answer()));
  }

  private static String comparable(String answer) {
    return SECOND_PATH.matcher(answer).replaceFirst("");
  }

  private static String answer(String kind, Runnable parse) {
    try {
      parse.run();
      return "OK";
    } catch (ApiException e) {
      assertThat(e.type()).isEqualTo(ErrorType.VALIDATION);
      assertThat(e.getMessage()).startsWith("Invalid " + kind + ": ");
      return e.getMessage().substring(("Invalid " + kind + ": ").length());
    }
  }
}
