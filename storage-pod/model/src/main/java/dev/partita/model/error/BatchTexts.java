package dev.partita.model.error;

/// Texts on the two batch operations.
public final class BatchTexts {

  public static final String DUPLICATES = "Provided list of item keys contains duplicates";

  private BatchTexts() {}

  public static String required(String operation) {
    return "The requestItems parameter is required for " + operation;
  }

  public static String tooMany(String operation) {
    return "Too many items requested for the " + operation + " call";
  }

  /// The one constraint that is told in the service's newer style everywhere (public conformance
  /// suite, error texts of BatchGetItem).
  public static String tooManyKeys(String table, int max) {
    return ConstraintTexts.one(
        "Value at 'RequestItems."
            + table
            + ".member.Keys' failed to satisfy constraint: "
            + ConstraintTexts.maxLength(max));
  }
}
