package dev.partita.model.value;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.AttributeTexts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/// A DynamoDB number: up to 38 significant digits, magnitude 1E-130 to 9.99…E+125, or zero. Equal
/// by value, so `1`, `1.0` and `1e0` are one number.
///
/// A number is its {@link NumberCode}: the bytes that lie in row keys and items are the ones that
/// are compared, so that nothing is converted on the way from a request to the disk and back.
public final class DynamoNumber implements Comparable<DynamoNumber> {

  public static final DynamoNumber ZERO = new DynamoNumber(NumberCode.zero());

  /// Integers below this add without overflow of a long.
  private static final long SMALL = 1_000_000_000_000_000_000L;

  private final byte[] code;

  private DynamoNumber(byte[] code) {
    this.code = code;
  }

  /// Reads a number as a client writes it: sign, digits with at most one point, exponent.
  ///
  /// @throws ApiException ValidationException with DynamoDB's text: not a number, then overflow,
  ///   then underflow, then more than 38 digits
  public static DynamoNumber parse(String text) {
    NumberText parsed = NumberText.scan(text);
    if (parsed == null) {
      throw ApiException.validation(AttributeTexts.notANumber(text));
    }
    if (parsed.digits() == 0) {
      return ZERO;
    }
    check(parsed.exponent(), parsed.digits(), AttributeTexts.TOO_MANY_DIGITS);
    return new DynamoNumber(parsed.encode());
  }

  /// @throws ApiException as `parse` does
  public static DynamoNumber of(BigDecimal value) {
    return of(value, AttributeTexts.TOO_MANY_DIGITS);
  }

  public static DynamoNumber of(long value) {
    return value == 0 ? ZERO : of(BigDecimal.valueOf(value));
  }

  /// @param code a valid code, as `NumberCode.end` has checked
  public static DynamoNumber ofCode(byte[] code, int offset, int length) {
    return new DynamoNumber(Arrays.copyOfRange(code, offset, offset + length));
  }

  /// The exact sum.
  ///
  /// @throws ApiException ValidationException if it leaves the range, or needs more than 38 digits
  ///   (DynamoDB calls that an overflow too)
  public DynamoNumber plus(DynamoNumber other) {
    if (NumberCode.isSmallInteger(code) && NumberCode.isSmallInteger(other.code)) {
      return ofSum(NumberCode.smallInteger(code) + NumberCode.smallInteger(other.code));
    }
    return of(value().add(other.value()), AttributeTexts.NUMBER_OVERFLOW);
  }

  /// The exact difference.
  ///
  /// @throws ApiException as `plus` does
  public DynamoNumber minus(DynamoNumber other) {
    if (NumberCode.isSmallInteger(code) && NumberCode.isSmallInteger(other.code)) {
      return ofSum(NumberCode.smallInteger(code) - NumberCode.smallInteger(other.code));
    }
    return of(value().subtract(other.value()), AttributeTexts.NUMBER_OVERFLOW);
  }

  /// What the number counts for in the size of an item, in DynamoDB bytes.
  public int size() {
    return NumberCode.size(code, 0);
  }

  /// Order-preserving, self-delimiting bytes (see {@link NumberCode}); not to be written into.
  public byte[] unsafeCode() {
    return code;
  }

  public BigDecimal value() {
    int pairs = code.length - 2;
    if (pairs == 0) {
      return BigDecimal.ZERO;
    }
    BigInteger unscaled = BigInteger.ZERO;
    BigInteger hundred = BigInteger.valueOf(100);
    for (int i = 0; i < pairs; i++) {
      unscaled = unscaled.multiply(hundred).add(BigInteger.valueOf(NumberCode.pair(code, 0, i)));
    }
    int scale = 2 * (pairs - 1 - NumberCode.hundredExponent(code, 0));
    BigDecimal magnitude = new BigDecimal(unscaled, scale).stripTrailingZeros();
    return NumberCode.isNegative(code, 0) ? magnitude.negate() : magnitude;
  }

  @Override
  public int compareTo(DynamoNumber other) {
    return Arrays.compareUnsigned(code, other.code);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof DynamoNumber n && Arrays.equals(code, n.code);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(code);
  }

  /// Plain decimal, never scientific, as DynamoDB prints it.
  @Override
  public String toString() {
    return NumberCode.plain(code, 0);
  }

  private static DynamoNumber ofSum(long sum) {
    if (sum == 0) {
      return ZERO;
    }
    return Math.abs(sum) < SMALL
        ? new DynamoNumber(NumberCode.ofSmallInteger(sum))
        : of(BigDecimal.valueOf(sum));
  }

  private static DynamoNumber of(BigDecimal value, String whenTooLong) {
    if (value.signum() == 0) {
      return ZERO;
    }
    BigDecimal stripped = value.stripTrailingZeros();
    long exponent = (long) stripped.precision() - stripped.scale() - 1;
    check(exponent, stripped.precision(), whenTooLong);
    byte[] digits =
        stripped
            .unscaledValue()
            .abs()
            .toString()
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    return new DynamoNumber(
        NumberCode.encode(value.signum() < 0, (int) exponent, digits, digits.length));
  }

  private static void check(long exponent, int digits, String whenTooLong) {
    if (exponent > NumberCode.MAX_EXPONENT) {
      throw ApiException.validation(AttributeTexts.NUMBER_OVERFLOW);
    }
    if (exponent < NumberCode.MIN_EXPONENT) {
      throw ApiException.validation(AttributeTexts.NUMBER_UNDERFLOW);
    }
    if (digits > NumberCode.MAX_DIGITS) {
      throw ApiException.validation(whenTooLong);
    }
  }
}
