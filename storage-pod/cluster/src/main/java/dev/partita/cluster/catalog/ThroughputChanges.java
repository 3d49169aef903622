package dev.partita.cluster.catalog;

import dev.partita.model.error.CapacityTexts;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The book of increases and decreases of provisioned throughput that `ProvisionedThroughput` of
/// DescribeTable shows, and DynamoDB's rule for decreases: four on a UTC day at will, every further
/// one at least an hour after the one before, 27 in all (Developer Guide, "Service quotas").
///
/// @param limitExceeded text for a decrease that comes too early; null if all is well
record ThroughputChanges(
    @Nullable Long lastIncreaseAt,
    @Nullable Long lastDecreaseAt,
    int decreasesToday,
    @Nullable String limitExceeded) {

  private static final long HOUR_MILLIS = 3_600_000;
  private static final int FREE_DECREASES = 4;
  private static final int MAX_DECREASES = 27;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE, MMMM d, yyyy h:mm:ss a 'UTC'", Locale.US)
          .withZone(ZoneOffset.UTC);

  static ThroughputChanges of(TableRecord table, TableDefinition updated, long now) {
    TableDefinition present = table.definition();
    Long lastDecrease = table.lastDecreaseAt();
    int decreases = table.decreasesOn(now);
    if (present.billingMode() != BillingMode.PROVISIONED
        || updated.billingMode() != BillingMode.PROVISIONED) {
      return new ThroughputChanges(
          table.lastIncreaseAt(), lastDecrease, table.decreasesToday(), null);
    }
    boolean increases =
        updated.readCapacityUnits() > present.readCapacityUnits()
            || updated.writeCapacityUnits() > present.writeCapacityUnits();
    boolean decreased =
        updated.readCapacityUnits() < present.readCapacityUnits()
            || updated.writeCapacityUnits() < present.writeCapacityUnits();
    Long lastIncrease = increases ? Long.valueOf(now) : table.lastIncreaseAt();
    if (!decreased) {
      return new ThroughputChanges(lastIncrease, lastDecrease, table.decreasesToday(), null);
    }
    if (lastDecrease != null && tooEarly(decreases, lastDecrease, now)) {
      return new ThroughputChanges(
          table.lastIncreaseAt(), lastDecrease, decreases, text(decreases, lastDecrease));
    }
    return new ThroughputChanges(lastIncrease, now, decreases + 1, null);
  }

  private static boolean tooEarly(int decreases, long lastDecrease, long now) {
    return decreases >= MAX_DECREASES
        || (decreases >= FREE_DECREASES && now - lastDecrease < HOUR_MILLIS);
  }

  private static String text(int decreases, long lastDecrease) {
    return CapacityTexts.tooManyDecreases(
        decreases,
        TIME.format(Instant.ofEpochMilli(lastDecrease)),
        TIME.format(Instant.ofEpochMilli(lastDecrease + HOUR_MILLIS)));
  }
}
