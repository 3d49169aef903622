package dev.partita.model.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.ItemSize;
import dev.partita.model.value.Nesting;
import dev.partita.model.value.RandomValues;
import dev.partita.testing.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemCodecTest {

  @Seeded(2_000)
  void anItemComesBackAsItWasAndInItsOrder(RandomGenerator random) {
    Map<String, AttributeValue> item = RandomValues.item(random, 5);
    Map<String, AttributeValue> decoded = ItemCodec.decode(ItemCodec.encode(item));
    assertThat(decoded).isEqualTo(item);
    assertThat(List.copyOf(decoded.keySet())).isEqualTo(List.copyOf(item.keySet()));
  }

  @Seeded(2_000)
  void theWriterCountsTheSizeAlong(RandomGenerator random) {
    Map<String, AttributeValue> item = RandomValues.item(random, 5);
    ItemWriter writer = new ItemWriter(0);
    ItemCodec.write(item, writer);
    assertThat(writer.size()).isEqualTo(ItemSize.ofAttributes(item));
  }

  @Seeded(2_000)
  void aWalkTellsEverything(RandomGenerator random) {
    Map<String, AttributeValue> item = RandomValues.item(random, 5);
    Bytes encoded = ItemCodec.encode(item);
    ItemWriter copy = new ItemWriter(0);
    ItemCodec.walk(encoded, new Recorder(copy));
    assertThat(copy.size()).isEqualTo(ItemSize.ofAttributes(item));
    assertThat(copy.finish()).isEqualTo(encoded);
  }

  @Seeded(20_000)
  void damagedBytesAreAnItemOrCorrupt(RandomGenerator random) {
    byte[] octets = ItemCodec.encode(RandomValues.item(random, 4)).toArray();
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      octets[random.nextInt(octets.length)] = (byte) random.nextInt();
    }
    int length = random.nextInt(4) == 0 ? random.nextInt(octets.length) : octets.length;
    decodesOrIsCorrupt(Arrays.copyOf(octets, length));
  }

  @Seeded(20_000)
  void garbageIsAnItemOrCorrupt(RandomGenerator random) {
    byte[] octets = RandomValues.bytes(random, 60).toArray();
    for (int i = 0; i < octets.length; i++) {
      if (random.nextBoolean()) {
        octets[i] = (byte) random.nextInt(12);
      }
    }
    if (octets.length > 0) {
      octets[0] = ItemTags.VERSION;
    }
    decodesOrIsCorrupt(octets);
  }

  private static void decodesOrIsCorrupt(byte[] octets) {
    Bytes bytes = Bytes.wrap(octets);
    try {
      Map<String, AttributeValue> item = ItemCodec.decode(bytes);
      assertThat(ItemCodec.encode(item)).isEqualTo(bytes);
    } catch (CorruptDataException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
    try {
      ItemCodec.walk(bytes, new Recorder(new ItemWriter(0)));
    } catch (CorruptDataException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing at all
        "01", // no end
        "02 00", // another version
        "00 00",
        "01 00 00", // more than an item
        "01 02 61", // a name without value
        "01 02 61 0C 00", // an unknown tag
        "01 02 61 04 02 61 05 00", // a name twice
        "01 02 61 01 FF FF FF FF 07 00", // a length beyond the end
        "01 02 61 01 FF FF FF FF FF 00", // a length beyond an int
        "01 02 61 01 81 00 00", // a length not in its shortest form
        "01 02 61 09 00 00", // empty sets
        "01 02 61 0A 00 00",
        "01 02 61 0B 00 00",
        "01 02 61 09 02 62 02 62 00 00", // a member twice
        "01 02 61 0A 02 C1 02 00 02 C1 02 00 00 00",
        "01 02 61 0B 02 62 02 62 00 00",
        "01 02 61 0A 01 C1 02 00 00 00", // a string in a set of numbers
        "01 02 61 01 01 FF 00", // not UTF-8
        "01 02 61 01 03 ED A0 80 00", // a surrogate in UTF-8
        "01 02 61 01 02 C0 80 00", // U+0000 in too many bytes
        "01 02 FF 04 00", // a name that is not UTF-8
        "01 02 61 02 81 00 00", // a number without digits
        "01 02 61 02 C1 66 00 00", // a pair of 101
        "01 02 61 02 C1 02 01 00 00", // a last pair of 00
        "01 02 61 02 C1 01 02 00 00", // a first pair of 00
      })
  void whatIsNoItemIsCorrupt(String hex) {
    byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThatThrownBy(() -> ItemCodec.decode(Bytes.wrap(octets)))
        .isInstanceOf(CorruptDataException.class);
  }

  @Test
  void aRightfulReplacementCharacterIsText() {
    Map<String, AttributeValue> item = Map.of("a", new AttributeValue.S("x\uFFFDy"));
    assertThat(ItemCodec.decode(ItemCodec.encode(item))).isEqualTo(item);
  }

  @Test
  void anUnpairedSurrogateIsStoredAsAQuestionMark() {
    String longer = "x".repeat(50) + "\uD800";
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("short", new AttributeValue.S("\uDC00\uD800"));
    item.put("long", new AttributeValue.S(longer));
    assertThat(ItemCodec.decode(ItemCodec.encode(item)))
        .containsEntry("short", new AttributeValue.S("??"))
        .containsEntry("long", new AttributeValue.S("x".repeat(50) + "?"));
  }

  @Test
  void stringsOfAllLengthsComeBack() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    for (String unit : List.of("a", "é", "€", "😀")) {
      for (int length = 0; length < 200; length++) {
        item.put(unit.repeat(length) + length, new AttributeValue.S(unit.repeat(length)));
      }
    }
    assertThat(ItemCodec.decode(ItemCodec.encode(item))).isEqualTo(item);
  }

  @Test
  void thirtyOneContainersInAnItemAreStored() {
    Map<String, AttributeValue> item = Map.of("a", nested(Nesting.MAX_LEVELS - 1));
    assertThat(Nesting.fits(item)).isTrue();
    assertThat(ItemCodec.decode(ItemCodec.encode(item))).isEqualTo(item);
  }

  @Test
  void oneMoreIsRefused() {
    Map<String, AttributeValue> item = Map.of("a", nested(Nesting.MAX_LEVELS));
    assertThat(Nesting.fits(item)).isFalse();
    assertThat(Nesting.fits(nested(Nesting.MAX_LEVELS))).isFalse();
    assertThatThrownBy(() -> ItemCodec.encode(item))
        .isInstanceOf(ApiException.class)
        .hasMessage(
            "Nesting Levels have exceeded supported limits: "
                + "Attributes in the item have nested levels beyond supported limit");
  }

  @Test
  void bytesThatNestTooDeepAreCorrupt() {
    List<Byte> octets = new ArrayList<>(List.of((byte) 1, (byte) 2, (byte) 'a'));
    for (int i = 0; i < 100_000; i++) {
      octets.add((byte) ItemTags.LIST);
    }
    byte[] deep = new byte[octets.size()];
    for (int i = 0; i < deep.length; i++) {
      deep[i] = octets.get(i);
    }
    assertThatThrownBy(() -> ItemCodec.decode(Bytes.wrap(deep)))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("deep");
    assertThatThrownBy(() -> ItemCodec.walk(Bytes.wrap(deep), new Recorder(new ItemWriter(0))))
        .isInstanceOf(CorruptDataException.class);
  }

  private static AttributeValue nested(int containers) {
    AttributeValue value = new AttributeValue.S("x");
    for (int i = 0; i < containers; i++) {
      value =
          i % 2 == 0
              ? new AttributeValue.L(List.of(value))
              : new AttributeValue.M(Map.of("m", value));
    }
    return value;
  }
}
