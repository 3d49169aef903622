package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A place where the pages of DynamoDB Local differ from the service's. Several may meet in one
/// walk, so each takes out of both walks what it explains, if it is as the fact says; what is left
/// must be the same.
///
/// @param fact what the decision rests on
/// @param rule tells whether it took something out
record PageDifference(String fact, Rule rule) {

  interface Rule {
    boolean takeOut(Case request, List<ObjectNode> ours, List<ObjectNode> theirs);
  }

  private static final String CAPACITY = "ConsumedCapacity";
  private static final String UNITS = "CapacityUnits";
  private static final String LAST = "LastEvaluatedKey";

  /// Of an item of 400 KB.
  private static final int LARGEST_READ_UNITS = 100;

  private static final List<PageDifference> ALL =
      List.of(
          new PageDifference(
              "a page that ends at its limit has a LastEvaluatedKey; DynamoDB Local leaves it out"
                  + " where the row is the bound of the key condition",
              PageDifference::lastAtBound),
          new PageDifference(
              "a page without rows takes the least that a read takes; DynamoDB Local says 0",
              PageDifference::emptyPage),
          new PageDifference(
              "reading an index reports the index alone; DynamoDB Local adds a table of 0 units",
              PageDifference::tableOfNothing),
          new PageDifference(
              "a scan of an index fetches what is not projected, and takes units for it; DynamoDB"
                  + " Local fetches for nothing",
              PageDifference::fetches),
          new PageDifference(
              "a scan of an index takes units for the sizes of its entries; DynamoDB Local for those"
                  + " of the whole items",
              PageDifference::wholeItems),
          new PageDifference(
              "what an index has is not fetched; DynamoDB Local fetches where an item lacks what is"
                  + " included, and for any AttributesToGet",
              PageDifference::lackingItems));

  static Optional<String> explain(Answers answers) {
    Case request = answers.request();
    if (!request.isPaged() || !answers.bothOk()) {
      return Optional.empty();
    }
    JoinedPages ours = JoinedPages.of(request, answers.our(), false);
    JoinedPages theirs = JoinedPages.of(request, answers.their(), true);
    List<String> facts = new ArrayList<>();
    for (PageDifference difference : ALL) {
      if (difference.rule().takeOut(request, ours.pages(), theirs.pages())) {
        facts.add(difference.fact());
      }
    }
    return ours.toJson().equals(theirs.toJson())
        ? Optional.of(String.join("; ", facts))
        : Optional.empty();
  }

  private static boolean lastAtBound(Case request, List<ObjectNode> ours, List<ObjectNode> theirs) {
    int end = theirs.size() - 1;
    if (!request.operation().equals("Query") || ours.size() != theirs.size() + 1) {
      return false;
    }
    boolean full = theirs.get(end).path("ScannedCount").equals(request.body().path("Limit"));
    boolean nothingMore = ours.getLast().path("ScannedCount").asInt() == 0;
    if (!full || !nothingMore || !atBound(request, ours.get(end).path(LAST))) {
      return false;
    }
    ours.removeLast();
    ours.getLast().remove(LAST);
    return true;
  }

  /// Whether a value of the key condition is the last row's.
  static boolean atBound(Case request, JsonNode last) {
    List<JsonNode> bounds = new ArrayList<>();
    request.body().path("ExpressionAttributeValues").forEach(bounds::add);
    for (JsonNode condition : request.body().path("KeyConditions")) {
      condition.path("AttributeValueList").forEach(bounds::add);
    }
    return last.propertyStream()
        .filter(
            e -> request.schema().range() == null || !e.getKey().equals(request.schema().hash()))
        .anyMatch(
            e ->
                bounds.stream()
                    .anyMatch(b -> Normal.of(b, true).equals(Normal.of(e.getValue(), true))));
  }

  private static boolean emptyPage(Case request, List<ObjectNode> ours, List<ObjectNode> theirs) {
    boolean took = false;
    double least = least(request);
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      if (theirs.get(i).path("ScannedCount").asInt(-1) == 0
          && ours.get(i).path("ScannedCount").asInt(-1) == 0
          && theirs.get(i).path(CAPACITY).path(UNITS).asDouble(-1) == 0
          && ours.get(i).path(CAPACITY).path(UNITS).asDouble(-1) == least) {
        theirs.get(i).remove(CAPACITY);
        ours.get(i).remove(CAPACITY);
        took = true;
      }
    }
    return took;
  }

  /// The least that a read takes.
  private static double least(Case request) {
    return request.consistent() ? 1 : 0.5;
  }

  private static boolean tableOfNothing(
      Case request, List<ObjectNode> ours, List<ObjectNode> theirs) {
    boolean took = false;
    for (ObjectNode page : theirs) {
      if (request.body().has("IndexName")
          && page.path(CAPACITY) instanceof ObjectNode capacity
          && capacity.path("Table").path(UNITS).asDouble(-1) == 0) {
        capacity.remove("Table");
        took = true;
      }
    }
    return took;
  }

  private static boolean fetches(Case request, List<ObjectNode> ours, List<ObjectNode> theirs) {
    if (!request.operation().equals("Scan")
        || !request.body().has("IndexName")
        || ours.size() != theirs.size()) {
      return false;
    }
    boolean took = false;
    for (int i = 0; i < ours.size(); i++) {
      double more = units(ours.get(i)) - units(theirs.get(i));
      if (more > 0 && more <= most(request, ours.get(i))) {
        ours.get(i).remove(CAPACITY);
        theirs.get(i).remove(CAPACITY);
        took = true;
      }
    }
    return took;
  }

  private static boolean wholeItems(Case request, List<ObjectNode> ours, List<ObjectNode> theirs) {
    return request.operation().equals("Scan")
        && request.body().has("IndexName")
        && takeOutLess(request, ours, theirs);
  }

  private static boolean lackingItems(
      Case request, List<ObjectNode> ours, List<ObjectNode> theirs) {
    Schema.Index index = request.schema().index(request.body().path("IndexName").asText(""));
    return request.operation().equals("Query")
        && index != null
        && (index.projection().equals("INCLUDE") || request.body().has("AttributesToGet"))
        && takeOutLess(request, ours, theirs);
  }

  /// Takes out units where ours are fewer, by no more than items of the pages can cost.
  private static boolean takeOutLess(Case request, List<ObjectNode> ours, List<ObjectNode> theirs) {
    boolean took = false;
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      double more = units(theirs.get(i)) - units(ours.get(i));
      if (more > 0 && more <= most(request, theirs.get(i))) {
        ours.get(i).remove(CAPACITY);
        theirs.get(i).remove(CAPACITY);
        took = true;
      }
    }
    return took;
  }

  private static double units(ObjectNode page) {
    return page.path(CAPACITY).path(UNITS).asDouble();
  }

  /// Units that the rows of a page cost if each is of the largest size.
  private static double most(Case request, ObjectNode page) {
    return page.path("ScannedCount").asInt() * LARGEST_READ_UNITS * least(request);
  }
}
