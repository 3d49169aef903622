package dev.partita.model;

import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Operand;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.Path.Step;
import dev.partita.model.expression.Update;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the golden files hold, as values.
final class GoldenValues {

  private static final Bytes BINARY = Bytes.of((byte) 0, (byte) 0xFF, (byte) 0, (byte) 1);

  private GoldenValues() {}

  static Map<String, DynamoNumber> numbers() {
    Map<String, DynamoNumber> numbers = new LinkedHashMap<>();
    for (String text :
        List.of(
            "0",
            "1",
            "-1",
            "42",
            "-42",
            "100",
            "0.5",
            "-0.015",
            "123.45",
            "12345678901234567890123456789012345678",
            "-12345678901234567890123456789012345678",
            "9.9999999999999999999999999999999999999E125",
            "-9.9999999999999999999999999999999999999E125",
            "1E125",
            "1E-130",
            "-1E-130")) {
      numbers.put(text, DynamoNumber.parse(text));
    }
    return numbers;
  }

  static Map<String, PrimaryKey> keys() {
    Map<String, PrimaryKey> keys = new LinkedHashMap<>();
    keys.put("string", key(new AttributeValue.S("customer#1"), null));
    keys.put("string-utf8", key(new AttributeValue.S("é€😀"), null));
    keys.put("string-zero", key(new AttributeValue.S("a\0b"), null));
    keys.put("number", key(number("-12.5"), null));
    keys.put("binary", key(new AttributeValue.B(BINARY), null));
    keys.put("string+number", key(new AttributeValue.S("a"), number("1000")));
    keys.put("number+string", key(number("0"), new AttributeValue.S("\0")));
    keys.put("binary+binary", key(new AttributeValue.B(BINARY), new AttributeValue.B(BINARY)));
    keys.put("long", key(new AttributeValue.S("x".repeat(300)), null));
    return keys;
  }

  static Map<String, Map<String, AttributeValue>> items() {
    Map<String, AttributeValue> flat = new LinkedHashMap<>();
    flat.put("s", new AttributeValue.S("text é€😀"));
    flat.put("empty", new AttributeValue.S(""));
    flat.put("n", number("-12.50"));
    flat.put("zero", number("0"));
    flat.put("b", new AttributeValue.B(BINARY));
    flat.put("yes", new AttributeValue.Bool(true));
    flat.put("no", new AttributeValue.Bool(false));
    flat.put("null", AttributeValue.Null.INSTANCE);
    Map<String, AttributeValue> sets = new LinkedHashMap<>();
    Set<String> strings = new LinkedHashSet<>(List.of("b", "", "a"));
    sets.put("ss", new AttributeValue.SS(strings));
    Set<DynamoNumber> set = new LinkedHashSet<>();
    set.add(DynamoNumber.parse("2"));
    set.add(DynamoNumber.parse("-1"));
    sets.put("ns", new AttributeValue.NS(set));
    sets.put("bs", new AttributeValue.BS(Set.of(BINARY)));
    Map<String, AttributeValue> nested = new LinkedHashMap<>();
    nested.put("l", new AttributeValue.L(List.of(new AttributeValue.M(flat), number("1"))));
    nested.put("m", new AttributeValue.M(sets));
    nested.put("none", new AttributeValue.L(List.of()));
    nested.put("nothing", new AttributeValue.M(Map.of()));
    Map<String, Map<String, AttributeValue>> items = new LinkedHashMap<>();
    items.put("empty", Map.of());
    items.put("flat", flat);
    items.put("sets", sets);
    items.put("nested", nested);
    items.put("long", Map.of("n".repeat(200), new AttributeValue.S("x".repeat(500))));
    return items;
  }

  static Map<String, WriteCommand> commands() {
    PrimaryKey key = key(new AttributeValue.S("a"), number("1"));
    Map<String, WriteCommand> commands = new LinkedHashMap<>();
    Bytes item = ItemCodec.encode(Map.of("h", new AttributeValue.S("a")));
    commands.put("put", new WriteCommand.Put(1, key, item, 2, null, ReturnValues.NONE, false));
    commands.put(
        "put-if", new WriteCommand.Put(1, key, item, 2, condition(), ReturnValues.ALL_OLD, true));
    commands.put(
        "update",
        new WriteCommand.UpdateItem(2, key, update(), null, ReturnValues.UPDATED_NEW, false));
    commands.put(
        "touch",
        new WriteCommand.UpdateItem(2, key, Update.NONE, null, ReturnValues.UPDATED_OLD, false));
    commands.put(
        "attribute-updates",
        new WriteCommand.UpdateItem(2, key, attributeUpdates(), null, ReturnValues.ALL_NEW, false));
    commands.put(
        "delete",
        new WriteCommand.Delete(
            3,
            key(number("0"), null),
            new Condition.AttributeExists(Path.of("h")),
            ReturnValues.ALL_NEW,
            true));
    return commands;
  }

