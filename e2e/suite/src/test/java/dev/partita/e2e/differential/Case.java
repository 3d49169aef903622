package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// One request of the differential test.
///
/// @param operation API operation
/// @param body its JSON
record Case(String operation, ObjectNode body) {
  @Override
  public String toString() {
    String text = body.toString();
    return operation + " " + (text.length() > 1_500 ? text.substring(0, 1_500) + "…" : text);
  }
}
