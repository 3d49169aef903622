package dev.partita.model.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.value.AttributeValue;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the operators of old mean, compared with DynamoDB Local over all types.
class AttributeTestTest {

  private static final Map<String, AttributeValue> ITEM =
      Documents.item("{s: 'hello', n: 12, ss: <'hel' 'q'>, l: ['hel' 12 true null], t: true}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          s EQ 'hello'          | true
          ss EQ <'q''hel'>      | true
          s NE 'x'              | true
          none NE 'x'           | true
          n NE '12'             | true
          n LT 13               | true
          n LT '13'             | false
          n GE 12               | true
          none LE 1             | false
          s IN 'a' 'hello'      | true
          none IN 'a'           | false
          n BETWEEN 1 12        | true
          n BETWEEN 13 14       | false
          s NULL                | false
          none NULL             | true
          s NOT_NULL            | true
          none NOT_NULL         | false
          s CONTAINS 'ell'      | true
          s CONTAINS 1          | false
          ss CONTAINS 'hel'     | true
          ss CONTAINS 'he'      | false
          l CONTAINS 12         | true
          l CONTAINS true       | true
          s NOT_CONTAINS 'ell'  | false
          s NOT_CONTAINS 'x'    | true
          n NOT_CONTAINS 'x'    | true
          none NOT_CONTAINS 'x' | false
          s BEGINS_WITH 'he'    | true
          s BEGINS_WITH 'e'     | false
          """)
  void operators_mean_what_expressions_say(String test, boolean holds) {
    String[] words = test.split(" ", -1);
    AttributeTest parsed =
        new AttributeTest(
            words[0],
            ComparisonOperator.valueOf(words[1]),
            Arrays.stream(words).skip(2).map(Documents::value).toList());
    parsed.check();
    assertThat(Conditions.test(parsed.toCondition(), ITEM)).isEqualTo(holds);
  }
}
