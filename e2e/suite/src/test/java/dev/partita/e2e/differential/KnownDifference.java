package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.partita.e2e.differential.Reconciliation.Behind;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/// A place where DynamoDB Local differs from the service and Partita follows the service, as far as
/// it is known from the developer guide, the service model and conformance suites run against it.
///
/// @param fact what the decision rests on
/// @param applies whether a difference is of this kind
record KnownDifference(String fact, BiPredicate<Case, Answers> applies) {

  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final Pattern CONSTRAINTS = Pattern.compile("\\d+ validation errors? detected: ");

  /// A clause of an update expression that makes an item where none is.
  private static final Pattern GIVES = Pattern.compile("(?i)(?<![#:\\w])(SET|ADD)\\s");

  private static final String TOO_PRECISE = "DynamoDB only supports precision up to 38 digits";

  /// What DynamoDB Local says of a key that does not fit the schema, where the service has other
  /// texts.
  private static final List<String> LOCAL_KEY_TEXTS =
      List.of(
          INVALID + "Type mismatch for key",
          "The number of conditions on the keys is invalid",
          "Invalid attribute value type",
          "One of the required keys was not given a value",
          "One or more parameter values are not valid. The AttributeValue for a key attribute",
          "Hash primary key values must be under 2048 bytes");

  /// What the service says of it.
  private static final List<String> KEY_TEXTS =
      List.of(
          INVALID + "Type mismatch for key ",
          INVALID + "Missing the key ",
          INVALID + "Size of hashkey",
          INVALID + "Aggregated size of all range keys",
          "One or more parameter values are not valid. The AttributeValue for a key attribute",
          "The provided key element does not match the schema");

  private static final Map<String, String> TYPE_LETTERS =
      Map.of(
          "STRING", "S", "NUMBER", "N", "BINARY", "B", "BOOLEAN", "BOOL", "LIST", "L", "MAP", "M");

  private static final List<String> SCHEMA_FAULTS =
      List.of(
          "The provided key element does not match the schema",
          INVALID + "Cannot update attribute",
          INVALID + "Type mismatch for Index Key ",
          "Type mismatch for attribute to update",
          "Key attributes must be scalars");

  /// Faults that only the item's image reveals.
  private static final List<String> RUN_TIME_TEXTS =
      List.of(
          "An operand in the update expression has an incorrect data type",
          "The document path provided in the update expression is invalid for update",
          "The provided expression refers to an attribute that does not exist in the item",
          "Type mismatch for attribute to update",
          "Number overflow",
          "Number underflow",
          TOO_PRECISE);