  private static Condition condition() {
    Path path =
        new Path(List.of(new Step.Attribute("a"), new Step.Index(300), new Step.Attribute("é")));
    Operand at = new Operand.At(path);
    Operand one = new Operand.Literal(number("1"));
    return new Condition.And(
        List.of(
            new Condition.Or(
                List.of(
                    new Condition.Compare(at, Condition.Comparator.EQ, one),
                    new Condition.Compare(at, Condition.Comparator.NE, one),
                    new Condition.Compare(at, Condition.Comparator.LT, one),
                    new Condition.Compare(at, Condition.Comparator.LE, one),
                    new Condition.Compare(at, Condition.Comparator.GT, one),
                    new Condition.Compare(at, Condition.Comparator.GE, one))),
            new Condition.Not(new Condition.AttributeNotExists(path)),
            new Condition.Between(new Operand.Size(at), one, one),
            new Condition.In(at, List.of(one, at)),
            new Condition.AttributeType(at, "SS"),
            new Condition.BeginsWith(at, new Operand.Literal(new AttributeValue.S("x"))),
            new Condition.Contains(at, one)));
  }

  private static Update update() {
    Update.SetOperand at = new Update.SetOperand.At(Path.of("a"));
    Update.SetOperand literal = new Update.SetOperand.Literal(number("1"));
    Update.SetOperand otherwise = new Update.SetOperand.IfNotExists(Path.of("b"), literal);
    return new Update(
        List.of(
            new Update.SetAction(Path.of("p"), new Update.SetValue.Plain(otherwise)),
            new Update.SetAction(Path.of("q"), new Update.SetValue.Plus(at, literal)),
            new Update.SetAction(Path.of("r"), new Update.SetValue.Minus(otherwise, literal)),
            new Update.SetAction(
                Path.of("s"),
                new Update.SetValue.Plain(new Update.SetOperand.ListAppend(at, literal)))),
        List.of(Path.of("t")),
        List.of(new Update.AddAction(Path.of("u"), number("5"))),
        List.of(new Update.DeleteAction(Path.of("v"), new AttributeValue.SS(Set.of("w")))));
  }

  private static Update attributeUpdates() {
    return new Update(
        List.of(
            new Update.SetAction(
                Path.of("x"),
                new Update.SetValue.Plain(new Update.SetOperand.Literal(number("1"))))),
        List.of(Path.of("y")),
        List.of(new Update.AddAction(Path.of("l"), new AttributeValue.L(List.of(number("1"))))),
        List.of(),
        Update.Origin.ATTRIBUTE_UPDATES);
  }

  static TableRecord fullTable() {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("team", "orders");
    tags.put("env", "");
    TableDefinition definition =
        new TableDefinition(
            "orders",
            List.of(
                new TableDefinition.AttributeDefinition("pk", TableDefinition.KeyType.S),
                new TableDefinition.AttributeDefinition("sk", TableDefinition.KeyType.N),
                new TableDefinition.AttributeDefinition("x", TableDefinition.KeyType.B)),
            "pk",
            "sk",
            TableDefinition.BillingMode.PAY_PER_REQUEST,
            0,
            0,
            new TableDefinition.Throughput(-1, 100),
            new TableDefinition.Throughput(12_000, 4_000),
            TableDefinition.TableClass.STANDARD_INFREQUENT_ACCESS,
            true,
            tags);
    KeyRange range = RowKeys.tokens(7, 0, Long.MIN_VALUE);
    return new TableRecord(
        7,
        new UUID(1, 2),
        definition,
        TableRecord.TableStatus.ACTIVE,
        1_790_000_000_000L,
        1L,
        2L,
        3,
        4L,
        List.of(
            new PartitionDescriptor(
                70,
                7,
                range,
                2,
                5,
                List.of(
                    new PartitionDescriptor.Peer("pod-0", 1),
                    new PartitionDescriptor.Peer("pod-1", 2))),
            new PartitionDescriptor(71, 7, RowKeys.tokens(7, Long.MIN_VALUE, 0), 1, 1, List.of())));
  }

  /// A table with everything that version 2 added.
  static TableRecord indexedTable() {
    TableRecord full = fullTable();
    TableDefinition definition =
        full.definition()
            .withLocalIndexes(
                List.of(
                    new TableDefinition.LocalIndex(
                        "by-x", "x", TableDefinition.Projection.ALL, List.of()),
                    new TableDefinition.LocalIndex(
                        "keys", "x", TableDefinition.Projection.KEYS_ONLY, List.of()),
                    new TableDefinition.LocalIndex(
                        "some", "x", TableDefinition.Projection.INCLUDE, List.of("é", "b"))))
            .withTtlAttribute("expires");
    return new TableRecord(
        full.id(),
        full.tableId(),
        definition,
        full.status(),
        full.createdAt(),
        full.lastIncreaseAt(),
        full.lastDecreaseAt(),
        full.decreasesToday(),
        full.onDemandSince(),
        full.partitions());
  }

  static TableRecord plainTable() {
    TableDefinition definition =
        new TableDefinition(
            "t01",
            List.of(new TableDefinition.AttributeDefinition("k", TableDefinition.KeyType.N)),
            "k",
            null,
            TableDefinition.BillingMode.PROVISIONED,
            5,
            6,
            null,
            null,
            null,
            false,
            Map.of());
    return new TableRecord(
        8,
        new UUID(-1, -1),
        definition,
        TableRecord.TableStatus.CREATING,
        0,
        null,
        null,
        0,
        null,
        List.of());
  }

  private static AttributeValue number(String text) {
    return new AttributeValue.N(DynamoNumber.parse(text));
  }

  private static PrimaryKey key(AttributeValue hash, @Nullable AttributeValue sort) {
    return new PrimaryKey("h", hash, sort == null ? null : "s", sort);
  }
}
