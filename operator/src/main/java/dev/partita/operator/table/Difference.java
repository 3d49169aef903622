package dev.partita.operator.table;

import java.util.List;
import java.util.stream.Collectors;

/// A field of which the table has another value than the manifest.
///
/// @param field as the manifest spells it, like `provisionedThroughput.readCapacityUnits`
/// @param actual what the table has
/// @param wanted what the manifest says
record Difference(String field, String actual, String wanted) {

  /// For people: `billingMode is PROVISIONED, the manifest says PAY_PER_REQUEST`.
  @Override
  public String toString() {
    return field + " is " + actual + ", the manifest says " + wanted;
  }

  static String text(List<Difference> differences) {
    return differences.stream().map(Difference::toString).collect(Collectors.joining("; "));
  }
}
