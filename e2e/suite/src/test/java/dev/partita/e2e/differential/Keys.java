package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;

/// Values of key attributes: few, so that requests meet each other's items.
final class Keys {

  private static final int SHORT = 6;

  private Keys() {}

  /// @param type S, N or B
  /// @param n which one
  static ObjectNode value(String type, int n) {
    ObjectNode v = JsonNodeFactory.instance.objectNode();
    return switch (type) {
      case "S" -> v.put("S", n == 5 ? "ké" : n == 7 ? "\uD83D\uDE80" : "key" + n);
      case "N" ->
          v.put("N", n % 3 == 0 ? n + ".0" : n % 4 == 0 ? "-" + n + ".25" : Integer.toString(n));
      case "B" -> v.put("B", base64(n));
      default -> throw new IllegalArgumentException(type);
    };
  }

  /// The beginning of some values.
  static ObjectNode prefix(String type, int n) {
    ObjectNode v = JsonNodeFactory.instance.objectNode();
    return switch (type) {
      case "S" -> v.put("S", n % 2 == 0 ? "key" : "key1");
      case "N" -> v.put("N", "1");
      case "B" -> v.put("B", Base64.getEncoder().encodeToString(new byte[] {(byte) 0xFF}));
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static String base64(int n) {
    byte[] bytes = n < SHORT ? new byte[] {(byte) n} : new byte[] {(byte) 0xFF, (byte) (n * 20)};
    return Base64.getEncoder().encodeToString(bytes);
  }
}
