package dev.partita.model.error;

/// Texts on what tables are asked to serve.
public final class CapacityTexts {

  /// DynamoDB Local 3.1.0.
  public static final String ABOVE_TABLE_LIMIT =
      "Cannot increase provisioned throughput to more than 40,000 units per table";

  public static final String UNITS_ON_DEMAND =
      Prefixes.invalid(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
              + " PAY_PER_REQUEST");
  public static final String NO_UNITS =
      Prefixes.invalid(
          "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
              + " PROVISIONED");
  public static final String ON_DEMAND_OF_PROVISIONED =
      Prefixes.invalid(
          "OnDemandThroughput can only be specified when BillingMode is PAY_PER_REQUEST");
  public static final String ON_DEMAND_EMPTY =
      Prefixes.invalid("OnDemandThroughput must have MaxReadRequestUnits or MaxWriteRequestUnits");
  public static final String WARM_EMPTY =
      Prefixes.invalid("WarmThroughput must have ReadUnitsPerSecond or WriteUnitsPerSecond");

  private CapacityTexts() {}

  public static String outOfBounds(long units, String member) {
    return "Given value " + units + " for " + member + " is out of bounds";
  }

  /// DynamoDB Local 3.1.0.
  public static String onDemandOutOfRange(String member) {
    return Prefixes.invalid(
        "Requested " + member + " for OnDemandThroughput for table is outside of valid range");
  }

  public static String warmLowered(String member) {
    return Prefixes.invalid(
        "Requested "
            + member
            + " for WarmThroughput for table is lower than current WarmThroughput, decreasing"
            + " WarmThroughput is not supported");
  }

  public static String warmAboveTableLimit(String member) {
    return Prefixes.invalid(
        "Requested "
            + member
            + " for WarmThroughput for table is above the limit of 40,000 units per table");
  }

  public static String unchanged(long read, long askedRead, long write, long askedWrite) {
    return "The provisioned throughput for the table will not change. The requested value equals"
        + " the current value. Current ReadCapacityUnits provisioned for the table: "
        + read
        + ". Requested ReadCapacityUnits: "
        + askedRead
        + ". Current WriteCapacityUnits provisioned for the table: "
        + write
        + ". Requested WriteCapacityUnits: "
        + askedWrite
        + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request"
        + " higher limits.";
  }

  /// @param last when the last decrease was, as it is printed
  /// @param next when the next one may be
  public static String tooManyDecreases(int decreases, String last, String next) {
    return "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given"
        + " UTC day. After the first 4 decreases, each subsequent decrease in the same UTC day can"
        + " be performed at most once every 3600 seconds. Number of decreases today: "
        + decreases
        + ". Last decrease at "
        + last
        + ". Next decrease can be made at "
        + next;
  }
}
