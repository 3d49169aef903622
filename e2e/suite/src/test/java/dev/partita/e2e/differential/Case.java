package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/// One request of the differential test; of a query or a scan the first of as many as it takes.
///
/// @param operation API operation
/// @param body its JSON
/// @param schema of the table that it is about, or of the first one
/// @param segments how many segments a scan is cut into, all of which are walked; 0 for none
record Case(String operation, ObjectNode body, Schema schema, int segments) {

  private static final int SHOWN_CHARACTERS = 1_500;

  boolean isPaged() {
    return operation.equals("Query") || operation.equals("Scan");
  }

  boolean writes() {
    return !Set.of("GetItem", "BatchGetItem", "Query", "Scan").contains(operation);
  }

  boolean asksForCapacity() {
    return !body.path("ReturnConsumedCapacity").asText("NONE").equals("NONE");
  }

  boolean consistent() {
    return body.path("ConsistentRead").asBoolean(false);
  }

  @Override
  public String toString() {
    String text = body.toString();
    return operation
        + (segments > 0 ? " in " + segments + " segments" : "")
        + " "
        + (text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text);
  }
}
