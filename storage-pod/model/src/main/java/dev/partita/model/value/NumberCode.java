package dev.partita.model.value;

import dev.partita.model.error.CorruptDataException;
import java.nio.charset.StandardCharsets;

/// The bytes of a number, in row keys and in items: comparing them without sign compares the
/// numbers, and they tell where they end.
///
/// A number other than zero is `± p0.p1p2… × 100^x` with pairs of decimal digits `p`, the first and
/// the last not 00, and x from -65 to 62.
///
/// ```
/// zero      80        00
/// positive  C1 + x    p + 1 for every pair      00
/// negative  3E - x    101 - p for every pair    66
/// ```
///
/// The head of a positive number is 80 to FF, of a negative one 00 to 7F. The last byte lies below
/// every pair of a positive and above every pair of a negative number, so that more pairs mean a
/// larger magnitude. 3 to 22 bytes (zero: 2).
public final class NumberCode {

  /// Significant digits.
  public static final int MAX_DIGITS = 38;

  /// Of a number written as d.ddd × 10^e.
  public static final int MAX_EXPONENT = 125;

  public static final int MIN_EXPONENT = -130;

  /// Bytes of the longest code: head, 20 pairs where 38 digits straddle, end.
  public static final int MAX_LENGTH = 22;

  /// Characters of the longest plain form: sign, `0.`, 129 zeros, 38 digits.
  public static final int MAX_PLAIN_LENGTH = 170;

  private static final int ZERO_HEAD = 0x80;
  private static final int POSITIVE_END = 0x00;
  private static final int NEGATIVE_END = 0x66;

  private NumberCode() {}

  static byte[] zero() {
    return new byte[] {(byte) ZERO_HEAD, POSITIVE_END};
  }

  /// @param exponent of d.ddd × 10^exponent, within the limits
  /// @param digits ASCII digits, the first and the last not `0`
  /// @param count how many, at most 38
  static byte[] encode(boolean negative, int exponent, byte[] digits, int count) {
    // An odd exponent means that two digits stand in the first pair, an even one that one does.
    int lead = (exponent & 1) == 0 ? 1 : 2;
    int pairs = 1 + Math.ceilDiv(Math.max(0, count - lead), 2);
    byte[] code = new byte[pairs + 2];
    int hundred = Math.floorDiv(exponent, 2);
    code[0] = (byte) (negative ? 0x3E - hundred : 0xC1 + hundred);
    int next = lead - 2;
    for (int i = 0; i < pairs; i++) {
      int high = next < 0 ? 0 : digits[next] - '0';
      int low = next + 1 >= count ? 0 : digits[next + 1] - '0';
      int pair = 10 * high + low;
      code[i + 1] = (byte) (negative ? 101 - pair : pair + 1);
      next += 2;
    }
    code[pairs + 1] = (byte) (negative ? NEGATIVE_END : POSITIVE_END);
    return code;
  }

  static byte[] ofSmallInteger(long value) {
    boolean negative = value < 0;
    long rest = Math.abs(value);
    int zeroPairs = 0;
    while (rest % 100 == 0) {
      rest /= 100;
      zeroPairs++;
    }
    int pairs = 0;
    for (long r = rest; r > 0; r /= 100) {
      pairs++;
    }
    byte[] code = new byte[pairs + 2];
    int hundred = pairs + zeroPairs - 1;
    code[0] = (byte) (negative ? 0x3E - hundred : 0xC1 + hundred);
    for (int i = pairs; i > 0; i--) {
      int pair = (int) (rest % 100);
      rest /= 100;
      code[i] = (byte) (negative ? 101 - pair : pair + 1);
    }
    code[pairs + 1] = (byte) (negative ? NEGATIVE_END : POSITIVE_END);
    return code;
  }

  /// Whether the number is whole and its magnitude below 10^18.
  static boolean isSmallInteger(byte[] code) {
    int pairs = code.length - 2;
    if (pairs == 0) {
      return true;
    }
    int hundred = hundredExponent(code, 0);
    return hundred <= 8 && hundred >= pairs - 1;
  }

  /// @param code of a small integer
  static long smallInteger(byte[] code) {
    int pairs = code.length - 2;
    if (pairs == 0) {
      return 0;
    }
    long magnitude = 0;
    for (int i = 0; i <= hundredExponent(code, 0); i++) {
      magnitude = magnitude * 100 + (i < pairs ? pair(code, 0, i) : 0);
    }
    return isNegative(code, 0) ? -magnitude : magnitude;
  }

  static boolean isNegative(byte[] octets, int at) {
    return octets[at] >= 0;
  }

  static int hundredExponent(byte[] octets, int at) {
    int head = octets[at] & 0xFF;
    return head < ZERO_HEAD ? 0x3E - head : head - 0xC1;
  }

  static int pair(byte[] octets, int at, int index) {
    int octet = octets[at + 1 + index];
    return isNegative(octets, at) ? 101 - octet : octet - 1;
  }

