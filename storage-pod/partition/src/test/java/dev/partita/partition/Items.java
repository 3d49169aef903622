package dev.partita.partition;

import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.Update;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import dev.partita.model.value.ItemSize;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Items and commands for tests: one string key `k`, whatever else a test needs.
final class Items {

  static final Condition ABSENT = new Condition.AttributeNotExists(Path.of("k"));
  static final Condition PRESENT = new Condition.AttributeExists(Path.of("k"));

  /// Without local indexes.
  static final TableDefinition TABLE =
      new TableDefinition(
          "items",
          List.of(new AttributeDefinition("k", KeyType.S)),
          "k",
          null,
          BillingMode.PAY_PER_REQUEST,
          0,
          0,
          null,
          null,
          null,
          false,
          Map.of());

  private Items() {}

  static AttributeValue s(String value) {
    return new AttributeValue.S(value);
  }

  static AttributeValue n(long value) {
    return new AttributeValue.N(DynamoNumber.of(BigDecimal.valueOf(value)));
  }

  static PrimaryKey key(String name) {
    return new PrimaryKey("k", s(name), null, null);
  }

  /// @param more names and values in turn
  static Map<String, AttributeValue> item(String name, Object... more) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("k", s(name));
    for (int i = 0; i < more.length; i += 2) {
      item.put((String) more[i], (AttributeValue) more[i + 1]);
    }
    return item;
  }

  static Image image(Map<String, AttributeValue> item) {
    return Image.encoded(ItemCodec.encode(item), ItemSize.ofAttributes(item));
  }

  static WriteCommand.Put put(long table, Map<String, AttributeValue> item) {
    return put(table, item, null, ReturnValues.NONE, false);
  }

  static WriteCommand.Put put(
      long table,
      Map<String, AttributeValue> item,
      @Nullable Condition condition,
      ReturnValues returned,
      boolean oldOnFailure) {
    return new WriteCommand.Put(
        table,
        new PrimaryKey("k", Objects.requireNonNull(item.get("k")), null, null),
        ItemCodec.encode(item),
        ItemSize.ofAttributes(item),
        condition,
        returned,
        oldOnFailure);
  }

  static WriteCommand.UpdateItem update(
      long table,
      String name,
      Update update,
      @Nullable Condition condition,
      ReturnValues returned) {
    return new WriteCommand.UpdateItem(table, key(name), update, condition, returned, false);
  }

  /// `ADD n :by`, answered with the new value.
  static WriteCommand.UpdateItem add(long table, String name, long by) {
    Update update =
        new Update(
            List.of(), List.of(), List.of(new Update.AddAction(Path.of("n"), n(by))), List.of());
    return update(table, name, update, null, ReturnValues.UPDATED_NEW);
  }

  /// `SET attribute = :value`.
  static Update set(String attribute, AttributeValue value) {
    return new Update(
        List.of(
            new Update.SetAction(
                Path.of(attribute),
                new Update.SetValue.Plain(new Update.SetOperand.Literal(value)))),
        List.of(),
        List.of(),
        List.of());
  }

  static WriteCommand.Delete delete(long table, String name) {
    return delete(table, name, null, ReturnValues.NONE);
  }

  static WriteCommand.Delete delete(
      long table, String name, @Nullable Condition condition, ReturnValues returned) {
    return new WriteCommand.Delete(table, key(name), condition, returned, true);
  }

  static @Nullable Map<String, AttributeValue> decoded(@Nullable Bytes body) {
    return body == null ? null : ItemCodec.decode(body);
  }

  /// The number in attribute `n` of what a write returned.
  static long counter(@Nullable Bytes attributes) {
    Map<String, AttributeValue> item = decoded(attributes);
    if (item == null || !(item.get("n") instanceof AttributeValue.N number)) {
      throw new AssertionError("no counter in " + item);
    }
    return number.value().value().longValueExact();
  }
}
