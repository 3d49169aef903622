package dev.partita.model.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.key.SortBounds.Between;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import dev.partita.model.value.RandomValues;
import dev.partita.testing.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowKeysTest {

  private static final AttributeValue HASH = new AttributeValue.S("h");

  @Seeded(3_000)
  void rowsOrderByTheirSortKeys(RandomGenerator random) {
    AttributeValue left = RandomValues.key(random);
    AttributeValue right = similar(left, random);
    assertThat(Integer.signum(row(left).compareTo(row(right))))
        .as("%s and %s", left, right)
        .isEqualTo(Integer.signum(compare(left, right)));
  }

  @Seeded(2_000)
  void differentKeysHaveDifferentRows(RandomGenerator random) {
    PrimaryKey left = key(RandomValues.key(random), RandomValues.key(random));
    PrimaryKey right = key(similar(left.hash(), random), RandomValues.key(random));
    assertThat(RowKeys.item(1, left).equals(RowKeys.item(1, right))).isEqualTo(left.equals(right));
  }

  @Seeded(1_000)
  void noOtherPartitionKeyLiesBetweenTwoItemsOfOne(RandomGenerator random) {
    AttributeValue hash = RandomValues.key(random);
    AttributeValue otherHash = similar(hash, random);
    Bytes first = RowKeys.item(1, key(hash, RandomValues.key(random)));
    Bytes second = RowKeys.item(1, key(hash, RandomValues.key(random)));
    Bytes other = RowKeys.item(1, key(otherHash, RandomValues.key(random)));
    if (!hash.equals(otherHash)) {
      assertThat(Integer.signum(other.compareTo(first)))
          .isEqualTo(Integer.signum(other.compareTo(second)));
    }
  }

  @Test
  void stringsOrderByUtf8AndNotByUtf16() {
    String astral = "😀";
    String high = "\uFF5E";
    assertThat(astral.compareTo(high)).isNegative();
    assertThat(row(new AttributeValue.S(astral)).compareTo(row(new AttributeValue.S(high))))
        .isPositive();
  }

  @Test
  void aZeroInsideAStringOrdersAsACharacter() {
    List<String> ordered =
        List.of("", "\0", "\0\0", "\0a", "a", "a\0", "a\0\0", "a\0b", "a\u0001", "ab");
    for (int i = 1; i < ordered.size(); i++) {
      assertThat(
              row(new AttributeValue.S(ordered.get(i - 1)))
                  .compareTo(row(new AttributeValue.S(ordered.get(i)))))
          .isNegative();
    }
  }

  @Test
  void numbersOrderByValue() {
    List<String> ordered =
        List.of(
            "-9.9999999999999999999999999999999999999E125",
            "-1E125",
            "-100",
            "-1.5",
            "-1",
            "-1E-130",
            "-0",
            "1E-130",
            "1",
            "1.0000000000000000000000000000000000001",
            "1.5",
            "99",
            "100",
            "1E125",
            "9.9999999999999999999999999999999999999E125");
    for (int i = 1; i < ordered.size(); i++) {
      assertThat(row(number(ordered.get(i - 1))).compareTo(row(number(ordered.get(i)))))
          .as("%s and %s", ordered.get(i - 1), ordered.get(i))
          .isNegative();
    }
    assertThat(row(number("-0"))).isEqualTo(row(number("0.00")));
  }

  @Test
  void aRowLiesInItsTableAndInTheRangeOfItsToken() {
    Bytes row = RowKeys.item(5, new PrimaryKey("pk", HASH, null, null));
    long token = Tokens.of(HASH);
    assertThat(RowKeys.table(5).contains(row)).isTrue();
    assertThat(RowKeys.table(4).contains(row)).isFalse();
    assertThat(RowKeys.table(6).contains(row)).isFalse();
    assertThat(RowKeys.tokens(5, token, token + 1).contains(row)).isTrue();
    assertThat(RowKeys.tokens(5, token + 1, 0).contains(row)).isFalse();
    assertThat(RowKeys.tokens(5, 0, token).contains(row)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 128})
  void evenRangesCoverTheTableWithoutGap(int parts) {
    List<KeyRange> ranges = RowKeys.even(9, parts);
    assertThat(ranges).hasSize(parts);
    assertThat(ranges.getFirst().from()).isEqualTo(RowKeys.table(9).from());
    assertThat(ranges.getLast().to()).isEqualTo(RowKeys.table(9).to());
    for (int i = 1; i < parts; i++) {
      assertThat(ranges.get(i).from()).isEqualTo(ranges.get(i - 1).to());
    }
  }

  @Test
  void evenRangesGetAboutAsManyKeysEach() {
    List<KeyRange> ranges = RowKeys.even(9, 4);
    int[] rows = new int[4];
    for (int i = 0; i < 8_000; i++) {
      Bytes row = RowKeys.item(9, new PrimaryKey("pk", new AttributeValue.S("k" + i), null, null));
      for (int part = 0; part < 4; part++) {
        rows[part] += ranges.get(part).contains(row) ? 1 : 0;
      }
    }
    assertThat(Arrays.stream(rows).sum()).isEqualTo(8_000);
    assertThat(Arrays.stream(rows).boxed()).allMatch(count -> count > 1_800 && count < 2_200);
  }

  @Test
  void theLastTableHasAnEnd() {
    assertThat(RowKeys.table(RowKeys.MAX_TABLE_ID).to())
        .isEqualTo(Bytes.of((byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF));
    assertThatThrownBy(() -> RowKeys.table(RowKeys.MAX_TABLE_ID + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RowKeys.table(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRangeThatWrapsIsRefused() {
    assertThatThrownBy(() -> RowKeys.tokens(1, -1L, 1L))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RowKeys.tokens(1, 5, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyStringsNumbersAndBinariesAreKeys() {
    assertThatThrownBy(() -> Tokens.of(AttributeValue.Null.INSTANCE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Seeded(3_000)
  void aRowKeySaysWhatItWasMadeOf(RandomGenerator random) {
    AttributeValue hash = RandomValues.key(random);
    AttributeValue sort = RandomValues.key(random);
    AttributeValue indexSort = RandomValues.key(random);
    RowSource index = new RowSource.LocalIndex(random.nextInt(5));
    PrimaryKey whole = key(hash, sort);
    PrimaryKey half = new PrimaryKey("pk", hash, null, null);
    Bytes entry =
        RowKeys.localIndexEntry(1, whole, ((RowSource.LocalIndex) index).number(), indexSort);
    assertThat(RowKeys.read(RowKeys.item(1, whole)))
        .isEqualTo(new RowKey(hash, RowSource.Items.INSTANCE, null, sort));
    assertThat(RowKeys.read(RowKeys.item(1, half)))
        .isEqualTo(new RowKey(hash, RowSource.Items.INSTANCE, null, null));
    assertThat(RowKeys.read(entry)).isEqualTo(new RowKey(hash, index, indexSort, sort));
    assertThat(RowKeys.itemOf(entry)).isEqualTo(RowKeys.item(1, whole));
  }

  @Seeded(5_000)
  void boundsHoldTheRowsThatTheySay(RandomGenerator random) {
    AttributeValue hash = RandomValues.key(random);
    AttributeValue value = RandomValues.key(random);
    AttributeValue low = similar(value, random);
    AttributeValue high = similar(value, random);
    RowSource source =
        random.nextBoolean() ? RowSource.Items.INSTANCE : new RowSource.LocalIndex(3);
    Bytes row =
        source instanceof RowSource.Items
            ? RowKeys.item(1, key(hash, value))
            : RowKeys.localIndexEntry(1, key(hash, RandomValues.key(random)), 3, value);
    int fromLow = compare(value, low);
    int fromHigh = compare(value, high);
    assertThat(holds(hash, source, new Between(low, true, null, true), row))
        .isEqualTo(fromLow >= 0);
    assertThat(holds(hash, source, new Between(low, false, null, true), row))
        .isEqualTo(fromLow > 0);
    assertThat(holds(hash, source, new Between(null, true, high, true), row))
        .isEqualTo(fromHigh <= 0);
    assertThat(holds(hash, source, new Between(null, true, high, false), row))
        .isEqualTo(fromHigh < 0);
    assertThat(holds(hash, source, Between.only(low), row)).isEqualTo(fromLow == 0);
    assertThat(holds(hash, source, Between.ALL, row)).isTrue();
    if (!(low instanceof AttributeValue.N)) {
      byte[] start = octets(low);
      byte[] whole = octets(value);
      assertThat(holds(hash, source, new SortBounds.Prefix(low), row))
          .as("%s begins with %s", value, low)
          .isEqualTo(
              whole.length >= start.length
                  && Arrays.equals(whole, 0, start.length, start, 0, start.length));
    }
  }

  private static boolean holds(
      AttributeValue hash, RowSource source, SortBounds bounds, Bytes row) {
    return RowKeys.rows(1, hash, source, bounds).contains(row);
  }

  @Test
  void rowsOfEverySourceOfAPartitionKeyAreToldApart() {
    PrimaryKey key = key(HASH, new AttributeValue.S("s"));
    Bytes item = RowKeys.item(1, key);
    Bytes entry = RowKeys.localIndexEntry(1, key, 1, new AttributeValue.S("i"));
    Bytes record = RowKeys.collection(1, HASH);
    RowSource items = RowSource.Items.INSTANCE;
    assertThat(RowKeys.isOf(items, item.toArray())).isTrue();
    assertThat(RowKeys.isOf(items, entry.toArray())).isFalse();
    assertThat(RowKeys.isOf(items, record.toArray())).isFalse();
    assertThat(RowKeys.isOf(new RowSource.LocalIndex(1), entry.toArray())).isTrue();
    assertThat(RowKeys.isOf(new RowSource.LocalIndex(0), entry.toArray())).isFalse();
    assertThat(RowKeys.around(item.toArray(), new RowSource.LocalIndex(1)).contains(entry))
        .isTrue();
    assertThat(RowKeys.around(entry.toArray(), items).contains(item)).isTrue();
    assertThat(record.compareTo(Bytes.wrap(RowKeys.nextPartitionKey(item.toArray())))).isNegative();
  }

  private static AttributeValue number(String text) {
    return new AttributeValue.N(DynamoNumber.parse(text));
  }

  private static Bytes row(AttributeValue sort) {
    return RowKeys.item(1, key(HASH, sort));
  }

  private static PrimaryKey key(AttributeValue hash, AttributeValue sort) {
    return new PrimaryKey("h", hash, "s", sort);
  }

  /// A value of the same type, often with a common beginning.
  private static AttributeValue similar(AttributeValue value, RandomGenerator random) {
    return switch (value) {
      case AttributeValue.S s ->
          new AttributeValue.S(
              random.nextBoolean()
                  ? s.value() + RandomValues.text(random, 2)
                  : RandomValues.text(random, 12));
      case AttributeValue.B b -> {
        byte[] more = RandomValues.bytes(random, 2).unsafeArray();
        byte[] all = Arrays.copyOf(b.value().unsafeArray(), b.value().length() + more.length);
        System.arraycopy(more, 0, all, b.value().length(), more.length);
        yield new AttributeValue.B(
            random.nextBoolean() ? Bytes.wrap(all) : RandomValues.bytes(random, 12));
      }
      case AttributeValue.N _ -> new AttributeValue.N(RandomValues.number(random));
      default -> throw new IllegalArgumentException(value.type());
    };
  }

  private static int compare(AttributeValue left, AttributeValue right) {
    if (left instanceof AttributeValue.N l && right instanceof AttributeValue.N r) {
      return l.value().value().compareTo(r.value().value());
    }
    return Arrays.compareUnsigned(octets(left), octets(right));
  }

  private static byte[] octets(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S s -> s.value().getBytes(StandardCharsets.UTF_8);
      case AttributeValue.B b -> b.value().unsafeArray();
      default -> throw new IllegalArgumentException(value.type());
    };
  }
}
