package dev.partita.e2e.differential;

import static dev.partita.e2e.differential.Sides.ours;
import static dev.partita.e2e.differential.Sides.theirs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.partita.e2e.differential.Reconciliation.Behind;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Where a request is carried out by one of them only, or by both with other results.
final class ReplyDifferences {

  /// A clause of an update expression that makes an item where none is.
  private static final Pattern GIVES = Pattern.compile("(?i)(?<![#:\\w])(SET|ADD)\\s");

  /// Of a table.
  private static final int MOST_INDEXES = 5;

  static final List<KnownDifference> ALL =
      List.of(
          new KnownDifference(
              "units of an index are of the sizes of its entries; DynamoDB Local adds 100 bytes to each",
              (c, a) ->
                  c.writes()
                      && a.bothOk()
                      && withoutCapacity(a.normalOurs()).equals(withoutCapacity(a.normalTheirs()))
                      && units(a.normalOurs()) < units(a.normalTheirs())
                      && units(a.normalTheirs()) - units(a.normalOurs()) <= entriesOf(c)),
          new KnownDifference(
              "DynamoDB Local lets if_not_exists put a wrong type into an index's key",
              (c, a) ->
                  ours(a).startsWith("The update expression attempted to update the secondary")
                      && (a.theirs().ok() || theirs(a).equals("Invalid attribute value type"))),
          new KnownDifference(
              "a query goes on from its last key wherever that is; DynamoDB Local refuses the bound",
              (c, a) ->
                  theirs(a)
                          .equals(
                              "The provided starting key does not match the range key predicate")
                      && a.our().ok()
                      && PageDifference.atBound(c, c.body().path("ExclusiveStartKey"))),
          new KnownDifference(
              "a key that is read and not there takes the least that a read takes",
              ReplyDifferences::readsOfNothing),
          new KnownDifference(
              "an update without an action puts; DynamoDB Local leaves it out",
              (c, a) -> a.bothOk() && putsWithoutAction(c)),
          new KnownDifference(
              "an item's entries in local indexes count with it; DynamoDB Local counts the item alone",
              (c, a) ->
                  !c.schema().indexes().isEmpty()
                      && ours(a).startsWith("Item size ")
                      && (a.theirs().ok() || CheckOrder.isOfSomeStage(a.theirs()))),
          new KnownDifference(
              "an update that only takes away makes no item; DynamoDB Local makes one of the key",
              (c, a) ->
                  a.bothOk()
                      && onlyTakesAway(c)
                      && !a.normalOurs().has("Attributes")
                      && (!a.normalTheirs().has("Attributes")
                          || a.normalTheirs()
                              .path("Attributes")
                              .equals(Normal.of(c.body().path("Key"), true)))
                      && without("Attributes", a.normalTheirs()).equals(a.normalOurs())),
          new KnownDifference(
              "UPDATED_OLD and UPDATED_NEW return the touched paths only",
              (c, a) ->
                  a.ours().ok()
                      && a.theirs().ok()
                      && c.body().path("ReturnValues").asText("").startsWith("UPDATED_")
                      && without("Attributes", a.normalOurs())
                          .equals(without("Attributes", a.normalTheirs()))
                      && within(
                          a.normalOurs().path("Attributes"), a.normalTheirs().path("Attributes"))));

  private ReplyDifferences() {}

  /// Whether a write explains that the items behind it differ.
  static boolean explainsItems(Case request, Behind behind) {
    return putsWithoutAction(request) || (behind == Behind.ONLY_THEIRS && onlyTakesAway(request));
  }

  private static boolean putsWithoutAction(Case request) {
    return request.body().path("AttributeUpdates").valueStream().anyMatch(u -> !u.has("Action"));
  }

  private static boolean onlyTakesAway(Case request) {
    JsonNode older = request.body().path("AttributeUpdates");
    String expression = request.body().path("UpdateExpression").asText("");
    return request.operation().equals("UpdateItem")
        && (expression.isEmpty()
            ? !older.isEmpty()
                && older.valueStream().allMatch(u -> u.path("Action").asText().equals("DELETE"))
            : !GIVES.matcher(expression).find());
  }

  /// The most entries that a write changes: each costs a unit more at most.
  private static int entriesOf(Case write) {
    int requests = write.body().path("RequestItems").valueStream().mapToInt(JsonNode::size).sum();
    return Math.max(1, requests) * 2 * MOST_INDEXES;
  }

  private static boolean readsOfNothing(Case request, Answers answers) {
    return request.operation().equals("BatchGetItem")
        && answers.bothOk()
        && withoutCapacity(answers.normalOurs()).equals(withoutCapacity(answers.normalTheirs()))
        && units(answers.normalOurs()) > units(answers.normalTheirs());
  }

  private static JsonNode withoutCapacity(JsonNode answer) {
    return without("ConsumedCapacity", answer);
  }

  private static JsonNode without(String member, JsonNode answer) {
    return ((ObjectNode) answer.deepCopy()).without(member);
  }

  /// All units of an answer.
  private static double units(JsonNode answer) {
    JsonNode capacity = answer.path("ConsumedCapacity");
    return capacity.isArray()
        ? capacity.valueStream().mapToDouble(c -> c.path("CapacityUnits").asDouble()).sum()
        : capacity.path("CapacityUnits").asDouble();
  }

  /// Whether a document is another one with parts left out.
  private static boolean within(JsonNode part, JsonNode whole) {
    if (part.isObject() && whole.isObject()) {
      for (Map.Entry<String, JsonNode> e : part.properties()) {
        JsonNode other = whole.get(e.getKey());
        if (other == null || !within(e.getValue(), other)) {
          return false;
        }
      }
      return true;
    }
    if (part.isArray() && whole.isArray()) {
      Iterator<JsonNode> candidates = whole.iterator();
      for (JsonNode wanted : part) {
        boolean found = false;
        while (!found && candidates.hasNext()) {
          found = within(wanted, candidates.next());
        }
        if (!found) {
          return false;
        }
      }
      return true;
    }
    return part.isMissingNode() || part.equals(whole);
  }
}
