package dev.partita.server.fuzz;

import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.model.table.TableDefinition.Projection;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.AttributeValue.B;
import dev.partita.model.value.AttributeValue.L;
import dev.partita.model.value.AttributeValue.M;
import dev.partita.model.value.AttributeValue.N;
import dev.partita.model.value.AttributeValue.NS;
import dev.partita.model.value.AttributeValue.S;
import dev.partita.model.value.AttributeValue.SS;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import dev.partita.server.fake.FakeTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tables that inputs are for, and what is in them.
final class FuzzTables {

  /// Partition key `a`: S.
  static final String HASHED = "hashed";

  /// Partition key `a`: S, sort key `b`: N, with local indexes.
  static final String RANGED = "ranged";

  /// Local indexes of `RANGED`, by `c`: S, `d`: N and `e`: B.
  static final List<String> INDEXES = List.of("all", "keys", "some");

  /// As JSON.
  static final List<String> HASH_VALUES =
      List.of("{\"S\":\"k0\"}", "{\"S\":\"k1\"}", "{\"S\":\"none\"}");

  private static final int KEYS = 2;
  private static final int SORTS = 6;

  private FuzzTables() {}

  static boolean isRanged(String table) {
    return !table.equals(HASHED);
  }

  /// Name of the sort key of a table, or of an index; empty for none.
  static String sortKey(String table, String index) {
    return switch (index) {
      case "all" -> "c";
      case "keys" -> "d";
      case "some" -> "e";
      default -> isRanged(table) ? "b" : "";
    };
  }

  static String sortType(String index) {
    return switch (index) {
      case "all" -> "S";
      case "some" -> "B";
      default -> "N";
    };
  }

  static List<TableRecord> all() {
    return List.of(
        record(1, HASHED, List.of(new AttributeDefinition("a", KeyType.S)), null, List.of()),
        record(
            2,
            RANGED,
            List.of(
                new AttributeDefinition("a", KeyType.S),
                new AttributeDefinition("b", KeyType.N),
                new AttributeDefinition("c", KeyType.S),
                new AttributeDefinition("d", KeyType.N),
                new AttributeDefinition("e", KeyType.B)),
            "b",
            List.of(
                new LocalIndex("all", "c", Projection.ALL, List.of()),
                new LocalIndex("keys", "d", Projection.KEYS_ONLY, List.of()),
                new LocalIndex("some", "e", Projection.INCLUDE, List.of("m", "s")))));
  }

  private static TableRecord record(
      long id,
      String name,
      List<AttributeDefinition> attributes,
      @Nullable String rangeKey,
      List<LocalIndex> indexes) {
    return FakeTable.of(id, name, attributes, rangeKey, indexes, TableStatus.ACTIVE);
  }

  /// The items of both tables.
  static List<Map<String, AttributeValue>> items() {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      for (int sort = 0; sort < SORTS; sort++) {
        items.add(item("k" + key, sort));
      }
    }
    return items;
  }

  private static Map<String, AttributeValue> item(String hash, int sort) {
    N number = new N(DynamoNumber.parse("" + sort));
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("a", new S(hash));
    item.put("b", number);
    if (sort % 2 == 0) {
      item.put("c", new S("c" + sort % 3));
      item.put("d", number);
    } else {
      item.put("e", new B(Bytes.of((byte) sort, (byte) 0xff)));
    }
    item.put("m", new M(Map.of("a", new S("x"), "l", new L(List.of(number, new S("y"))))));
    item.put("l", new L(List.of(number, new M(Map.of("a", number)), new S("z"))));
    item.put("s", new S("text" + sort));
    item.put("n", number);
    item.put("ss", new SS(Set.of("a", "b" + sort)));
    item.put("ns", new NS(Set.of(DynamoNumber.parse("1"), DynamoNumber.parse("2.5"))));
    return item;
  }
}
