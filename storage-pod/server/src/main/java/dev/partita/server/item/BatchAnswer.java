package dev.partita.server.item;

import dev.partita.model.capacity.CapacityUnits;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.expression.Path;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.JsonLength;
import dev.partita.model.item.StoredItem;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.json.Structure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answer of BatchGetItem: what was read, and what has to be asked for once more.
final class BatchAnswer {

  /// DynamoDB bytes of one answer at most: an item with which it would pass them is asked for once
  /// more. Many items of the largest size fit, so that every answer has one at least.
  static final long MAX_ANSWER_BYTES = 16 << 20;

  /// JSON of one answer: an item with which it would pass it is asked for once more, unless it is
  /// the first. Text and base64 of all that DynamoDB's bound lets in fit; other things are up to 68
  /// times as long in JSON. With the keys that are left an answer is below {@link
  /// dev.partita.server.http.HttpLimits#MAX_ANSWER_BYTES}.
  static final int MAX_JSON_BYTES = 24 << 20;

  /// Bytes of an answer besides the items.
  private static final int OVERHEAD_BYTES = 512;

  /// @param key as it was asked for
  private record Found(Bytes stored, Map<String, AttributeValue> key) {}

  /// What was asked of a table, and what came of it.
  private static final class Table {
    private final String asWritten;
    private final String name;
    private final BatchGetItem.Asked asked;
    private final List<Found> found = new ArrayList<>();
    private final List<Map<String, AttributeValue>> unprocessed = new ArrayList<>();
    private int missing;

    /// @param asWritten the table's name or ARN as the request has it
    /// @param name the table's plain name
    Table(String asWritten, String name, BatchGetItem.Asked asked) {
      this.asWritten = asWritten;
      this.name = name;
      this.asked = asked;
    }
  }

  private final List<Table> tables = new ArrayList<>();
  private final Map<String, List<Table>> byName = new LinkedHashMap<>();
  private final Map<String, Consumption> units = new LinkedHashMap<>();
  private long bytes;
  private boolean empty = true;

  /// @param name the table's plain name
  void add(String asWritten, String name, BatchGetItem.Asked asked) {
    Table table = new Table(asWritten, name, asked);
    tables.add(table);
    byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(table);
  }

  /// @param outcomes of every table in the order in which they were added, of every key in its
  ///   order
  /// @throws dev.partita.model.error.ApiException if nothing at all could be read
  BatchAnswer take(List<List<ReadOutcome>> outcomes) {
    String trouble = null;
    int processed = 0;
    for (int t = 0; t < tables.size(); t++) {
      Table table = tables.get(t);
      for (int i = 0; i < outcomes.get(t).size(); i++) {
        Map<String, AttributeValue> key = table.asked.keys().get(i);
        switch (outcomes.get(t).get(i)) {
          case ReadOutcome.Found(Bytes stored) when bytes + size(stored) <= MAX_ANSWER_BYTES -> {
            bytes += size(stored);
            processed++;
            table.found.add(new Found(stored, key));
          }
          case ReadOutcome.Found _ -> table.unprocessed.add(key);
          case ReadOutcome.Missing _ -> {
            processed++;
            table.missing++;
          }
          case ReadOutcome.Unavailable(String reason) -> {
            trouble = reason;
            table.unprocessed.add(key);
          }
        }
      }
    }
    if (processed == 0 && trouble != null) {
      throw GetItem.unavailable(trouble);
    }
    return this;
  }

  private static int size(Bytes stored) {
    return StoredItem.header(stored.unsafeArray()).size();
  }

  private void consumed(Table table, int size) {
    double taken = CapacityUnits.read(size, table.asked.consistent());
    units.merge(table.name, Consumption.ofTable(taken), Consumption::plus);
  }

  /// Once.
  byte[] toJson(ConsumedCapacity capacity) {
    JsonBuffer json = new JsonBuffer((int) (bytes * 5 / 4) + OVERHEAD_BYTES).startObject();
    json.name("Responses").startObject();
    byName.forEach(
        (name, asked) -> {
          json.name(name).startArray();
          asked.forEach(table -> writeItems(table, json));
          json.endArray();
        });
    json.endObject().name("UnprocessedKeys").startObject();
    for (Table table : tables) {
      if (!table.unprocessed.isEmpty()) {
        echo(table, json);
      }
    }
    json.endObject();
    capacity.write(units, json);
    return json.endObject().toByteArray();
  }

  private void writeItems(Table table, JsonBuffer json) {
    for (int i = 0; i < table.missing; i++) {
      consumed(table, 0);
    }
    for (Found found : table.found) {
      if (writeItem(found.stored(), table.asked.projection(), json)) {
        consumed(table, size(found.stored()));
      } else {
        table.unprocessed.add(found.key());
      }
    }
  }

  /// @return false if there is no room for the item; then nothing is written
  private boolean writeItem(Bytes stored, @Nullable List<Path> projection, JsonBuffer json) {
    Bytes projected = projection == null ? null : GetItem.projected(stored, projection);
    boolean room =
        projected == null
            ? hasRoom(stored, StoredItem.HEADER_BYTES, json)
            : hasRoom(projected, 0, json);
    if (!room) {
      return false;
    }
    empty = false;
    if (projected == null) {
      ItemJson.ofStored(stored, json);
    } else {
      ItemJson.of(projected, json);
    }
    return true;
  }

  /// @param offset where the encoded attribute map begins
  private boolean hasRoom(Bytes octets, int offset, JsonBuffer json) {
    int length = octets.length() - offset;
    long room = MAX_JSON_BYTES - json.length() - 1L;
    return empty
        || (long) JsonLength.MAX_FACTOR * length <= room
        || JsonLength.of(octets.unsafeArray(), offset, length) <= room;
  }

  /// As it was asked for, so that it can be sent again as it is.
  private static void echo(Table table, JsonBuffer json) {
    Structure request = table.asked.request();
    json.name(table.asWritten).startObject().name("Keys").startArray();
    for (Map<String, AttributeValue> key : table.unprocessed) {
      ItemJson.of(ItemCodec.encode(key), json);
    }
    json.endArray();
    List<String> attributes = request.texts("AttributesToGet");
    if (attributes != null) {
      json.name("AttributesToGet").startArray();
      attributes.forEach(json::string);
      json.endArray();
    }
    Boolean consistent = request.flag("ConsistentRead");
    if (consistent != null) {
      json.name("ConsistentRead").bool(consistent);
    }
    String projection = request.text("ProjectionExpression");
    if (projection != null) {
      json.name("ProjectionExpression").string(projection);
    }
    Map<String, String> names = request.textMap("ExpressionAttributeNames");
    if (names != null) {
      json.name("ExpressionAttributeNames").startObject();
      names.forEach((placeholder, name) -> json.name(placeholder).string(name));
      json.endObject();
    }
    json.endObject();
  }
}
