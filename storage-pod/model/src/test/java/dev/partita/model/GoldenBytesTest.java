package dev.partita.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.command.CommandCodec;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.command.WriteOutcome.IndexWrites;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.StoredItem;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.key.Tokens;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableCodec;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The formats as they lie on disks out there. The files in `golden/` are never edited: a format
/// that changes gets a new version and new lines, and goes on reading the old ones.
class GoldenBytesTest {

  private static final HexFormat HEX = HexFormat.of();

  @Test
  void numbersKeepTheirBytes() {
    Map<String, String> now = new LinkedHashMap<>();
    GoldenValues.numbers().forEach((name, n) -> now.put(name, HEX.formatHex(n.unsafeCode())));
    assertThat(now).isEqualTo(golden("numbers-v1.txt"));
  }

  @Test
  void tokensKeepTheirPlaces() {
    Map<String, String> now = new LinkedHashMap<>();
    GoldenValues.keys()
        .forEach((name, key) -> now.put(name, Long.toHexString(Tokens.of(key.hash()))));
    assertThat(now).isEqualTo(golden("tokens-v1.txt"));
  }

  @Test
  void rowKeysKeepTheirBytes() {
    Map<String, String> now = new LinkedHashMap<>();
    GoldenValues.keys().forEach((name, key) -> now.put(name, hex(RowKeys.item(0x01020304L, key))));
    assertThat(now).isEqualTo(golden("row-keys-v1.txt"));
  }

  @Test
  void itemsKeepTheirBytes() {
    Map<String, String> now = new LinkedHashMap<>();
    GoldenValues.items().forEach((name, item) -> now.put(name, hex(ItemCodec.encode(item))));
    Map<String, String> golden = golden("items-v1.txt");
    assertThat(now).isEqualTo(golden);
    Map<String, Map<String, AttributeValue>> decoded = new TreeMap<>();
    golden.forEach((name, hex) -> decoded.put(name, ItemCodec.decode(Bytes.wrap(bytes(hex)))));
    assertThat(decoded).isEqualTo(GoldenValues.items());
  }

  @Test
  void storedItemsKeepTheirBytes() {
    byte[] stored =
        StoredItem.encode(
            0x0102030405060708L, 9, 409_600, ItemCodec.encode(of(GoldenValues.items(), "flat")));
    Map<String, String> now = Map.of("stored", HEX.formatHex(stored));
    assertThat(now).isEqualTo(golden("stored-items-v1.txt"));
  }

  @Test
  void commandsKeepTheirBytes() {
    Map<String, String> now = new LinkedHashMap<>();
    GoldenValues.commands()
        .forEach((name, command) -> now.put(name, HEX.formatHex(CommandCodec.encode(command))));
    Map<String, String> golden = golden("commands-v1.txt");
    assertThat(now).isEqualTo(golden);
    Map<String, WriteCommand> decoded = new TreeMap<>();
    golden.forEach((name, hex) -> decoded.put(name, CommandCodec.decodeWriteCommand(bytes(hex))));
    assertThat(decoded).isEqualTo(GoldenValues.commands());
  }

  @Test
  void outcomesKeepTheirBytes() {
    Bytes item = Bytes.of((byte) 1, (byte) 0);
    Map<String, String> now = new LinkedHashMap<>();
    now.put("written", hex(new WriteOutcome.Written(item, 3, 400)));
    now.put("written-nothing", hex(new WriteOutcome.Written(null, 0, 0)));
    now.put("condition-failed", hex(new WriteOutcome.ConditionFailed(item, 7)));
    now.put("invalid", hex(new WriteOutcome.Invalid("no")));
    now.put("unavailable", hex(new WriteOutcome.Unavailable("busy", true)));
    now.put("found", HEX.formatHex(CommandCodec.encode(new ReadOutcome.Found(item))));
    now.put("missing", HEX.formatHex(CommandCodec.encode(ReadOutcome.Missing.INSTANCE)));
    now.put("unread", HEX.formatHex(CommandCodec.encode(new ReadOutcome.Unavailable("busy"))));
    PrimaryKey key = of(GoldenValues.keys(), "string+number");
    now.put("key", HEX.formatHex(CommandCodec.encode(key)));
    assertThat(now).isEqualTo(golden("outcomes-v1.txt"));
  }

