package dev.partita.model.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.value.AttributeValue;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Conditions over one item that has an attribute of every type. All answers were seen from
/// DynamoDB Local.
class ConditionsTest {

  private static final Map<String, AttributeValue> ITEM =
      Documents.item(
          "{s: 'abc', u: 'é😀x', b: 0x010203, n: 5, ss: <'a' 'b'>, ns: <1 2>, bs: <0x61>,"
              + " l: ['a', 1, ['q']], m: {k: 'v'}, t: true, z: null, e: '', el: []}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          size(u) = :x                | {x: 4}
          size(e) = :x                | {x: 0}
          size(b) = :x                | {x: 3}
          size(m) = :x                | {x: 1}
          size(l) = :x                | {x: 3}
          size(ss) = :x               | {x: 2}
          size(n) <> :x               | {x: 1}
          size(nope) <> :x            | {x: 1}
          size(nope) <> size(nope2)   | {}
          contains(s, :x)             | {x: 'b'}
          contains(s, :x)             | {x: ''}
          contains(e, :x)             | {x: ''}
          contains(b, :x)             | {x: 0x0203}
          contains(b, :x)             | {x: 0x}
          contains(l, :x)             | {x: 'a'}
          contains(l, :x)             | {x: ['q']}
          contains(ns, :x)            | {x: 1.0}
          contains(bs, :x)            | {x: 0x61}
          contains(:x, s)             | {x: 'xxabcxx'}
          contains(:x, s)             | {x: <'abc' 'd'>}
          begins_with(s, :x)          | {x: 'ab'}
          begins_with(s, :x)          | {x: ''}
          begins_with(b, :x)          | {x: 0x01}
          begins_with(:x, s)          | {x: 'abcd'}
          attribute_type(s, :x)       | {x: 'S'}
          attribute_type(z, :x)       | {x: 'NULL'}
          attribute_type(size(s), :x) | {x: 'N'}
          attribute_type(l[1], :x)    | {x: 'N'}
          ss = :x                     | {x: <'b' 'a'>}
          ns = :x                     | {x: <2.0 1>}
          l = :x                      | {x: ['a' 1 ['q']]}
          m = :x                      | {x: {k: 'v'}}
          m <> :x                     | {x: {k: 'w'}}
          t = :x                      | {x: true}
          z = :x                      | {x: null}
          n = :x                      | {x: 5.00}
          n <> :x                     | {x: '5'}
          nope <> nope2               | {}
          nope <> :x                  | {x: ''}
          NOT nope < :x               | {x: 'z'}
          n IN (:x, :y)               | {x: '5', y: 5.0}
          n BETWEEN :x AND :y         | {x: 5, y: 5}
          s BETWEEN :x AND u          | {x: 'a'}
          :x BETWEEN s AND u          | {x: 'b'}
          n BETWEEN l[1] AND :x       | {x: 9}
          n > l[1]                    | {}
          n >= n2 OR n <= :x          | {x: 5}
          u > :x                      | {x: 'é\uffff'}
          l[2][0] = :x                | {x: 'q'}
          m.k = :x                    | {x: 'v'}
          attribute_exists(l[2])      | {}
          attribute_not_exists(l[3])  | {}
          attribute_not_exists(m.q)   | {}
          attribute_not_exists(s.q)   | {}
          attribute_exists(z)         | {}
          n = :x OR s = :x AND t = :x | {x: 5}
          (n = :x OR s = :x) AND NOT (t = :x) | {x: 5}
          (n) = (:x)                  | {x: 5}
          """)
  void isTrue(String condition, String values) {
    assertThat(test(condition, values)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          size(n) = :x                | {x: 1}
          size(t) >= :x               | {x: 0}
          size(z) < :x                | {x: 100}
          size(nope) = size(nope2)    | {}
          contains(b, :x)             | {x: 0x0302}
          contains(m, :x)             | {x: 'k'}
          contains(ss, :x)            | {x: <'a'>}
          contains(s, :x)             | {x: 1}
          contains(n, :x)             | {x: 5}
          contains(nope, :x)          | {x: 'a'}
          begins_with(s, :x)          | {x: 0x61}
          begins_with(s, :x)          | {x: 'abcd'}
          begins_with(n, s)           | {}
          attribute_type(nope, :x)    | {x: 'S'}
          attribute_type(size(n), :x) | {x: 'N'}
          attribute_type(t, :x)       | {x: 'NULL'}
          n = :x                      | {x: '5'}
          n < :x                      | {x: '9'}
          n < l[1]                    | {}
          nope = nope2                | {}
          nope < :x                   | {x: 'z'}
          n IN (s, :x)                | {x: 6}
          nope IN (nope2)             | {}
          n BETWEEN :x AND s          | {x: 5}
          :x BETWEEN n AND l[1]       | {x: 3}
          t < s                       | {}
          ss < l                      | {}
          l[9] = :x                   | {x: 'q'}
          m.k.z = :x                  | {x: 'v'}
          u < :x                      | {x: 'é\uffff'}
          attribute_exists(s.q)       | {}
          NOT n = :x AND s = :x       | {x: 5}
          """)
  void isFalse(String condition, String values) {
    assertThat(test(condition, values)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"attribute_not_exists(a)", "a <> b", "NOT a = b"})
  void anItemThatIsNotThereHasNoAttributes(String condition) {
    Condition parsed =
        ExpressionParser.condition("ConditionExpression", condition, Placeholders.none());

    assertThat(Conditions.test(parsed, null)).isTrue();
  }

  @Test
  void mapEqualityIgnoresTheOrderOfEntries() {
    assertThat(Documents.value("{a: 1, b: 2}")).isEqualTo(Documents.value("{b: 2, a: 1}"));
  }

  private static boolean test(String condition, String values) {
    Map<String, AttributeValue> byPlaceholder = new HashMap<>();
    Documents.item(values.replace("\\uffff", "\uffff"))
        .forEach((name, value) -> byPlaceholder.put(":" + name, value));
    Condition parsed =
        ExpressionParser.condition(
            "ConditionExpression", condition, new Placeholders(Map.of(), byPlaceholder));
    return Conditions.test(parsed, ITEM);
  }
}
