package dev.partita.replication;

import java.util.function.LongSupplier;

/// What a {@link GroupHost} is built from besides its ports.
///
/// @param timing see {@link GroupTiming}
/// @param scheduler threads and time
/// @param random source of randomness for elections and identifiers; called on any thread
/// @param entriesPerSnapshotMark see {@link GroupLimits#ENTRIES_PER_SNAPSHOT_MARK}
/// @param bytesPerSnapshotMark see {@link GroupLimits#MAX_BYTES_PER_SNAPSHOT_MARK}
/// @param maxInFlightEntries see {@link GroupLimits#MAX_IN_FLIGHT_ENTRIES}
/// @param recentEntries see {@link GroupLimits#MAX_RECENT_ENTRIES}
/// @param faults told when a replica had to stop because it cannot keep a promise
public record GroupHostOptions(
    GroupTiming timing,
    Scheduler scheduler,
    LongSupplier random,
    int entriesPerSnapshotMark,
    int bytesPerSnapshotMark,
    int maxInFlightEntries,
    int recentEntries,
    FaultHandler faults) {

  public GroupHostOptions {
    if (entriesPerSnapshotMark < 2
        || bytesPerSnapshotMark < 1
        || maxInFlightEntries < 1
        || recentEntries < 1) {
      throw new IllegalArgumentException(
          "no limits: "
              + entriesPerSnapshotMark
              + ", "
              + bytesPerSnapshotMark
              + ", "
              + maxInFlightEntries
              + ", "
              + recentEntries);
    }
  }

  /// The defaults: {@link GroupTiming#DEFAULT}, {@link GroupLimits}.
  public static GroupHostOptions defaults(
      Scheduler scheduler, LongSupplier random, FaultHandler faults) {
    return new GroupHostOptions(
        GroupTiming.DEFAULT,
        scheduler,
        random,
        GroupLimits.ENTRIES_PER_SNAPSHOT_MARK,
        GroupLimits.MAX_BYTES_PER_SNAPSHOT_MARK,
        GroupLimits.MAX_IN_FLIGHT_ENTRIES,
        GroupLimits.MAX_RECENT_ENTRIES,
        faults);
  }

  public GroupHostOptions withTiming(GroupTiming changed) {
    return new GroupHostOptions(
        changed,
        scheduler,
        random,
        entriesPerSnapshotMark,
        bytesPerSnapshotMark,
        maxInFlightEntries,
        recentEntries,
        faults);
  }

  /// Told, once per group, that a replica stopped because its state machine or its log failed. The
  /// process is expected to end: what it holds in memory can no longer be trusted.
  public interface FaultHandler {
    void stopped(GroupId group, Throwable cause);
  }
}
