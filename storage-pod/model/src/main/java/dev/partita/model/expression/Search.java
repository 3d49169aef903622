package dev.partita.model.expression;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Finds a text or bytes in others. Both may be as long as an item, and a client may choose them so
/// that the JDK's search looks at every byte as often as the part is long: a request would take
/// minutes. Where that could cost much, Knuth, Morris and Pratt's search looks at each twice at
/// most.
final class Search {

  /// Comparisons that the JDK's search of a text may need: it makes many at once, and so many take
  /// less than a millisecond.
  private static final long SIMPLE_TEXT_COMPARISONS = 1 << 24;

  /// The same of bytes, which are compared place by place.
  private static final long SIMPLE_BYTE_COMPARISONS = 1 << 20;

  private Search() {}

  static boolean contains(String text, String part) {
    return (long) text.length() * part.length() <= SIMPLE_TEXT_COMPARISONS
        ? text.contains(part)
        : contains(text.length(), text::charAt, part.length(), part::charAt);
  }

  static boolean contains(byte[] bytes, byte[] part) {
    if ((long) bytes.length * part.length > SIMPLE_BYTE_COMPARISONS) {
      return contains(bytes.length, i -> bytes[i], part.length, i -> part[i]);
    }
    for (int from = 0; from <= bytes.length - part.length; from++) {
      if (Arrays.equals(bytes, from, from + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(
      int length, IntUnaryOperator text, int partLength, IntUnaryOperator part) {
    if (partLength > length) {
      return false;
    }
    int[] borders = borders(partLength, part);
    int matched = 0;
    for (int i = 0; i < length; i++) {
      int unit = text.applyAsInt(i);
      while (matched > 0 && part.applyAsInt(matched) != unit) {
        matched = borders[matched - 1];
      }
      if (part.applyAsInt(matched) == unit && ++matched == partLength) {
        return true;
      }
    }
    return false;
  }

  /// For every beginning of the part the length of its longest end that it also begins with.
  private static int[] borders(int length, IntUnaryOperator part) {
    int[] borders = new int[length];
    int matched = 0;
    for (int i = 1; i < length; i++) {
      int unit = part.applyAsInt(i);
      while (matched > 0 && part.applyAsInt(matched) != unit) {
        matched = borders[matched - 1];
      }
      if (part.applyAsInt(matched) == unit) {
        matched++;
      }
      borders[i] = matched;
    }
    return borders;
  }
}
