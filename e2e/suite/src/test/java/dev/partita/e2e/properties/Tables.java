package dev.partita.e2e.properties;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.partita.e2e.process.PartitaDev;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the properties ask of a running node about its tables.
final class Tables {

  private Tables() {}

  static WireClient client(PartitaDev node) {
    return new WireClient(
        node.endpoint(), PartitaDev.CREDENTIALS, PartitaDev.REGION, Duration.ofSeconds(30));
  }

  /// A strongly consistent scan of a table or an index, to be added to.
  ///
  /// @param index null for the table itself
  static ObjectNode scan(RandomTable table, RandomTable.@Nullable Index index) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("TableName", table.name());
    if (index != null) {
      request.put("IndexName", index.name());
    }
    return request.put("ConsistentRead", true);
  }

  /// The same of one partition key.
  ///
  /// @param hash number of the partition key's value
  static ObjectNode query(RandomTable table, RandomTable.@Nullable Index index, int hash) {
    ObjectNode request = scan(table, index);
    ObjectNode condition = request.putObject("KeyConditions").putObject("h");
    condition.put("ComparisonOperator", "EQ");
    condition.putArray("AttributeValueList").add(RandomTable.value(table.hashType(), hash));
    return request;
  }

  /// All items of a table by their keys.
  static Map<String, JsonNode> items(WireClient wire, RandomTable table)
      throws IOException, InterruptedException {
    Map<String, JsonNode> items = new HashMap<>();
    for (JsonNode item : Walk.of(wire, "Scan", scan(table, null)).items()) {
      assertThat(items.put(table.keyOf(item).toString(), item)).as("twice: %s", item).isNull();
    }
    return items;
  }

  /// Every index has the entries that follow from the items, each once, and no other.
  static void checkIndexes(WireClient wire, RandomTable table, Iterable<JsonNode> items)
      throws IOException, InterruptedException {
    for (RandomTable.Index index : table.indexes()) {
      Map<JsonNode, Integer> expected = new HashMap<>();
      for (JsonNode item : items) {
        ObjectNode entry = RandomTable.entry(index, item);
        if (entry != null) {
          expected.merge(entry, 1, Integer::sum);
        }
      }
      assertThat(Walk.of(wire, "Scan", scan(table, index)).census())
          .as("scan of %s in %s", index, table)
          .isEqualTo(expected);
    }
  }

  /// The entries by queries are those by the scan.
  static void checkQueries(WireClient wire, RandomTable table, List<Integer> hashes)
      throws IOException, InterruptedException {
    for (RandomTable.Index index : table.indexes()) {
      Map<JsonNode, Integer> queried = new HashMap<>();
      for (int hash : hashes) {
        Walk.of(wire, "Query", query(table, index, hash))
            .census()
            .forEach((entry, times) -> queried.merge(entry, times, Integer::sum));
      }
      assertThat(queried)
          .as("queries of %s in %s", index, table)
          .isEqualTo(Walk.of(wire, "Scan", scan(table, index)).census());
    }
  }
}
