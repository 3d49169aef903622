package dev.partita.model.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.JsonLength;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToldItemsTest {

  private static final AttributeValue TINY = new AttributeValue.N(DynamoNumber.parse("-1E-130"));
  private static final Bytes MEGABYTE =
      ItemCodec.encode(Map.of("a", new AttributeValue.S("x".repeat(1 << 20))));

  private final ToldItems told = new ToldItems();

  private static Bytes item(int numbers) {
    return ItemCodec.encode(Map.of("a", new AttributeValue.L(Collections.nCopies(numbers, TINY))));
  }

  @Test
  void theWorstItemIsAsLongAsTheFactorSays() {
    assertThat(JsonLength.of(item(1_000)))
        .isBetween(
            (long) (JsonLength.MAX_FACTOR - 1) * item(1_000).length(),
            (long) JsonLength.MAX_FACTOR * item(1_000).length());
  }

  @Test
  void itemsFitToTheLastByte() {
    int numbers = 30_000;
    long room = ToldItems.MAX_JSON_BYTES;
    int count = 0;
    for (; room > JsonLength.of(item(numbers)); room -= JsonLength.of(item(numbers)) + 1) {
      assertThat(told.add(List.of(item(numbers)))).isTrue();
      count++;
    }
    // `{"a":{"S":"x…"}}` and a comma.
    int text = (int) room - 15;
    assertThat(told.add(List.of(text("x".repeat(text + 1))))).isFalse();
    assertThat(told.add(List.of(text("x".repeat(text))))).isTrue();
    assertThat(told.add(List.of(text("")))).isFalse();
    assertThat(told.items()).hasSize(count + 1);
    assertThat(told.add(List.of())).as("nothing fits always").isTrue();
  }

  private static Bytes text(String text) {
    return ItemCodec.encode(Map.of("a", new AttributeValue.S(text)));
  }

  @Test
  void theFirstFitsHoweverLongAndNothingFollows() {
    assertThat(told.add(List.of())).isTrue();
    assertThat(told.add(List.of(item(200_000)))).isTrue();
    assertThat(JsonLength.of(told.items().getFirst())).isGreaterThan(ToldItems.MAX_JSON_BYTES);
    assertThat(told.add(List.of(item(1)))).isFalse();
    assertThat(told.add(List.of())).isTrue();
  }

  @Test
  void manyAreAddedAllOrNone() {
    assertThat(told.add(List.of(item(100_000), item(60_000)))).isTrue();
    assertThat(told.add(List.of(item(1), item(60_000)))).isFalse();
    assertThat(told.items()).hasSize(2);
    assertThat(told.add(List.of(MEGABYTE, MEGABYTE))).isTrue();
    assertThat(told.add(List.of(MEGABYTE))).isFalse();
  }
}
