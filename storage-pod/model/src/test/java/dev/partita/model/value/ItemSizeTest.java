package dev.partita.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.value.AttributeValue.B;
import dev.partita.model.value.AttributeValue.BS;
import dev.partita.model.value.AttributeValue.Bool;
import dev.partita.model.value.AttributeValue.L;
import dev.partita.model.value.AttributeValue.M;
import dev.partita.model.value.AttributeValue.N;
import dev.partita.model.value.AttributeValue.NS;
import dev.partita.model.value.AttributeValue.Null;
import dev.partita.model.value.AttributeValue.S;
import dev.partita.model.value.AttributeValue.SS;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemSizeTest {

  // Measured against the service.
  @ParameterizedTest
  @CsvSource({
    "0,1",
    "1,2",
    "12,2",
    "123,3",
    "1234,3",
    "12345678901234567890123456789012345678,20",
    "0042,2",
    "100,2",
    "1010,3",
    "0.0000001,2",
    "1E125,2",
    "1E-100,2",
    "1.5,3",
    "15,2",
    "1.200,3",
    "1.234,4",
    "3.14159,5",
    "123456,4",
    "100.5,4",
    "0.15,2",
    "-42,3",
    "-0,1",
    "0E5,1",
    "-0.000,1",
    "-1.5,4",
  })
  void aNumberTakesOneByteForEveryTwoDigitsOnEitherSideOfThePoint(String number, int bytes) {
    assertThat(ItemSize.of(new N(DynamoNumber.parse(number)))).isEqualTo(bytes);
  }

  // Measured with DynamoDB Local 3.1.0, which agrees with the service on all of the above.
  @ParameterizedTest
  @CsvSource({"0.015,3", "12000,3", "0.001,2", "-0.015,4"})
  void digitsAreCountedInPairsFromThePoint(String number, int bytes) {
    assertThat(ItemSize.of(new N(DynamoNumber.parse(number)))).isEqualTo(bytes);
  }

  @Test
  void aStringTakesItsBytesOfUtf8() {
    assertThat(ItemSize.of(new S(""))).isZero();
    assertThat(ItemSize.of(new S("aé€😀"))).isEqualTo(1 + 2 + 3 + 4);
  }

  @Test
  void anUnpairedSurrogateTakesTheByteThatItIsStoredAs() {
    assertThat(ItemSize.of(new S("\uD800"))).isEqualTo(1);
    assertThat(ItemSize.of(new S("\uDC00\uD800x"))).isEqualTo(3);
  }

  @Test
  void aBinaryTakesItsBytes() {
    assertThat(ItemSize.of(new B(Bytes.of(new byte[5])))).isEqualTo(5);
  }

  @Test
  void booleansAndNullTakeOneByte() {
    assertThat(ItemSize.of(new Bool(false))).isEqualTo(1);
    assertThat(ItemSize.of(Null.INSTANCE)).isEqualTo(1);
  }

  @Test
  void setsTakeTheirMembersAndNothingMore() {
    assertThat(ItemSize.of(new SS(Set.of("ab", "é")))).isEqualTo(4);
    assertThat(ItemSize.of(new NS(Set.of(DynamoNumber.parse("1"), DynamoNumber.parse("-123")))))
        .isEqualTo(2 + 4);
    assertThat(ItemSize.of(new BS(Set.of(Bytes.of((byte) 1), Bytes.EMPTY)))).isEqualTo(1);
  }

  @Test
  void listsAndMapsTakeThreeBytesAndOneMoreForEveryEntry() {
    assertThat(ItemSize.of(new L(List.of()))).isEqualTo(3);
    assertThat(ItemSize.of(new M(Map.of()))).isEqualTo(3);
    assertThat(ItemSize.of(new L(List.of(new S("ab"), new Bool(true))))).isEqualTo(3 + 3 + 2);
    assertThat(ItemSize.of(new M(Map.of("key", new S("ab"))))).isEqualTo(3 + 1 + 3 + 2);
  }

  @Test
  void anItemTakesItsNamesAndItsValues() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("pk", new S("a"));
    item.put("né", new L(List.of(new M(Map.of()))));
    assertThat(ItemSize.ofAttributes(item)).isEqualTo(2 + 1 + 3 + 3 + 1 + 3);
  }
}
