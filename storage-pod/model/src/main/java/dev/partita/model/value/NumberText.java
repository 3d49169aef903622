package dev.partita.model.value;

import org.jspecify.annotations.Nullable;

/// A number as text, scanned once: which of its characters are significant digits, and what they
/// are worth.
///
/// @param first index of the first digit that is not 0
/// @param digits how many digits from there to the last that is not 0; 0 means zero
/// @param exponent of d.ddd × 10^exponent
record NumberText(String text, boolean negative, int first, int digits, long exponent) {

  /// Exponents beyond this are all the same overflow or underflow.
  private static final long FAR = 1_000_000_000_000L;

  /// @return null if the text is not `[+-](d+[.d*] | .d+)[eE[+-]d+]`
  static @Nullable NumberText scan(String text) {
    int length = text.length();
    int i = 0;
    boolean negative = false;
    if (i < length && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
      negative = text.charAt(i) == '-';
      i++;
    }
    int seen = 0;
    int whole = -1;
    int first = -1;
    int firstPlace = 0;
    int lastPlace = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.' && whole < 0) {
        whole = seen;
      } else if (c >= '0' && c <= '9') {
        if (c != '0') {
          if (first < 0) {
            first = i;
            firstPlace = seen;
          }
          lastPlace = seen;
        }
        seen++;
      } else {
        break;
      }
    }
    if (seen == 0) {
      return null;
    }
    long power = 0;
    if (i < length) {
      char c = text.charAt(i++);
      if (c != 'e' && c != 'E') {
        return null;
      }
      boolean down = false;
      if (i < length && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
        down = text.charAt(i) == '-';
        i++;
      }
      if (i == length) {
        return null;
      }
      for (; i < length; i++) {
        char d = text.charAt(i);
        if (d < '0' || d > '9') {
          return null;
        }
        power = Math.min(FAR, power * 10 + d - '0');
      }
      power = down ? -power : power;
    }
    if (first < 0) {
      return new NumberText(text, negative, 0, 0, 0);
    }
    int point = whole < 0 ? seen : whole;
    return new NumberText(
        text, negative, first, lastPlace - firstPlace + 1, power + point - firstPlace - 1);
  }

  /// @return the code; digits and exponent are within the limits, and digits is not 0
  byte[] encode() {
    byte[] ascii = new byte[digits];
    int from = first;
    for (int i = 0; i < digits; from++) {
      char c = text.charAt(from);
      if (c != '.') {
        ascii[i++] = (byte) c;
      }
    }
    return NumberCode.encode(negative, (int) exponent, ascii, digits);
  }
}
