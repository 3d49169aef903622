package dev.partita.e2e.api;

/// One request.
///
/// @param operation as the API names it
/// @param table what `TableName` is, before names are filled in; empty for none
/// @param json the other members, in JSON that may leave quotes out
record Step(String operation, String table, String json) {

  /// @param line `Operation`, perhaps a table, perhaps members
  static Step parse(String line) {
    String[] head = line.split(" ", 2);
    String rest = head.length == 1 ? "" : head[1].strip();
    String table = "";
    if (!rest.isEmpty() && rest.charAt(0) != '{') {
      String[] parts = rest.split(" ", 2);
      table = parts[0];
      rest = parts.length == 1 ? "" : parts[1].strip();
    }
    return new Step(head[0], table, rest.isEmpty() ? "{}" : rest);
  }
}
