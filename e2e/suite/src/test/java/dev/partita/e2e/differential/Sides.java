package dev.partita.e2e.differential;

import java.util.List;

/// What both servers said, as rules look at it.
final class Sides {

  /// Begins many texts of the service.
  static final String INVALID = "One or more parameter values were invalid: ";

  private Sides() {}

  static String ours(Answers a) {
    return a.ours().errorMessage();
  }

  static String theirs(Answers a) {
    return a.theirs().errorMessage();
  }

  static String theirType(Answers a) {
    return a.theirs().errorType();
  }

  static boolean starts(String text, List<String> beginnings) {
    return beginnings.stream().anyMatch(text::startsWith);
  }

  static boolean holds(String text, String part) {
    return text.contains(part);
  }

  static String upTo(String text, String mark) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(0, at);
  }

  static String withoutStop(String text) {
    return text.replace("contains duplicates.", "contains duplicates");
  }

  static KnownDifference texts(String fact, List<String> ours, List<String> theirs) {
    return new KnownDifference(fact, (c, a) -> starts(ours(a), ours) && starts(theirs(a), theirs));
  }
}
