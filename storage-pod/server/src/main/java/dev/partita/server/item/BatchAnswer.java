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
import dev.partita.server.operation.AnswerMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /// @param octets what is told of the item, an encoded attribute map from `offset` on
  /// @param size of the item in DynamoDB bytes
  /// @param key as it was asked for
  /// @param json bytes that it takes as JSON at most
  private record Found(
      byte[] octets, int offset, int size, Map<String, AttributeValue> key, long json) {

    static Found of(Bytes stored, BatchGetItem.Asked asked, Map<String, AttributeValue> key) {
      List<Path> projection = asked.projection();
      byte[] octets =
          projection == null
              ? stored.unsafeArray()
              : GetItem.projected(stored, projection).unsafeArray();
      int offset = projection == null ? StoredItem.HEADER_BYTES : 0;
      long json = (long) JsonLength.MAX_FACTOR * (octets.length - offset);
      return new Found(octets, offset, BatchAnswer.size(stored), key, json);
    }

    Found measured() {
      return new Found(octets, offset, size, key, JsonLength.of(octets, offset, length()));
    }

    int length() {
      return octets.length - offset;
    }
  }

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
  private int encoded;
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
            Found found = Found.of(stored, table.asked, key);
            encoded += found.length();
            table.found.add(found);
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
  ///
  /// @throws dev.partita.model.error.ApiException if there is no memory for it
  byte[] toJson(ConsumedCapacity capacity, AnswerMemory memory) {
    JsonBuffer json = buffer(memory).startObject();
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

  private JsonBuffer buffer(AnswerMemory memory) {
    if (encoded <= AnswerBuffers.MAX_GUESSED_BYTES) {
      return AnswerBuffers.guessed(encoded);
    }
    long json = 0;
    long longest = MAX_JSON_BYTES;
    for (Table table : tables) {
      table.found.replaceAll(Found::measured);
      for (Found found : table.found) {
        json += found.json() + 1;
        longest = Math.max(longest, found.json());
      }
    }
    return AnswerBuffers.taken(Math.min(json, longest), memory);
  }

  private void writeItems(Table table, JsonBuffer json) {
    for (int i = 0; i < table.missing; i++) {
      consumed(table, 0);
    }
    for (Found found : table.found) {
      if (empty || json.length() + found.json() < MAX_JSON_BYTES) {
        empty = false;
        ItemJson.of(found.octets(), found.offset(), found.length(), json);
        consumed(table, found.size());
      } else {
        table.unprocessed.add(found.key());
      }
    }
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