  @Test
  void outcomesOnTablesWithIndexesKeepTheirBytes() {
    WriteOutcome.Written written =
        new WriteOutcome.Written(null, 3, 400, new IndexWrites(List.of(0, 300), 0x1_0000_0002L));
    Map<String, String> golden = golden("outcomes-indexes-v1.txt");
    assertThat(Map.of("written", hex(written), "full", hex(WriteOutcome.CollectionFull.INSTANCE)))
        .isEqualTo(golden);
    assertThat(CommandCodec.decodeWriteOutcome(bytes(of(golden, "written")))).isEqualTo(written);
    assertThat(CommandCodec.decodeWriteOutcome(bytes(of(golden, "full"))))
        .isEqualTo(WriteOutcome.CollectionFull.INSTANCE);
  }

  @Test
  void rowsBesideItemsKeepTheirKeys() {
    Map<String, String> now = new LinkedHashMap<>();
    GoldenValues.keys()
        .forEach(
            (name, key) -> {
              now.put(name, hex(RowKeys.localIndexEntry(0x01020304L, key, 3, key.hash())));
              now.put(name + "/collection", hex(RowKeys.collection(0x01020304L, key.hash())));
            });
    assertThat(now).isEqualTo(golden("row-keys-indexes-v1.txt"));
  }

  @Test
  void catalogEntriesKeepTheirBytes() {
    TableRecord full = GoldenValues.fullTable();
    TableRecord plain = GoldenValues.plainTable();
    TableDefinition definition = full.definition();
    PartitionDescriptor descriptor = full.partitions().getFirst();
    Map<String, String> now = new LinkedHashMap<>();
    now.put("full", HEX.formatHex(TableCodec.encode(full)));
    now.put("plain", HEX.formatHex(TableCodec.encode(plain)));
    now.put("definition", HEX.formatHex(TableCodec.encode(definition)));
    now.put("descriptor", HEX.formatHex(TableCodec.encode(descriptor)));
    Map<String, String> golden = golden("tables-v1.txt");
    assertThat(now).isEqualTo(golden);
    assertThat(TableCodec.decodeRecord(bytes(of(golden, "full")))).isEqualTo(full);
    assertThat(TableCodec.decodeRecord(bytes(of(golden, "plain")))).isEqualTo(plain);
    assertThat(TableCodec.decodeDefinition(bytes(of(golden, "definition")))).isEqualTo(definition);
    assertThat(TableCodec.decodeDescriptor(bytes(of(golden, "descriptor")))).isEqualTo(descriptor);
  }

  @Test
  void catalogEntriesWithIndexesKeepTheirBytes() {
    TableRecord indexed = GoldenValues.indexedTable();
    TableDefinition definition = indexed.definition();
    TableDefinition expiring = GoldenValues.plainTable().definition().withTtlAttribute("t");
    Map<String, String> now = new LinkedHashMap<>();
    now.put("indexed", HEX.formatHex(TableCodec.encode(indexed)));
    now.put("definition", HEX.formatHex(TableCodec.encode(definition)));
    now.put("expiring", HEX.formatHex(TableCodec.encode(expiring)));
    Map<String, String> golden = golden("tables-v2.txt");
    assertThat(now).isEqualTo(golden);
    assertThat(TableCodec.decodeRecord(bytes(of(golden, "indexed")))).isEqualTo(indexed);
    assertThat(TableCodec.decodeDefinition(bytes(of(golden, "definition")))).isEqualTo(definition);
    assertThat(TableCodec.decodeDefinition(bytes(of(golden, "expiring")))).isEqualTo(expiring);
  }

  private static <T> T of(Map<String, T> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static String hex(WriteOutcome outcome) {
    return HEX.formatHex(CommandCodec.encode(outcome));
  }

  private static String hex(Bytes bytes) {
    return HEX.formatHex(bytes.unsafeArray());
  }

  private static byte[] bytes(String hex) {
    return HEX.parseHex(hex);
  }

  /// Lines of `name hex`.
  private static Map<String, String> golden(String file) {
    try (InputStream in = GoldenBytesTest.class.getResourceAsStream("/golden/" + file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
