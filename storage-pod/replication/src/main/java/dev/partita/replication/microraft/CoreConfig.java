package dev.partita.replication.microraft;

import dev.partita.replication.GroupHostOptions;
import io.microraft.RaftConfig;
import io.microraft.impl.log.RaftLog;
import java.time.Duration;

/// How the core is set up.
final class CoreConfig {
  /// In entries.
  private static final int ROOM_FOR_EPOCH_MARKS = 64;

  static MarkPlaces markPlaces(GroupHostOptions options) {
    int every = options.entriesPerSnapshotMark();
    return new MarkPlaces(every, RaftLog.getMaxLogEntryCountToKeepAfterSnapshot(every));
  }

  static RaftConfig of(GroupHostOptions options, CoreTime time) {
    return RaftConfig.newBuilder()
        .setLeaderHeartbeatPeriodSecs(1)
        .setLeaderHeartbeatTimeoutSecs(options.timing().heartbeatsMissed())
        .setLeaderElectionTimeoutMillis(time.electionMillis())
        .setCommitCountToTakeSnapshot(options.entriesPerSnapshotMark())
        .setMaxPendingLogEntryCount(maxPending(options))
        .setAppendEntriesRequestBatchSize(options.maxInFlightEntries())
        .setTransferSnapshotsFromFollowersEnabled(false)
        // Nobody reads the periodic report.
        .setRaftNodeReportPublishPeriodSecs((int) Duration.ofDays(1).toSeconds())
        .build();
  }

  /// Room in memory behind the commit index: what a leader has in flight, another batch that a
  /// follower may take before it learns of the leader's commit index, and marks of leaderships that
  /// came to nothing. A new leader must find a place for its own mark, see {@link CoreMachine}.
  private static int maxPending(GroupHostOptions options) {
    return 3 * options.maxInFlightEntries() + ROOM_FOR_EPOCH_MARKS;
  }

  private CoreConfig() {}
}
