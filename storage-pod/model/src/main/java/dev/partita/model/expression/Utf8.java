package dev.partita.model.expression;

/// Strings as the UTF-8 bytes that DynamoDB orders them by, without making the bytes.
final class Utf8 {

  private Utf8() {}

  /// Order of the unsigned UTF-8 bytes. It is the order of code points, which differs from that of
  /// `String.compareTo` where a surrogate meets a character above it.
  static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean xSurrogate = Character.isSurrogate(x);
        return xSurrogate == Character.isSurrogate(y) ? x - y : xSurrogate ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
