package dev.partita.e2e.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.partita.e2e.wire.WireClient;
import dev.partita.e2e.wire.WireClient.Answer;
import java.io.IOException;
import java.util.Map;

/// Compares what a write left behind. Items in which the two differ both start anew, so that one
/// difference is told once.
///
/// @param schemas all tables of the lane
record Reconciliation(Iterable<Schema> schemas, WireClient ours, WireClient theirs) {

  /// What both have under the keys of a write.
  enum Behind {
    SAME,
    /// DynamoDB Local has an item where Partita has none.
    ONLY_THEIRS,
    DIFFERENT
  }

  Behind after(Case write) throws IOException, InterruptedException {
    JsonNode body = write.body();
    if (!body.has("RequestItems")) {
      return item(write.schema(), body.path(write.operation().equals("PutItem") ? "Item" : "Key"));
    }
    Behind behind = Behind.SAME;
    for (Map.Entry<String, JsonNode> table : body.path("RequestItems").properties()) {
      for (Schema schema : schemas) {
        if (schema.table().equals(table.getKey())) {
          for (JsonNode each : table.getValue()) {
            boolean put = each.has("PutRequest");
            Behind one =
                item(
                    schema,
                    put
                        ? each.path("PutRequest").path("Item")
                        : each.path("DeleteRequest").path("Key"));
            behind = one.compareTo(behind) > 0 ? one : behind;
          }
        }
      }
    }
    return behind;
  }

  private Behind item(Schema schema, JsonNode from) throws IOException, InterruptedException {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("TableName", schema.table());
    request.set("Key", schema.keyOf(from));
    request.put("ConsistentRead", true);
    Answer here = ours.call("GetItem", request.toString());
    Answer there = theirs.call("GetItem", request.toString());
    if (!here.ok() && !there.ok()) {
      return Behind.SAME;
    }
    if (Normal.of(here.body(), false).equals(Normal.of(there.body(), true))) {
      return Behind.SAME;
    }
    request.remove("ConsistentRead");
    assertThat(ours.call("DeleteItem", request.toString()).ok()).as(request.toString()).isTrue();
    assertThat(theirs.call("DeleteItem", request.toString()).ok()).as(request.toString()).isTrue();
    return here.body().has("Item") ? Behind.DIFFERENT : Behind.ONLY_THEIRS;
  }
}
