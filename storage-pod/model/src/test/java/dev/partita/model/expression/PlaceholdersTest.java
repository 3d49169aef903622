package dev.partita.model.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.error.ApiException;
import dev.partita.model.value.AttributeValue;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {

  private static final AttributeValue VALUE = new AttributeValue.S("x");

  @Test
  void emptyMapsAreRefused() {
    assertThatThrownBy(() -> Placeholders.checkNames(Map.of()))
        .isInstanceOf(ApiException.class)
        .hasMessage("ExpressionAttributeNames must not be empty");
    assertThatThrownBy(() -> Placeholders.checkValueKeys(Set.of()))
        .hasMessage("ExpressionAttributeValues must not be empty");
  }

  @ParameterizedTest
  @CsvSource({"x", "#", "#a-b", "#é", ":a", "##", "'#a '"})
  void malformedKeysAreRefused(String key) {
    assertThatThrownBy(() -> Placeholders.checkNames(Map.of(key, "a")))
        .hasMessage(
            "ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + key + "\"");
  }

  @Test
  void emptyAndOverlongKeysHaveTextsOfTheirOwn() {
    assertThatThrownBy(() -> Placeholders.checkValueKeys(Set.of("")))
        .hasMessage(
            "ExpressionAttributeValues contains invalid key: The expression attribute map contains"
                + " an empty key;");
    assertThatThrownBy(() -> Placeholders.checkValueKeys(Set.of(":" + "a".repeat(255))))
        .hasMessage(
            "ExpressionAttributeValues contains invalid key: The expression attribute map contains"
                + " a key that is too long; size of key: 256");
    assertThatCode(() -> Placeholders.checkValueKeys(Set.of(":" + "a".repeat(254))))
        .doesNotThrowAnyException();
  }

  @Test
  void namesMustStandForAttributes() {
    assertThatThrownBy(() -> Placeholders.checkNames(Map.of("#a", "")))
        .hasMessage(
            "ExpressionAttributeNames contains invalid value: Empty attribute name for key #a");
    assertThatThrownBy(() -> Placeholders.checkNames(Collections.singletonMap("#a", null)))
        .hasMessage("ExpressionAttributeNames contains invalid value: null for key #a");
    assertThatThrownBy(() -> Placeholders.checkNames(Map.of("#a", "é".repeat(32_768))))
        .hasMessageContaining("65535");
    assertThatCode(() -> Placeholders.checkNames(Map.of("#_1", "a".repeat(65_535))))
        .doesNotThrowAnyException();
  }

  @Test
  void whatNoExpressionMentionsIsRefusedNamesFirst() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("#a", "a");
    names.put("#b", "b");
    names.put("#c", "c");
    Placeholders placeholders = new Placeholders(names, Map.of(":x", VALUE));
    ExpressionParser.projection("#b", placeholders);

    assertThatThrownBy(placeholders::checkAllUsed)
        .hasMessage(
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #c}");

    ExpressionParser.projection("#a, x.#c", placeholders);
    assertThatThrownBy(placeholders::checkAllUsed)
        .hasMessage(
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:x}");

    ExpressionParser.condition("ConditionExpression", "a = :x", placeholders);
    assertThatCode(placeholders::checkAllUsed).doesNotThrowAnyException();
  }

  @Test
  void allReservedWordsAreKnown() {
    assertThat(ReservedWords.count()).isEqualTo(573);
    assertThat(ReservedWords.contains("sTaTuS")).isTrue();
    assertThat(ReservedWords.contains("stat")).isFalse();
  }

  /// DynamoDB Local counts characters; the service was measured to count bytes, before syntax.
  @Test
  void theSizeOfAnExpressionIsCountedInBytesBeforeItsSyntax() {
    assertThatThrownBy(() -> ExpressionParser.update("é".repeat(2049), Placeholders.none()))
        .hasMessage(
            "Invalid UpdateExpression: Expression size has exceeded the maximum allowed size;"
                + " expression size: 4098");
  }

  /// DynamoDB Local answers an internal error when `:b` is defined.
  @Test
  void aValueIsNoNameInAPath() {
    assertThatThrownBy(
            () ->
                ExpressionParser.condition(
                    "FilterExpression",
                    "a.:b = c",
                    new Placeholders(Map.of(), Map.of(":b", VALUE))))
        .hasMessage(
            "Invalid FilterExpression: An expression attribute name used in the document path is"
                + " not defined; attribute name: :b");
  }

  @Test
  void namesAndValuesMayEachTakeTwoMebibytesWithTheirPlaceholders() {
    Map<String, AttributeValue> most =
        Map.of(
            ":v0", new AttributeValue.S("x".repeat(1_048_573)),
            ":v1", new AttributeValue.S("x".repeat(1_048_573)));
    assertThatCode(() -> Placeholders.checkSizes(Map.of(), most)).doesNotThrowAnyException();
    Map<String, AttributeValue> more = new HashMap<>(most);
    more.put(":v1", new AttributeValue.S("x".repeat(1_048_574)));
    assertThatThrownBy(() -> Placeholders.checkSizes(Map.of(), more))
        .hasMessage("ExpressionAttributeValues exceeds max size");
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < 36; i++) {
      names.put("#" + i, "n".repeat(60_000));
    }
    assertThatThrownBy(() -> Placeholders.checkSizes(names, Map.of()))
        .hasMessage("ExpressionAttributeNames exceeds max size");
  }
}
