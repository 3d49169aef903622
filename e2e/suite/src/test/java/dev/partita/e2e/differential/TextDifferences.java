package dev.partita.e2e.differential;

import static dev.partita.e2e.differential.Sides.INVALID;
import static dev.partita.e2e.differential.Sides.holds;
import static dev.partita.e2e.differential.Sides.ours;
import static dev.partita.e2e.differential.Sides.texts;
import static dev.partita.e2e.differential.Sides.theirType;
import static dev.partita.e2e.differential.Sides.theirs;
import static dev.partita.e2e.differential.Sides.upTo;
import static dev.partita.e2e.differential.Sides.withoutStop;

import java.util.List;
import java.util.Map;

/// Where both refuse a request for the same fault, in other words.
final class TextDifferences {

  private static final String TOO_PRECISE = "DynamoDB only supports precision up to 38 digits";

  /// What DynamoDB Local says of a key that does not fit the schema, where the service has other
  /// texts.
  static final List<String> LOCAL_KEY_TEXTS =
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

  static final List<KnownDifference> ALL =
      List.of(
          texts("the service's texts for keys that do not fit", KEY_TEXTS, LOCAL_KEY_TEXTS),
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
          new KnownDifference(
              "BETWEEN's texts show canonical numbers",
              (c, a) ->
                  holds(ours(a), "The BETWEEN operator requires")
                      && upTo(ours(a), "operand: ").equals(upTo(theirs(a), "operand: "))),
          texts(
              "the service's text for index keys of a wrong type, which names them",
              List.of(INVALID + "Type mismatch for Index Key "),
              List.of(INVALID + "Type mismatch for Index Key", "Invalid attribute value type")),
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
              List.of(
                  "The list of keys in RequestItems for BatchGetItem may not contain null",
                  "Item to put in PutItem cannot be null")),
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
              "of the indexes that have a key, the first by name is told of",
              (c, a) ->
                  holds(ours(a), "IndexName: ")
                      && upTo(ours(a), "IndexName: ").equals(upTo(theirs(a), "IndexName: "))),
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
                          .equals("The provided starting key is invalid: " + theirs(a))));

  private TextDifferences() {}

  private static String lettersOf(String text) {
    String letters = text;
    for (Map.Entry<String, String> type : TYPE_LETTERS.entrySet()) {
      letters = letters.replace("for the type " + type.getKey(), "for the type " + type.getValue());
    }
    return letters;
  }
}
