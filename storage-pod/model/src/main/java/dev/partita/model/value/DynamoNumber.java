package dev.partita.model.value;

import java.math.BigDecimal;

/// A DynamoDB number: up to 38 significant digits, magnitude 1E-130 to 9.99…E+125, or zero. Equal
/// by value, so `1`, `1.0` and `1e0` are one number.
public final class DynamoNumber implements Comparable<DynamoNumber> {

  private final BigDecimal value;

  private DynamoNumber(BigDecimal value) {
    this.value = value;
  }

  /// @param value any value; range and precision are the caller's to check until parsing is in
  ///   place
  public static DynamoNumber of(BigDecimal value) {
    return new DynamoNumber(value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros());
  }

  public BigDecimal value() {
    return value;
  }

  @Override
  public int compareTo(DynamoNumber other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof DynamoNumber n && value.equals(n.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /// Plain decimal, never scientific, as DynamoDB prints it.
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
