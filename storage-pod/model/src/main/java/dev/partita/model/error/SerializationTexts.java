package dev.partita.model.error;

/// Texts of DynamoDB's JSON layer, with the classes that it names; dynalite has most of them.
public final class SerializationTexts {

  public static final String STRUCTURE_NOT_EXPECTED =
      "Start of structure or map found where not expected";
  public static final String UNEXPECTED_FIELD = "Unexpected field type";
  public static final String UNEXPECTED_VALUE = "Unexpected value type in payload";
  public static final String UNEXPECTED_TOKEN = "Unexpected token received from parser";
  public static final String NO_BINARY = "only base-64-encoded strings are convertible to bytes";

  /// The typing error is the service's.
  public static final String BASE64_BITS_LEFT = "Invalid last non-pad Base64 character dectected";

  private SerializationTexts() {}

  /// The class of a structure of the API.
  public static String classOf(String shape) {
    return "com.amazonaws.dynamodb.v20120810." + shape;
  }

  /// The class of a map.
  ///
  /// @param value class of its values
  public static String mapOf(String value) {
    return "java.util.Map<java.lang.String, " + value + ">";
  }

  /// An array where there should be something else.
  public static String noCollection(String className) {
    return "Unrecognized collection type class " + className;
  }

  /// An array where there should be a map.
  ///
  /// @param map its class, see {@link #mapOf}
  public static String noMap(String map) {
    return "Unrecognized collection type " + map;
  }

  /// @param token kind of JSON token, e.g. `TRUE`
  public static String notConvertible(String token, String simpleName) {
    return token + "_VALUE cannot be converted to " + simpleName;
  }

  public static String base64Length(int length) {
    return "Base64 encoded length is expected a multiple of 4 bytes but found: " + length;
  }

  public static String base64Character(char c) {
    return "Invalid Base64 character: '" + c + "'";
  }
}
