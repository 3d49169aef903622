package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.partita.e2e.wire.WireClient.Answer;

/// What both servers said to one case, made comparable by `Normal` and, for queries and scans, by
/// `JoinedPages`.
///
/// @param our Partita's
/// @param their DynamoDB Local's
record Answers(Case request, Walk our, Walk their) {

  private static final int SHOWN_CHARACTERS = 160;

  /// The only answer of Partita, or the one that ended the walk.
  Answer ours() {
    return our.last();
  }

  Answer theirs() {
    return their.last();
  }

  boolean bothOk() {
    return our.ok() && their.ok();
  }

  boolean agree() {
    if (ours().status() != theirs().status()) {
      return false;
    }
    if (!our.ok()) {
      return ours().errorType().equals(theirs().errorType())
          && ours().errorMessage().equals(theirs().errorMessage())
          && normalOurs().path("Item").equals(normalTheirs().path("Item"));
    }
    return normalOurs().equals(normalTheirs());
  }

  JsonNode normalOurs() {
    return normal(our, false);
  }

  /// DynamoDB Local reports the capacity of some deletes unasked.
  JsonNode normalTheirs() {
    JsonNode body = normal(their, true);
    if (!request.asksForCapacity() && !request.isPaged() && body instanceof ObjectNode object) {
      object.remove("ConsumedCapacity");
    }
    return body;
  }

  private JsonNode normal(Walk walk, boolean local) {
    return request.isPaged() && walk.ok()
        ? JoinedPages.of(request, walk, local).toJson()
        : Normal.of(walk.last().body(), local);
  }

  /// A short name for the kind of difference, to group by.
  String kind() {
    return side(ours()) + "  <>  " + side(theirs()) + parts();
  }

  /// The members that differ where both have an answer.
  private String parts() {
    if (!bothOk()) {
      return "";
    }
    JsonNode ours = normalOurs();
    JsonNode theirs = normalTheirs();
    ObjectNode all = ((ObjectNode) ours.deepCopy()).setAll((ObjectNode) theirs);
    return "  "
        + all.propertyStream()
            .map(e -> e.getKey())
            .filter(name -> !ours.path(name).equals(theirs.path(name)))
            .toList();
  }

  private static String side(Answer a) {
    String message = a.errorMessage();
    return a.ok()
        ? "200"
        : a.errorType()
            + ": "
            + (message.length() > SHOWN_CHARACTERS
                ? message.substring(0, SHOWN_CHARACTERS) + "…"
                : message);
  }
}