  /// Finds the end of a code and checks all of it: what passes is a number, in its only form.
  ///
  /// @param at where the code starts
  /// @param limit end of what may be read
  /// @return index behind the code
  /// @throws CorruptDataException if no valid code starts there
  public static int end(byte[] octets, int at, int limit) {
    if (at >= limit) {
      throw new CorruptDataException("number cut off");
    }
    boolean negative = isNegative(octets, at);
    int stop = negative ? NEGATIVE_END : POSITIVE_END;
    int i = at + 1;
    int last = Math.min(limit, at + MAX_LENGTH);
    while (i < last && octets[i] != stop) {
      int pair = negative ? 101 - octets[i] : octets[i] - 1;
      if (pair < 0 || pair > 99) {
        throw new CorruptDataException("number with a pair of " + pair);
      }
      i++;
    }
    if (i == last) {
      throw new CorruptDataException("number without end");
    }
    int pairs = i - at - 1;
    if (pairs == 0) {
      if ((octets[at] & 0xFF) != ZERO_HEAD) {
        throw new CorruptDataException("number without digits");
      }
    } else if (pair(octets, at, 0) == 0
        || pair(octets, at, pairs - 1) == 0
        || digits(octets, at, pairs) > MAX_DIGITS) {
      throw new CorruptDataException("number not in canonical form");
    }
    return i + 1;
  }

  /// Significant digits.
  private static int digits(byte[] octets, int at, int pairs) {
    return 2 * pairs
        - (pair(octets, at, 0) < 10 ? 1 : 0)
        - (pair(octets, at, pairs - 1) % 10 == 0 ? 1 : 0);
  }

  private static int pairs(byte[] octets, int at) {
    int stop = isNegative(octets, at) ? NEGATIVE_END : POSITIVE_END;
    int pairs = 0;
    while (octets[at + 1 + pairs] != stop) {
      pairs++;
    }
    return pairs;
  }

  /// Size in DynamoDB bytes: 1, and one for every pair of digits, and one for a negative sign.
  /// Pairs are counted from the point, so that digits straddling it cost more. Every size that was
  /// measured with the service fits, and so do those of DynamoDB Local, also where the digits do
  /// not fill their pairs (`0.015` and `12000` take 3).
  ///
  /// @param at where a valid code starts
  public static int size(byte[] octets, int at) {
    int pairs = pairs(octets, at);
    return 1 + pairs + (isNegative(octets, at) ? 1 : 0);
  }

  private static int exponent(byte[] octets, int at) {
    return 2 * hundredExponent(octets, at) + (pair(octets, at, 0) < 10 ? 0 : 1);
  }

  /// Plain decimal text.
  ///
  /// @param at where a valid code starts
  public static String plain(byte[] octets, int at) {
    byte[] text = new byte[MAX_PLAIN_LENGTH];
    return new String(text, 0, plain(octets, at, text, 0), StandardCharsets.ISO_8859_1);
  }

  /// Characters of the plain decimal text.
  ///
  /// @param at where a valid code starts
  public static int plainLength(byte[] octets, int at) {
    int pairs = pairs(octets, at);
    if (pairs == 0) {
      return 1;
    }
    int sign = isNegative(octets, at) ? 1 : 0;
    int exponent = exponent(octets, at);
    int digits = digits(octets, at, pairs);
    if (exponent < 0) {
      return sign + 1 - exponent + digits;
    }
    boolean whole = digits <= exponent + 1;
    return sign + (whole ? exponent + 1 : digits + 1);
  }

  /// Writes plain decimal text: no exponent, no needless zeros.
  ///
  /// @param at where a valid code starts
  /// @param target has `MAX_PLAIN_LENGTH` bytes from `offset`
  /// @return how many bytes were written
  public static int plain(byte[] octets, int at, byte[] target, int offset) {
    int pairs = pairs(octets, at);
    if (pairs == 0) {
      target[offset] = '0';
      return 1;
    }
    int out = offset;
    if (isNegative(octets, at)) {
      target[out++] = '-';
    }
    int exponent = exponent(octets, at);
    int digits = digits(octets, at, pairs);
    if (exponent < 0) {
      target[out++] = '0';
      target[out++] = '.';
      for (int i = -1; i > exponent; i--) {
        target[out++] = '0';
      }
    }
    int skip = pair(octets, at, 0) < 10 ? 1 : 0;
    for (int i = 0; i < digits; i++) {
      if (i == exponent + 1 && exponent >= 0) {
        target[out++] = '.';
      }
      int place = i + skip;
      int pair = pair(octets, at, place >> 1);
      target[out++] = (byte) ('0' + ((place & 1) == 0 ? pair / 10 : pair % 10));
    }
    for (int i = digits; i <= exponent; i++) {
      target[out++] = '0';
    }
    return out - offset;
  }
}
