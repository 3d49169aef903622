package dev.partita.server.table;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.CapacityTexts;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.Throughput;
import dev.partita.server.json.Structure;
import dev.partita.server.operation.DescribeLimits;
import org.jspecify.annotations.Nullable;

/// What requests say about capacity, and its bounds.
final class Capacity {

  /// What an on-demand table serves at once if nothing else was asked for.
  static final Throughput DEFAULT_WARM_ON_DEMAND = new Throughput(12_000, 4_000);

  /// No bound, in OnDemandThroughput.
  static final long UNBOUNDED = -1;

  /// Above this the service says "out of bounds" before it looks at the quota.
  private static final long MAX_NUMBER = 1_000_000_000_000L;

  private Capacity() {}

  /// Reads ProvisionedThroughput.
  ///
  /// @return null where it is absent
  static @Nullable Throughput provisioned(Structure request) {
    Structure given = request.structure("ProvisionedThroughput");
    if (given == null) {
      return null;
    }
    long read = units(given, "ReadCapacityUnits");
    long write = units(given, "WriteCapacityUnits");
    for (long value : new long[] {read, write}) {
      if (value > DescribeLimits.MAX_TABLE_UNITS) {
        throw ApiException.validation(CapacityTexts.ABOVE_TABLE_LIMIT);
      }
    }
    return new Throughput(read, write);
  }

  private static long units(Structure given, String member) {
    Long units = given.whole(member);
    if (units == null) {
      throw new IllegalArgumentException(member + " is required by the shape");
    }
    if (units > MAX_NUMBER) {
      throw ApiException.validation(CapacityTexts.outOfBounds(units, member));
    }
    return units;
  }

  static ApiException neitherUnits() {
    return ApiException.validation(CapacityTexts.UNITS_ON_DEMAND);
  }

  static ApiException bothUnits() {
    return ApiException.validation(CapacityTexts.NO_UNITS);
  }

  /// Reads OnDemandThroughput.
  ///
  /// @param mode what the table will have
  /// @param before what it has; null for nothing
  /// @return null where nothing bounds the table
  static @Nullable Throughput onDemand(
      Structure request, BillingMode mode, @Nullable Throughput before) {
    Structure given = request.structure("OnDemandThroughput");
    if (given == null) {
      return mode == BillingMode.PAY_PER_REQUEST ? before : null;
    }
    if (mode != BillingMode.PAY_PER_REQUEST) {
      throw ApiException.validation(CapacityTexts.ON_DEMAND_OF_PROVISIONED);
    }
    Long read = maximum(given, "MaxReadRequestUnits");
    Long write = maximum(given, "MaxWriteRequestUnits");
    if (read == null && write == null) {
      throw ApiException.validation(CapacityTexts.ON_DEMAND_EMPTY);
    }
    return new Throughput(
        read != null ? read : before != null ? before.readUnits() : UNBOUNDED,
        write != null ? write : before != null ? before.writeUnits() : UNBOUNDED);
  }

  private static @Nullable Long maximum(Structure given, String member) {
    Long units = given.whole(member);
    if (units != null
        && units != UNBOUNDED
        && (units < 1 || units > DescribeLimits.MAX_TABLE_UNITS)) {
      throw ApiException.validation(CapacityTexts.onDemandOutOfRange(member));
    }
    return units;
  }

  /// Reads WarmThroughput.
  ///
  /// @param current what the table has or starts with: it can only be raised
  /// @return null where it is absent
  static @Nullable Throughput warm(Structure request, Throughput current) {
    Structure given = request.structure("WarmThroughput");
    if (given == null) {
      return null;
    }
    Long read = given.whole("ReadUnitsPerSecond");
    Long write = given.whole("WriteUnitsPerSecond");
    if (read == null && write == null) {
      throw ApiException.validation(CapacityTexts.WARM_EMPTY);
    }
    return new Throughput(
        warmUnits("ReadUnitsPerSecond", read, current.readUnits()),
        warmUnits("WriteUnitsPerSecond", write, current.writeUnits()));
  }

  private static long warmUnits(String member, @Nullable Long asked, long current) {
    if (asked == null) {
      return current;
    }
    if (asked < current) {
      throw ApiException.validation(CapacityTexts.warmLowered(member));
    }
    if (asked > DescribeLimits.MAX_TABLE_UNITS) {
      throw ApiException.validation(CapacityTexts.warmAboveTableLimit(member));
    }
    return asked;
  }

  /// What a table serves at once without further splits, as DescribeTable reports it.
  ///
  /// @param provisioned zero units for on-demand tables
  /// @param asked what was asked for; null for nothing
  static Throughput warmOf(BillingMode mode, Throughput provisioned, @Nullable Throughput asked) {
    Throughput least = mode == BillingMode.PAY_PER_REQUEST ? DEFAULT_WARM_ON_DEMAND : provisioned;
    return asked == null
        ? least
        : new Throughput(
            Math.max(least.readUnits(), asked.readUnits()),
            Math.max(least.writeUnits(), asked.writeUnits()));
  }
}
