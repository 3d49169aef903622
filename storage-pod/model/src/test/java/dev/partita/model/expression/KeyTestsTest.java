package dev.partita.model.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.error.ApiException;
import dev.partita.model.table.KeyAttributes;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.value.AttributeValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Key conditions, as expressions and as `KeyConditions`. Texts and their order were seen from
/// DynamoDB Local and from recordings of the service.
class KeyTestsTest {

  private static final KeyAttributes RANGED = new KeyAttributes("a", KeyType.S, "b", KeyType.N);
  private static final KeyAttributes TEXTS = new KeyAttributes("a", KeyType.S, "b", KeyType.S);
  private static final KeyAttributes HASHED = new KeyAttributes("a", KeyType.S, null, null);

  private static final Map<String, AttributeValue> VALUES = new HashMap<>();

  static {
    Documents.item("{a: 'k', n: 1, m: 5, s: 'x', t: true, z: <'a'>, l: [], bin: 0x78}")
        .forEach((name, value) -> VALUES.put(":" + name, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          a = :a                          | null
          (a = :a)                        | null
          :a = a                          | null
          a = :a AND b = :n               | Equal[value=1]
          b = :n AND a = :a               | Equal[value=1]
          (a = :a AND (b = :n))           | Equal[value=1]
          a = :a AND b < :n               | Less[value=1]
          a = :a AND :n > b               | Less[value=1]
          a = :a AND :n >= b              | LessOrEqual[value=1]
          a = :a AND :n < b               | Greater[value=1]
          a = :a AND b >= :n              | GreaterOrEqual[value=1]
          a = :a AND b BETWEEN :n AND :m  | Between[lower=1, upper=5]
          """)
  void key_conditions_say_which_rows(String expression, String sort) {
    KeyCondition condition = parsed(expression).against(RANGED);
    assertThat(condition.hash()).isEqualTo(new AttributeValue.S("k"));
    assertThat(String.valueOf(condition.sort()).replaceAll("N\\[value=([^\\]]*)\\]", "$1"))
        .isEqualTo(sort);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          a <> :a                            | Invalid operator used in KeyConditionExpression: <>
          a = :a OR b = :n                   | Invalid operator used in KeyConditionExpression: OR
          a = :a AND b = :n OR b = :m        | Invalid operator used in KeyConditionExpression: OR
          a = :a AND (b = :n OR b = :m)      | Invalid operator used in KeyConditionExpression: OR
          NOT a = :a                         | Invalid operator used in KeyConditionExpression: NOT
          a = :a AND NOT NOT b = :n          | Invalid operator used in KeyConditionExpression: NOT
          a = :a AND b IN (:n)               | Invalid operator used in KeyConditionExpression: IN
          a IN (size(b))                     | Invalid operator used in KeyConditionExpression: IN
          a = :a AND attribute_exists(b)     | Invalid operator used in KeyConditionExpression: attribute_exists
          attribute_not_exists(a)            | Invalid operator used in KeyConditionExpression: attribute_not_exists
          a = :a AND contains(b, :s)         | Invalid operator used in KeyConditionExpression: contains
          b <> :n AND a < :a                 | Invalid operator used in KeyConditionExpression: <>
          size(a) = :n                       | KeyConditionExpressions cannot contain nested operations
          a = :a AND b BETWEEN size(a) AND :n | KeyConditionExpressions cannot contain nested operations
          a = :a AND :n BETWEEN b AND :m     | Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand
          a = :a AND begins_with(:s, b)      | Invalid condition in KeyConditionExpression: begins_with operator must have the key attribute as its first operand
          a = b                              | Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition
          a = b AND a <> :a                  | Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition
          a = :a AND begins_with(b, c)       | Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition
          :a = :s                            | Invalid condition in KeyConditionExpression: No key attribute specified
          a.x = :a                           | KeyConditionExpressions cannot have conditions on nested attributes
          a = :a AND b[0] = :n               | KeyConditionExpressions cannot have conditions on nested attributes
          a = :a AND a > :a                  | KeyConditionExpressions must only contain one condition per key
          a = :a AND b > :n AND b < :m       | KeyConditionExpressions must only contain one condition per key
          a = :a AND b = :n AND c = :s       | Conditions can be of length 1 or 2 only
          """)
  void what_a_key_condition_cannot_say_is_refused_without_a_table(
      String expression, String message) {
    assertThatThrownBy(() -> parsed(expression))
        .isInstanceOf(ApiException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          b = :n                       | Query condition missed key schema element: a
          c = :s                       | Query condition missed key schema element: a
          a = :a AND c = :s            | Query condition missed key schema element: b
          c = :s AND d = :s            | Query condition missed key schema element: a
          a < :a                       | Query key condition not supported
          a < :a AND c = :n            | Query key condition not supported
          begins_with(a, :s)           | Query key condition not supported
          a = :n                       | One or more parameter values were invalid: Condition parameter type does not match schema type
          a < :n                       | One or more parameter values were invalid: Condition parameter type does not match schema type
          a = :t                       | One or more parameter values were invalid: Condition parameter type does not match schema type
          a = :a AND b = :s            | One or more parameter values were invalid: Condition parameter type does not match schema type
          a = :a AND begins_with(b, :s) | One or more parameter values were invalid: Condition parameter type does not match schema type
          """)
  void what_does_not_fit_the_schema_is_refused(String expression, String message) {
    assertThatThrownBy(() -> parsed(expression).against(RANGED))
        .isInstanceOf(ApiException.class)
        .hasMessage(message);
  }

  @Test
  void a_key_without_sort_key_has_one_condition() {
    assertThat(parsed("a = :a").against(HASHED).sort()).isNull();
    assertThatThrownBy(() -> parsed("a = :a AND b = :n").against(HASHED))
        .hasMessage("Query key condition not supported");
    assertThatThrownBy(() -> parsed("b = :n").against(HASHED))
        .hasMessage("Query condition missed key schema element: a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          NE 1       | Attempted conditional constraint is not an indexable operation
          IN 1 2     | Attempted conditional constraint is not an indexable operation
          NULL       | Attempted conditional constraint is not an indexable operation
          CONTAINS 1 | Attempted conditional constraint is not an indexable operation
          EQ         | One or more parameter values were invalid: Invalid number of argument(s) for the EQ ComparisonOperator
          EQ 1 2     | One or more parameter values were invalid: Invalid number of argument(s) for the EQ ComparisonOperator
          BETWEEN 1  | One or more parameter values were invalid: Invalid number of argument(s) for the BETWEEN ComparisonOperator
          NULL 1     | One or more parameter values were invalid: Invalid number of argument(s) for the NULL ComparisonOperator
          BETWEEN 2 1 | The BETWEEN condition was provided a range where the lower bound is greater than the upper bound
          BETWEEN 2 'x' | One or more parameter values were invalid: AttributeValues inside AttributeValueList must be of same type
          BETWEEN true 'x' | One or more parameter values were invalid: ComparisonOperator BETWEEN is not valid for BOOL AttributeValue type
          BEGINS_WITH 1 | One or more parameter values were invalid: ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type
          GT true    | One or more parameter values were invalid: ComparisonOperator GT is not valid for BOOL AttributeValue type
          EQ 'x'     | One or more parameter values were invalid: Condition parameter type does not match schema type
          """)
  void older_conditions_on_a_sort_key_are_checked(String test, String message) {
    assertThatThrownBy(
            () -> KeyTests.of(List.of(older("a", "EQ 'k'"), older("b", test))).against(RANGED))
        .isInstanceOf(ApiException.class)
        .hasMessage(message);
  }

  @Test
  void older_conditions_mean_the_same_as_expressions() {
    KeyCondition older =
        KeyTests.of(List.of(older("b", "BETWEEN 1 5"), older("a", "EQ 'k'"))).against(RANGED);
    assertThat(older).isEqualTo(parsed("a = :a AND b BETWEEN :n AND :m").against(RANGED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          b = :s             | x      | w xx y
          b < :s             | a w    | x y
          b <= :s            | a w x  | xa y
          b > :s             | xa y   | w x
          b >= :s            | x xa y | w
          b BETWEEN :s AND :s | x     | w xa
          begins_with(b, :s) | x xa xzzz | w y
          """)
  void sort_conditions_hold_for_some_values(String condition, String holds, String fails) {
    SortCondition sort =
        Objects.requireNonNull(parsed("a = :a AND " + condition).against(TEXTS).sort());
    for (String value : holds.split(" ", -1)) {
      assertThat(sort.holds(new AttributeValue.S(value))).as(value).isTrue();
    }
    for (String value : fails.split(" ", -1)) {
      assertThat(sort.holds(new AttributeValue.S(value))).as(value).isFalse();
    }
  }

  private static KeyTests parsed(String expression) {
    return KeyTests.of(
        ExpressionParser.condition(
            "KeyConditionExpression", expression, new Placeholders(Map.of(), VALUES)));
  }

  private static AttributeTest older(String attribute, String test) {
    String[] words = test.split(" ", -1);
    return new AttributeTest(
        attribute,
        ComparisonOperator.valueOf(words[0]),
        Arrays.stream(words).skip(1).map(Documents::value).toList());
  }
}
