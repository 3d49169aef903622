package dev.partita.server.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.JsonLength;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import dev.partita.server.json.JsonBuffer;
import dev.partita.testing.Seeded;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// That what is written is as long as it was said to be.
class ItemJsonTest {

  @Seeded(2_000)
  void an_item_is_as_long_as_json_as_was_counted(RandomGenerator random) {
    Bytes body = ItemCodec.encode(item(random, 3));
    JsonBuffer json = new JsonBuffer();
    ItemJson.of(body, json);
    assertThat(JsonLength.of(body)).isEqualTo(json.length());
    // With the comma behind it.
    assertThat(json.length() + 1).isLessThanOrEqualTo(JsonLength.MAX_FACTOR * body.length());
  }

  private static Map<String, AttributeValue> item(RandomGenerator random, int levels) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    while (random.nextInt(4) > 0) {
      item.put(text(random), value(random, levels));
    }
    return item;
  }

  private static AttributeValue value(RandomGenerator random, int levels) {
    return switch (random.nextInt(levels > 0 ? 10 : 8)) {
      case 0 -> new AttributeValue.S(text(random));
      case 1 -> new AttributeValue.N(number(random));
      case 2 -> new AttributeValue.B(bytes(random));
      case 3 -> new AttributeValue.Bool(random.nextBoolean());
      case 4 -> AttributeValue.Null.INSTANCE;
      case 5 -> {
        Set<String> members = new LinkedHashSet<>();
        do {
          members.add(text(random));
        } while (random.nextInt(3) > 0);
        yield new AttributeValue.SS(members);
      }
      case 6 -> {
        Set<DynamoNumber> members = new LinkedHashSet<>();
        do {
          members.add(number(random));
        } while (random.nextInt(3) > 0);
        yield new AttributeValue.NS(members);
      }
      case 7 -> {
        Set<Bytes> members = new LinkedHashSet<>();
        do {
          members.add(bytes(random));
        } while (random.nextInt(3) > 0);
        yield new AttributeValue.BS(members);
      }
      case 8 -> {
        List<AttributeValue> values = new ArrayList<>();
        while (random.nextInt(3) > 0) {
          values.add(value(random, levels - 1));
        }
        yield new AttributeValue.L(values);
      }
      default -> new AttributeValue.M(item(random, levels - 1));
    };
  }

  private static String text(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(12); left > 0; left--) {
      // What needs an escape and what does not, and longer characters.
      text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0x20_000) & ~0xD800);
    }
    return text.toString();
  }

  private static Bytes bytes(RandomGenerator random) {
    byte[] octets = new byte[random.nextInt(12)];
    random.nextBytes(octets);
    return Bytes.wrap(octets);
  }

  private static DynamoNumber number(RandomGenerator random) {
    int digits = 1 + random.nextInt(38);
    BigInteger unscaled = new BigInteger(String.valueOf(1 + random.nextInt(9)).repeat(digits));
    int exponent = random.nextBoolean() ? random.nextInt(-130, 126) : random.nextInt(-8, 20);
    BigDecimal value = new BigDecimal(unscaled, digits - 1 - exponent);
    return DynamoNumber.of(
        random.nextInt(20) == 0 ? BigDecimal.ZERO : random.nextBoolean() ? value : value.negate());
  }
}
