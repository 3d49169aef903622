package dev.partita.model.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.expression.Conditions;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.DynamoNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TtlAttributeTest {

  private static final TtlAttribute TTL = new TtlAttribute("ttl");

  @ParameterizedTest
  @CsvSource({
    "1700000000, 1700000000",
    "1700000000.9, 1700000000",
    "1, 1",
    "0.5, 0",
    "0, 0",
    "-1, 0",
    "1000000000000, 1000000000000",
    "1700000000000, 0",
    "1E125, 0"
  })
  void aNumberIsSecondsSince1970WithinReason(String number, long seconds) {
    assertThat(of(new AttributeValue.N(DynamoNumber.parse(number)))).isEqualTo(seconds);
  }

  @Test
  void anythingElseMeansNever() {
    AttributeValue number = new AttributeValue.N(DynamoNumber.of(5));
    assertThat(of(new AttributeValue.S("5"))).isZero();
    assertThat(of(new AttributeValue.NS(Set.of(DynamoNumber.of(5))))).isZero();
    assertThat(of(new AttributeValue.L(List.of(number)))).isZero();
    assertThat(of(new AttributeValue.M(Map.of("ttl", number)))).isZero();
    assertThat(TTL.of(ItemCodec.encode(Map.of("other", number)))).isZero();
  }

  @Test
  void theAttributeIsFoundBehindOthersOfThatNameFurtherDown() {
    AttributeValue deep = new AttributeValue.N(DynamoNumber.of(5));
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("map", new AttributeValue.M(Map.of("ttl", deep)));
    item.put("ttl", new AttributeValue.N(DynamoNumber.of(7)));
    item.put("set", new AttributeValue.NS(Set.of(DynamoNumber.of(9))));
    assertThat(TTL.of(ItemCodec.encode(item))).isEqualTo(7);
  }

  @Test
  void theConditionHoldsForWhatExpiresInThatSecondOnly() {
    for (String number : new String[] {"7", "7.5"}) {
      assertThat(holds(new AttributeValue.N(DynamoNumber.parse(number)))).isTrue();
    }
    for (String number : new String[] {"6.9", "8", "-7"}) {
      assertThat(holds(new AttributeValue.N(DynamoNumber.parse(number)))).isFalse();
    }
    assertThat(holds(new AttributeValue.S("7"))).isFalse();
    assertThat(Conditions.test(TTL.expiresAt(7), Map.of())).isFalse();
    assertThat(Conditions.test(TTL.expiresAt(7), null)).isFalse();
  }

  private static long of(AttributeValue value) {
    return TTL.of(ItemCodec.encode(Map.of("ttl", value)));
  }

  private static boolean holds(AttributeValue value) {
    return Conditions.test(TTL.expiresAt(7), Map.of("ttl", value));
  }
}
