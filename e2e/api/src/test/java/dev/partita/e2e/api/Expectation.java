package dev.partita.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.function.UnaryOperator;

/// The one thing that a case says of an answer.
///
/// @param mark what is said, see [CaseFile]
/// @param subject the path into the answer, or the error's type
/// @param object what is expected there, before names are filled in
record Expectation(String mark, String subject, String object) {

  static final List<String> MARKS = List.of("=", "*", "-", "+", "~", "!", "!~", "!=");

  static Expectation parse(String line) {
    String[] parts = line.split(" ", 3);
    return new Expectation(
        parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2].strip() : "");
  }

  boolean wantsFailure() {
    return mark.charAt(0) == '!';
  }

  Expectation filled(UnaryOperator<String> fill) {
    return new Expectation(mark, fill.apply(subject), fill.apply(object));
  }

  /// @param outcome what came back
  void check(Outcome outcome) {
    if (!wantsFailure() || !outcome.failed()) {
      assertThat(outcome.failed() ? outcome.type() + ": " + outcome.message() : "an answer")
          .as("what came back: %s", outcome.body())
          .isEqualTo(wantsFailure() ? subject + ": " + object : "an answer");
    }
    JsonNode there = mark.equals("!") ? MissingNode.getInstance() : outcome.at(subject);
    switch (mark) {
      case "=", "!=" ->
          assertThat(Normal.of(there)).isEqualTo(Normal.of(Placeholders.json(object)));
      case "*" ->
          assertThat(Normal.inAnyOrder(there))
              .isEqualTo(Normal.inAnyOrder(Placeholders.json(object)));
      case "-" -> assertThat(there.isMissingNode()).as("absent, but is %s", there).isTrue();
      case "+" -> assertThat(there.isMissingNode()).as("in %s", outcome.body()).isFalse();
      case "~" -> assertThat(there.asText()).matches(object);
      case "!~" ->
          assertThat(outcome.type() + ": " + outcome.message())
              .startsWith(subject + ": ")
              .contains(object);
      case "!" ->
          assertThat(outcome.type() + ": " + (object.isEmpty() ? "" : outcome.message()))
              .isEqualTo(subject + ": " + object);
      default -> throw new IllegalArgumentException("no mark: " + mark);
    }
  }
}