  static final List<KnownDifference> ALL =
      List.of(
          texts("the service's texts for keys that do not fit", KEY_TEXTS, LOCAL_KEY_TEXTS),
          new KnownDifference(
              "what the request alone reveals comes before what needs the table's schema",
              (c, a) ->
                  starts(ours(a), List.of("Invalid ", "ExpressionAttribute", "Value provided in "))
                      && starts(theirs(a), LOCAL_KEY_TEXTS)),
          new KnownDifference(
              "what needs only the schema comes before what needs the item",
              (c, a) ->
                  ours(a).startsWith(INVALID + "Cannot update attribute ")
                      && theirType(a).equals("ConditionalCheckFailedException")),
          texts(
              "returnValues is an enumeration, checked with the model's constraints",
              List.of(
                  "1 validation error detected: Value 'INVALID' at 'returnValues'",
                  "ReturnValues can only be ALL_OLD or NONE",
                  "ExpressionAttribute",
                  "Invalid ",
                  "Value provided in "),
              List.of("Return values set to invalid value")),
          new KnownDifference(
              "the model's constraints come first, and returnConsumedCapacity is one of them",
              (c, a) ->
                  CONSTRAINTS.matcher(ours(a)).lookingAt()
                      && (!a.theirs().ok() || holds(ours(a), "at 'returnConsumedCapacity'"))),
          new KnownDifference(
              "a request is validated before its table is looked up",
              (c, a) ->
                  a.ours().errorType().equals("ValidationException")
                      && theirType(a).equals("ResourceNotFoundException")),
          texts(
              "the service's text for a missing table",
              List.of("Requested resource not found"),
              List.of("Cannot do operations on a non-existent table")),
          new KnownDifference(
              "the service's texts for numbers it cannot take",
              (c, a) ->
                  holds(ours(a), "cannot be converted to a numeric value")
                      && holds(theirs(a), "cannot be converted into a number")),
          new KnownDifference(
              "a number with more than 38 digits has a text of its own, a sum with more overflows",
              (c, a) ->
                  holds(theirs(a), TOO_PRECISE)
                      && (holds(ours(a), "Attempting to store more than 38 significant digits")
                          || holds(ours(a), "Number overflow")
                          || holds(ours(a), "Number underflow"))),
          new KnownDifference(
              "the text for duplicates ends with a full stop",
              (c, a) ->
                  holds(ours(a), "contains duplicates.")
                      && withoutStop(ours(a)).equals(withoutStop(theirs(a)))),
          new KnownDifference(
              "SIZE is a reserved word; DynamoDB Local does not know it",
              (c, a) -> holds(ours(a), "reserved keyword: Size")),
          new KnownDifference(
              "the second path of an overlap is the one that collides",
              (c, a) ->
                  upTo(ours(a), "path one:").equals(upTo(theirs(a), "path one:"))
                      && holds(ours(a), "path two:")),
          texts(
              "of several faults that the item reveals, any may be told",
              RUN_TIME_TEXTS,
              RUN_TIME_TEXTS),
          new KnownDifference(
              "BETWEEN's texts show canonical numbers",
              (c, a) ->
                  holds(ours(a), "The BETWEEN operator requires")
                      && upTo(ours(a), "operand: ").equals(upTo(theirs(a), "operand: "))),
          new KnownDifference(
              "units of an index are of the sizes of its entries; DynamoDB Local adds an overhead",
              (c, a) ->
                  c.writes()
                      && a.bothOk()
                      && withoutCapacity(a.normalOurs()).equals(withoutCapacity(a.normalTheirs()))
                      && units(a.normalOurs()) < units(a.normalTheirs())),
          new KnownDifference(
              "requests are checked in stages; DynamoDB Local mixes them",
              (c, a) -> !a.theirs().ok() && CheckOrder.isEarlier(a.ours(), a.theirs())),
          new KnownDifference(
              "what an update would put into an index's key is checked before the item is looked at",
              (c, a) ->
                  c.operation().equals("UpdateItem")
                      && ours(a).startsWith(INVALID + "Type mismatch for Index Key ")
                      && CheckOrder.isEarlier(a.ours(), a.theirs())),
          texts(
              "the service's text for index keys of a wrong type, which names them",
              List.of(INVALID + "Type mismatch for Index Key "),
              List.of(INVALID + "Type mismatch for Index Key", "Invalid attribute value type")),
          new KnownDifference(
              "a query's other parameters are checked before its key conditions",
              (c, a) ->
                  c.body().has("KeyConditions")
                      && CheckOrder.areBoth(CheckOrder.PARAMETERS, a.ours(), a.theirs())),
          new KnownDifference(
              "the service's text for a key condition with an operator that orders nothing",
              (c, a) ->
                  ours(a).equals("Attempted conditional constraint is not an indexable operation")
                      && (theirs(a).equals("Query key condition not supported")
                          || theirs(a).startsWith("Only scalar types can be used")
                          || theirs(a)
                              .endsWith("Condition parameter type does not match schema type")
                          || theirType(a).equals("InternalFailure"))),
          texts(
              "the service's text for a batch of nothing",
              List.of("The requestItems parameter is required for Batch"),
              List.of("BatchGetItem must have some", "BatchWriteItem cannot have a null")),
          texts(
              "the service's text for a key without attributes",
              List.of("The provided key element does not match the schema"),
              List.of("The list of keys in RequestItems for BatchGetItem may not contain null")),
          texts(
              "the service's text for attributes named twice",
              List.of(INVALID + "Duplicate value in attribute name: "),
              List.of("Cannot have two attributes with the same name")),
          new KnownDifference(
              "the service names types by their letters",
              (c, a) ->
                  holds(theirs(a), "for the type ")
                      && !ours(a).equals(theirs(a))
                      && ours(a).equals(lettersOf(theirs(a)))),
          new KnownDifference(
              "the service names the part of the key that a query misses",
              (c, a) ->
                  ours(a).startsWith("Query condition missed key schema element: ")
                      && theirs(a).equals("Query condition missed key schema element")),
          texts(
              "the service's texts for half of a segment, and for one behind the last",
              List.of("The Segment parameter is ", "The TotalSegments parameter is required"),
              List.of(
                  "If segment is specified, total",
                  "If total segments is specified, a",
                  "1 validation error detected: Value ")),
          new KnownDifference(
              "an expression of no characters is one; DynamoDB Local takes it for none",
              (c, a) ->
                  c.body().propertyStream().anyMatch(KnownDifference::isEmptyExpression)
                      && (CheckOrder.isEarlier(a.ours(), a.theirs())
                          || holds(theirs(a), "can only be specified when using expressions")
                          || ours(a).endsWith("The expression can not be empty;")
                          || ours(a).startsWith("Can not use both expression")
                          || ours(a).startsWith("The Segment parameter is"))),
          new KnownDifference(
              "of the indexes that have a key, the first by name is told of",
              (c, a) ->
                  holds(ours(a), "IndexName: ")
                      && upTo(ours(a), "IndexName: ").equals(upTo(theirs(a), "IndexName: "))),
          new KnownDifference(
              "of a key only what the schema has is looked at",
              (c, a) ->
                  ours(a).equals("The provided key element does not match the schema")
                      && theirs(a).startsWith("Nesting Levels have exceeded")),
          new KnownDifference(
              "DynamoDB Local lets if_not_exists put a wrong type into an index's key",
              (c, a) ->
                  ours(a).startsWith("The update expression attempted to update the secondary")
                      && (a.theirs().ok() || theirs(a).equals("Invalid attribute value type"))),
          texts(
              "the service's texts for starting keys",
              List.of("The provided starting key is ", "The query can return at most one row"),
              List.of(
                  "The provided starting key ",
                  "The query can return at most one row",
                  "Exclusive Start Key must have same size as table's key schema",
                  "Exclusive start key must lie within the segment",
                  "Type mismatch for attribute to update")),
          new KnownDifference(
              "a fault of a starting key's value is told as one of the starting key",
              (c, a) ->
                  c.body().has("ExclusiveStartKey")
                      && withoutStop(ours(a))
                          .equals("The provided starting key is invalid: " + theirs(a))),
          new KnownDifference(
              "a starting key's values are checked before key conditions and expressions",
              (c, a) ->
                  c.body().has("ExclusiveStartKey")
                      && ours(a).startsWith("The provided starting key is invalid: ")
                      && CheckOrder.areBoth(CheckOrder.PARAMETERS, a.ours(), a.theirs())),
          new KnownDifference(
              "key conditions are missed before expressions are looked at",
              (c, a) ->
                  ours(a).startsWith("Either the KeyConditions or KeyConditionExpression")
                      && CheckOrder.areBoth(CheckOrder.PARAMETERS, a.ours(), a.theirs())),
          new KnownDifference(
              "a query goes on from its last key wherever that is; DynamoDB Local refuses the bound",
              (c, a) ->
                  theirs(a)
                          .equals(
                              "The provided starting key does not match the range key predicate")
                      && a.our().ok()
                      && PageDifference.atBound(c, c.body().path("ExclusiveStartKey"))),
          new KnownDifference(
              "a batch's requests are checked one by one before they are counted",
              (c, a) ->
                  theirs(a).startsWith("Too many items requested")
                      && CheckOrder.isOfSomeStage(a.ours())),
          new KnownDifference(
              "a batch names its tables in no order: of several faults any may be told",
              (c, a) ->
                  c.body().path("RequestItems").size() > 1
                      && CheckOrder.areOfSomeStage(a.ours(), a.theirs())),
          texts(
              "of several faults that the schema reveals, any may be told",
              SCHEMA_FAULTS,
              SCHEMA_FAULTS),
          new KnownDifference(
              "a key that is read and not there takes the least that a read takes",
              KnownDifference::readsOfNothing),
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

  /// @return the fact, or the facts
  static Optional<String> explain(Case request, Answers answers) {
    return ALL.stream()
        .filter(d -> d.applies().test(request, answers))
        .findFirst()
        .map(KnownDifference::fact)
        .or(() -> PageDifference.explain(answers));
  }

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

  private static boolean isEmptyExpression(Map.Entry<String, JsonNode> parameter) {
    return parameter.getKey().endsWith("Expression") && parameter.getValue().asText("").isEmpty();
  }

  private static boolean readsOfNothing(Case request, Answers answers) {
    return request.operation().equals("BatchGetItem")
        && answers.bothOk()
        && withoutCapacity(answers.normalOurs()).equals(withoutCapacity(answers.normalTheirs()))
        && units(answers.normalOurs()) > units(answers.normalTheirs());
  }

  private static String withoutStop(String text) {
    return text.replace("contains duplicates.", "contains duplicates");
  }

  private static String lettersOf(String text) {
    String letters = text;
    for (Map.Entry<String, String> type : TYPE_LETTERS.entrySet()) {
      letters = letters.replace("for the type " + type.getKey(), "for the type " + type.getValue());
    }
    return letters;
  }

  private static KnownDifference texts(String fact, List<String> ours, List<String> theirs) {
    return new KnownDifference(fact, (c, a) -> starts(ours(a), ours) && starts(theirs(a), theirs));
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

  private static String ours(Answers a) {
    return a.ours().errorMessage();
  }

  private static String theirs(Answers a) {
    return a.theirs().errorMessage();
  }

  private static String theirType(Answers a) {
    return a.theirs().errorType();
  }

  private static boolean starts(String text, List<String> beginnings) {
    return beginnings.stream().anyMatch(text::startsWith);
  }

  private static boolean holds(String text, String part) {
    return text.contains(part);
  }

  private static String upTo(String text, String mark) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(0, at);
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
