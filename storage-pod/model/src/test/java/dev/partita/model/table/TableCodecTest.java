package dev.partita.model.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.error.CorruptDataException;
import dev.partita.model.key.RowKeys;
import dev.partita.model.table.PartitionDescriptor.Peer;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.model.table.TableDefinition.Projection;
import dev.partita.model.table.TableDefinition.TableClass;
import dev.partita.model.table.TableDefinition.Throughput;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.model.value.RandomValues;
import dev.partita.testing.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableCodecTest {

  @Seeded(1_000)
  void aTableComesBackAsItWas(RandomGenerator random) {
    TableRecord table = table(random);
    TableRecord decoded = TableCodec.decodeRecord(TableCodec.encode(table));
    assertThat(decoded).isEqualTo(table);
    assertThat(TableCodec.encode(decoded)).isEqualTo(TableCodec.encode(table));
    TableDefinition definition = table.definition();
    assertThat(TableCodec.decodeDefinition(TableCodec.encode(definition))).isEqualTo(definition);
    for (PartitionDescriptor descriptor : table.partitions()) {
      assertThat(TableCodec.decodeDescriptor(TableCodec.encode(descriptor))).isEqualTo(descriptor);
    }
  }

  @Seeded(10_000)
  void damagedBytesAreATableOrCorrupt(RandomGenerator random) {
    byte[] octets = TableCodec.encode(table(random));
    octets[random.nextInt(octets.length)] = (byte) random.nextInt();
    int length = random.nextInt(4) == 0 ? random.nextInt(octets.length) : octets.length;
    try {
      assertThat(TableCodec.decodeRecord(Arrays.copyOf(octets, length)).definition()).isNotNull();
    } catch (CorruptDataException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Test
  void tagsKeepTheirOrder() {
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = 20; i > 0; i--) {
      tags.put("tag" + i, "");
    }
    TableDefinition definition =
        new TableDefinition(
            "t01",
            List.of(),
            "k",
            null,
            BillingMode.PROVISIONED,
            1,
            1,
            null,
            null,
            null,
            false,
            tags);
    assertThat(TableCodec.decodeDefinition(TableCodec.encode(definition)).tags().keySet())
        .containsExactlyElementsOf(tags.keySet());
  }

  @Test
  void aTableThatNeedsNoNewFieldIsWrittenAsBeforeThem() {
    TableDefinition plain =
        new TableDefinition(
            "t01",
            List.of(),
            "k",
            "s",
            BillingMode.PROVISIONED,
            1,
            1,
            null,
            null,
            null,
            false,
            Map.of());
    LocalIndex index = new LocalIndex("i01", "x", Projection.ALL, List.of());
    assertThat(TableCodec.encode(plain)[0]).isEqualTo((byte) 1);
    assertThat(TableCodec.encode(plain.withLocalIndexes(List.of(index)))[0]).isEqualTo((byte) 2);
    assertThat(TableCodec.encode(plain.withTtlAttribute("expires"))[0]).isEqualTo((byte) 2);
  }

  @Test
  void aDescriptorWithAnEmptyRangeIsCorrupt() {
    byte[] octets = new byte[1 + 16 + 2 + 16 + 1];
    octets[0] = 1;
    assertThatThrownBy(() -> TableCodec.decodeDescriptor(octets))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("empty range");
  }

  private static TableRecord table(RandomGenerator random) {
    return new TableRecord(
        random.nextLong(),
        new UUID(random.nextLong(), random.nextLong()),
        definition(random),
        RandomValues.oneOf(random, TableStatus.values()),
        random.nextLong(),
        maybe(random, random::nextLong),
        maybe(random, random::nextLong),
        random.nextInt(30),
        maybe(random, random::nextLong),
        partitions(random));
  }

  private static TableDefinition definition(RandomGenerator random) {
    List<AttributeDefinition> attributes = new ArrayList<>();
    Map<String, String> tags = new LinkedHashMap<>();
    while (random.nextBoolean()) {
      attributes.add(
          new AttributeDefinition(
              RandomValues.text(random, 10), RandomValues.oneOf(random, KeyType.values())));
      tags.put(RandomValues.text(random, 10), RandomValues.text(random, 60));
    }
    return new TableDefinition(
        RandomValues.text(random, 60),
        attributes,
        RandomValues.text(random, 10),
        maybe(random, () -> RandomValues.text(random, 10)),
        RandomValues.oneOf(random, BillingMode.values()),
        random.nextLong(),
        random.nextLong(),
        maybe(random, () -> new Throughput(random.nextLong(), -1)),
        maybe(random, () -> new Throughput(-1, random.nextLong())),
        maybe(random, () -> RandomValues.oneOf(random, TableClass.values())),
        random.nextBoolean(),
        tags,
        random.nextBoolean() ? List.of() : indexes(random),
        maybe(random, () -> RandomValues.text(random, 10)));
  }

  private static List<LocalIndex> indexes(RandomGenerator random) {
    List<LocalIndex> indexes = new ArrayList<>();
    do {
      List<String> attributes = new ArrayList<>();
      while (random.nextBoolean()) {
        attributes.add(RandomValues.text(random, 10));
      }
      indexes.add(
          new LocalIndex(
              RandomValues.text(random, 10),
              RandomValues.text(random, 10),
              RandomValues.oneOf(random, Projection.values()),
              attributes));
    } while (random.nextBoolean());
    return indexes;
  }

  private static List<PartitionDescriptor> partitions(RandomGenerator random) {
    List<PartitionDescriptor> partitions = new ArrayList<>();
    RowKeys.even(random.nextLong(RowKeys.MAX_TABLE_ID), 1 + random.nextInt(4))
        .forEach(
            range ->
                partitions.add(
                    new PartitionDescriptor(
                        random.nextLong(),
                        random.nextLong(),
                        range,
                        random.nextLong(),
                        random.nextLong(),
                        List.of(new Peer("pod-0", 1), new Peer("", random.nextLong())))));
    return partitions;
  }

  private static <T> @Nullable T maybe(RandomGenerator random, Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }
}
