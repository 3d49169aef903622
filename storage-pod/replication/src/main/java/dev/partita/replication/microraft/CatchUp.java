package dev.partita.replication.microraft;

import io.microraft.RaftEndpoint;
import io.microraft.model.impl.message.DefaultAppendEntriesFailureResponseOrBuilder;
import io.microraft.model.impl.message.DefaultAppendEntriesRequestOrBuilder;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.RaftMessage;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Brings followers that are behind the leader's mark back by entries, as long as the leader
/// remembers them, so that no image of the state has to travel. To the core of either side nothing
/// is special: the one receives an append that begins far back, the other its acknowledgement. Only
/// on the group's lane.
final class CatchUp {
  private final CoreView view;
  private final RecentEntries recent;
  private final int batchEntries;
  private final LongAdder appends;

  /// @param batchEntries entries in one message, at most
  /// @param appends counts what was sent in the place of a mark
  CatchUp(CoreView view, RecentEntries recent, int batchEntries, LongAdder appends) {
    this.view = view;
    this.recent = recent;
    this.batchEntries = batchEntries;
    this.appends = appends;
  }

  /// What a leader sends to a follower for which its core has a mark only: entries, if they are
  /// remembered from where the follower's log is believed to end. As the core does, we send none
  /// before the follower agreed on a place.
  RaftMessage insteadOf(InstallSnapshotRequest mark, RaftEndpoint follower) {
    long previous = view.nextIndex(follower) - 1;
    if (previous < 0 || !recent.reachBackTo(previous)) {
      return mark;
    }
    boolean agreed = previous == 0 || view.matchIndex(follower) > 0;
    List<LogEntry> entries = agreed ? recent.behind(previous, batchEntries) : List.of();
    appends.increment();
    return new DefaultAppendEntriesRequestOrBuilder()
        .setGroupId(mark.getGroupId())
        .setSender(mark.getSender())
        .setTerm(mark.getTerm())
        .setPreviousLogIndex(previous)
        .setPreviousLogTerm(recent.termAt(previous))
        .setCommitIndex(view.commitIndex())
        .setLogEntries(entries)
        .setQuerySequenceNumber(mark.getQuerySequenceNumber())
        .setFlowControlSequenceNumber(mark.getFlowControlSequenceNumber())
        .build();
  }

  /// What a follower answers to an append that does not follow its log: where its log ends, if that
  /// is before the place in question. The core alone would go back by one entry for each message. A
  /// mark is rejected for other reasons.
  AppendEntriesFailureResponse withOurEnd(AppendEntriesFailureResponse rejection) {
    long end = view.lastIndex() + 1;
    if (rejection.getExpectedNextIndex() <= end
        || rejection.getExpectedNextIndex() > MessageGate.NOWHERE) {
      return rejection;
    }
    return new DefaultAppendEntriesFailureResponseOrBuilder()
        .setGroupId(rejection.getGroupId())
        .setSender(rejection.getSender())
        .setTerm(rejection.getTerm())
        .setExpectedNextIndex(end)
        .setQuerySequenceNumber(rejection.getQuerySequenceNumber())
        .setFlowControlSequenceNumber(rejection.getFlowControlSequenceNumber())
        .build();
  }
}
