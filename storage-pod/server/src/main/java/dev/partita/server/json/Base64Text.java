package dev.partita.server.json;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.SerializationTexts;
import dev.partita.model.value.Bytes;
import java.util.Base64;

/// Base64 as DynamoDB takes it: padded, no line breaks, the standard alphabet.
final class Base64Text {

  private Base64Text() {}

  static Bytes decode(String text) {
    if (text.length() % 4 != 0) {
      throw Serialization.error(SerializationTexts.base64Length(text.length()));
    }
    try {
      byte[] octets = Base64.getDecoder().decode(text);
      if (leavesBitsOver(text)) {
        throw Serialization.error(SerializationTexts.BASE64_BITS_LEFT);
      }
      return Bytes.wrap(octets);
    } catch (IllegalArgumentException _) {
      throw invalid(text);
    }
  }

  /// Whether the last character before the padding has bits that no byte takes.
  private static boolean leavesBitsOver(String text) {
    if (!text.endsWith("=")) {
      return false;
    }
    boolean two = text.endsWith("==");
    int value = valueOf(text.charAt(text.length() - (two ? 3 : 2)));
    return (value & (two ? 0xF : 0x3)) != 0;
  }

  private static int valueOf(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
  }

  private static ApiException invalid(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '=' && valueOf(c) < 0) {
        return Serialization.error(SerializationTexts.base64Character(c));
      }
    }
    return Serialization.error(SerializationTexts.BASE64_BITS_LEFT);
  }
}
