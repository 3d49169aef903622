package dev.partita.model.error;

/// Texts on items and on the keys of tables and of local indexes. Those on keys of indexes: the
/// service as dynalite's tests and users' reports quote it (dynalite issue 35 for the size); for
/// what an update computes, the reasons listed with TransactionCanceledException.
public final class ItemTexts {

  public static final String NO_SUCH_TABLE = "Requested resource not found";

  public static final String TOO_LARGE = "Item size has exceeded the maximum allowed size";
  public static final String TOO_LARGE_TO_UPDATE =
      "Item size to update has exceeded the maximum allowed size";
  public static final String COLLECTION_FULL = "Collection size exceeded.";
  public static final String CONDITION_FAILED = "The conditional request failed";
  public static final String ONLY_OLD_VALUES = "ReturnValues can only be ALL_OLD or NONE";

  public static final String KEY_MISMATCH = "The provided key element does not match the schema";

  public static final String COMPUTED_INDEX_KEY_TYPE =
      "The update expression attempted to update the secondary index key to unsupported type";
  public static final String COMPUTED_INDEX_KEY_SIZE =
      "The update expression attempted to update the secondary index key beyond allowed size"
          + " limits";

  private static final String INDEX_KEY_NOT_SUPPORTED =
      "A value specified for a secondary index key is not supported. ";

  private ItemTexts() {}

  public static String missingKey(String key) {
    return Prefixes.invalid("Missing the key " + key + " in the item");
  }

  public static String keyType(String key, String expected, String actual) {
    return Prefixes.invalid(
        "Type mismatch for key " + key + " expected: " + expected + " actual: " + actual);
  }

  /// The missing blank is the service's.
  public static String hashKeyTooLarge(int maxBytes) {
    return Prefixes.invalid(
        "Size of hashkey has exceeded the maximum size limit of" + maxBytes + " bytes");
  }

  public static String rangeKeyTooLarge(int maxBytes) {
    return Prefixes.invalid(
        "Aggregated size of all range keys has exceeded the size limit of " + maxBytes + " bytes");
  }

  /// @param binary whether the value is binary, not text
  public static String emptyKey(boolean binary, String key) {
    return Prefixes.notValid(cannotBeEmpty(binary) + " Key: " + key);
  }

  public static String emptyIndexKey(boolean binary, String index, String key) {
    return Prefixes.notValid(
        INDEX_KEY_NOT_SUPPORTED
            + cannotBeEmpty(binary)
            + " IndexName: "
            + index
            + ", IndexKey: "
            + key);
  }

  /// Of an update that would make the value empty.
  public static String indexKeyEmptied(boolean binary) {
    return Prefixes.notValid(
        "The update expression attempted to update a secondary index key to a value that is not"
            + " supported. "
            + cannotBeEmpty(binary));
  }

  private static String cannotBeEmpty(boolean binary) {
    return "The AttributeValue for a key attribute cannot contain an empty "
        + (binary ? "binary" : "string")
        + " value.";
  }

  public static String indexKeyType(String key, String expected, String actual, String index) {
    return Prefixes.invalid(
        "Type mismatch for Index Key "
            + key
            + " Expected: "
            + expected
            + " Actual: "
            + actual
            + " IndexName: "
            + index);
  }

  public static String indexKeyTooLarge(String key, int bytes, int maxBytes, String index) {
    return Prefixes.invalid(
        "Size limit exceeded for Index Key "
            + key
            + " Actual Size: "
            + bytes
            + " bytes Max Size: "
            + maxBytes
            + " bytes IndexName: "
            + index);
  }

  public static String keyUpdate(String key) {
    return Prefixes.invalid(
        "Cannot update attribute " + key + ". This attribute is part of the key");
  }

  /// @param role `Key` or `IndexKey`
  public static String keyInParts(String role, String key) {
    return "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
        + " allowed: "
        + role
        + ": "
        + key;
  }
}
