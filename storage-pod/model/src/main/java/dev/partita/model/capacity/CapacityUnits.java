package dev.partita.model.capacity;

/// Read and write units from sizes in DynamoDB bytes. Source: DynamoDB developer guide, "Read and
/// write operations". Units are doubles because an eventual read counts halves; every result is
/// exact.
public final class CapacityUnits {

  /// DynamoDB bytes that one strong read covers.
  public static final int READ_UNIT_BYTES = 4_096;

  /// DynamoDB bytes that one write covers.
  public static final int WRITE_UNIT_BYTES = 1_024;

  private static final double EVENTUAL_SHARE = 0.5;

  private CapacityUnits() {}

  /// A read of one item, or of one page of a query.
  ///
  /// @param bytes of the whole item, whatever is returned of it; 0 for an item that is not there
  /// @param consistent a strong read, which costs twice an eventual one
  public static double read(long bytes, boolean consistent) {
    return ofUnits(readUnits(bytes), consistent);
  }

  /// A read whose strong units are known.
  public static double ofUnits(long strongUnits, boolean consistent) {
    return consistent ? strongUnits : strongUnits * EVENTUAL_SHARE;
  }

  /// Units of a strong read, at least 1.
  public static long readUnits(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes, READ_UNIT_BYTES));
  }

  /// A put, an update or a delete, also one whose condition failed: the larger image counts.
  ///
  /// @param oldBytes of the item before, 0 if it was not there
  /// @param newBytes of the item after, 0 if it is gone
  public static double write(long oldBytes, long newBytes) {
    return Math.max(1, Math.ceilDiv(Math.max(oldBytes, newBytes), WRITE_UNIT_BYTES));
  }
}
