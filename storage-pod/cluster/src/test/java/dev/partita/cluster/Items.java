package dev.partita.cluster;

import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.StoredItem;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.table.TableDefinition.Throughput;
import dev.partita.model.table.TableRecord;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.ItemSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tables and items for tests.
final class Items {
  private Items() {}

  /// An on-demand table with a partition key `id`.
  ///
  /// @param partitions with how many it starts
  static TableDefinition table(String name, int partitions) {
    return new TableDefinition(
        name,
        List.of(new AttributeDefinition("id", KeyType.S)),
        "id",
        null,
        BillingMode.PAY_PER_REQUEST,
        0,
        0,
        null,
        partitions == 1 ? null : new Throughput(1, partitions * 1_000L),
        null,
        false,
        Map.of());
  }

  static TableDefinition provisioned(
      String name, long read, long write, boolean deletionProtected) {
    return new TableDefinition(
        name,
        List.of(new AttributeDefinition("id", KeyType.S)),
        "id",
        null,
        BillingMode.PROVISIONED,
        read,
        write,
        null,
        null,
        null,
        deletionProtected,
        Map.of());
  }

  static PrimaryKey key(String id) {
    return new PrimaryKey("id", new AttributeValue.S(id), null, null);
  }

  static WriteCommand put(TableRecord table, String id, String value) {
    return put(table, id, new AttributeValue.S(value));
  }

  static WriteCommand put(TableRecord table, String id, AttributeValue value) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("id", new AttributeValue.S(id));
    item.put("v", value);
    return new WriteCommand.Put(
        table.id(),
        key(id),
        ItemCodec.encode(item),
        ItemSize.ofAttributes(item),
        null,
        ReturnValues.NONE,
        false);
  }

  /// The attribute `v` of a stored item.
  static @Nullable String value(Bytes stored) {
    Map<String, AttributeValue> item = ItemCodec.decode(StoredItem.body(stored.toArray()));
    return item.get("v") instanceof AttributeValue.S(String text) ? text : null;
  }
}
