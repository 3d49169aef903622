package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.partita.e2e.wire.WireClient;
import dev.partita.e2e.wire.WireClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Everything that one server answers to a case: one answer, or the pages of a query or a scan to
/// their end, or to the first error.
///
/// @param answers at least one
record Walk(List<Answer> answers) {

  /// More than any table of the test has rows.
  private static final int MAX_PAGES = 400;

  static Walk of(Case request, WireClient wire) throws IOException, InterruptedException {
    if (!request.isPaged()) {
      return new Walk(List.of(wire.call(request.operation(), request.body().toString())));
    }
    List<Answer> answers = new ArrayList<>();
    if (request.segments() == 0) {
      pages(request.operation(), request.body(), wire, answers);
    }
    for (int segment = 0; segment < request.segments(); segment++) {
      ObjectNode body = request.body().deepCopy();
      body.put("Segment", segment).put("TotalSegments", request.segments());
      pages(request.operation(), body, wire, answers);
      if (!answers.getLast().ok()) {
        break;
      }
    }
    return new Walk(answers);
  }

  private static void pages(
      String operation, ObjectNode first, WireClient wire, List<Answer> answers)
      throws IOException, InterruptedException {
    ObjectNode body = first;
    for (int page = 0; page < MAX_PAGES; page++) {
      Answer answer = wire.call(operation, body.toString());
      answers.add(answer);
      JsonNode last = answer.body().path("LastEvaluatedKey");
      if (!answer.ok() || last.isMissingNode()) {
        return;
      }
      body = first.deepCopy();
      body.set("ExclusiveStartKey", last);
    }
    throw new IllegalStateException("no end after " + MAX_PAGES + " pages: " + first);
  }

  /// The only answer, or the one that the walk ended with.
  Answer last() {
    return answers.getLast();
  }

  boolean ok() {
    return last().ok();
  }
}
