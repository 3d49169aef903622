package dev.partita.replication.microraft;

import dev.partita.replication.LogStore;
import dev.partita.replication.microraft.MembershipCodec.Membership;
import io.microraft.model.impl.message.DefaultAppendEntriesRequestOrBuilder;
import io.microraft.model.impl.message.DefaultInstallSnapshotRequestOrBuilder;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Stands before the core and mends what MicroRaft 0.7 does not see itself. Only on the group's
/// lane; what it passes on is handled by the core before anything else happens.
/// 1. Answers to an earlier term's requests are dropped. The core would take an old acknowledgement
///    for one of the present term and count entries that were cut off since.
/// 2. Everything up to our commit index is in the log of every leader of our term or a later one
///    (leader completeness), so an append that begins before it is shortened to what is behind it.
///    The core might not hold the entry to compare with any more, and it would move its commit
///    index back when the append ends before it.
/// 3. An entry directly behind our mark cannot be compared by the core, because the mark's own
///    entry may be gone (MicroRaft's pull request 54): we compare, and drop or skip in its place.
/// 4. While the disk is full, entries are taken out of appends and the rest is handled as a
///    heartbeat.
/// 5. A pre-vote that is rejected because the other is in a later term moves us to that term. The
///    core would ask for the same term for ever; if it has the most complete log and the others
///    later terms, nobody could be elected any more.
/// 6. A leader's mark is passed on only when its state is here; until then it is a heartbeat, and
///    the state is fetched. While the disk is full, it is a heartbeat only.
/// 7. A rejected append tells where the follower's log ends, see {@link CatchUp}: the leader goes
///    on from there at once.
final class MessageGate {
  /// An index that no log reaches: a heartbeat that claims it is rejected without consequences.
  static final long NOWHERE = Long.MAX_VALUE / 4;

  private final CoreView view;
  private final CoreTransport transport;
  private final CoreStore store;
  private final CoreMachine machine;
  private final LogStore logs;
  private final ImageIntake intake;
  private final Consumer<RaftMessage> core;

  private @Nullable Install install;

  private record Install(InstallSnapshotRequest mark, @Nullable StagedImage image) {}

  /// @param core handles a message before it returns
  MessageGate(
      CoreView view,
      CoreTransport transport,
      CoreStore store,
      CoreMachine machine,
      LogStore logs,
      ImageIntake intake,
      Consumer<RaftMessage> core) {
    this.view = view;
    this.transport = transport;
    this.store = store;
    this.machine = machine;
    this.logs = logs;
    this.intake = intake;
    this.core = core;
  }

  void accept(RaftMessage message) {
    boolean old = message.getTerm() < view.term();
    switch (message) {
      case AppendEntriesSuccessResponse _ when old -> {}
      case AppendEntriesFailureResponse _ when old -> {}
      case AppendEntriesFailureResponse rejected -> {
        core.accept(rejected);
        view.logEndsBefore(rejected.getSender(), rejected.getExpectedNextIndex());
      }
      case AppendEntriesRequest append when !old -> append(append);
      case InstallSnapshotRequest mark when !old -> mark(mark);
      case PreVoteResponse answer when isAheadOfNextTerm(answer) ->
          view.adoptTerm(answer.getTerm());
      default -> core.accept(message);
    }
  }

  /// Rejected because the next term is over already elsewhere. (Other rejections name at most the
  /// next term.)
  private boolean isAheadOfNextTerm(PreVoteResponse answer) {
    return !answer.isGranted() && answer.getTerm() > view.term() + 1;
  }

  private void append(AppendEntriesRequest request) {
    AppendEntriesRequest append = request;
    if (!append.getLogEntries().isEmpty() && !logs.hasSpace()) {
      append = behind(append, append.getPreviousLogIndex(), append.getPreviousLogTerm(), List.of());
    }
    long commit = view.commitIndex();
    if (append.getPreviousLogIndex() < commit) {
      append = behindCommit(append, commit);
    }
    long previous = append.getPreviousLogIndex();
    boolean comparable =
        previous != view.markIndex() || view.holds(previous) || view.lastIndex() == previous;
    if (previous == 0 || comparable) {
      core.accept(append);
    } else {
      behindMark(append);
    }
    intake.stopIfPassed();
  }

  private AppendEntriesRequest behindCommit(AppendEntriesRequest append, long commit) {
    List<LogEntry> entries = append.getLogEntries();
    long known = Math.min(commit - append.getPreviousLogIndex(), entries.size());
    return behind(
        append, commit, view.termAt(commit), entries.subList((int) known, entries.size()));
  }

  private void behindMark(AppendEntriesRequest append) {
    long mark = append.getPreviousLogIndex();
    if (append.getPreviousLogTerm() != view.termAt(mark)) {
      throw new IllegalStateException(
          "the leader has another history: entry "
              + mark
              + " was committed here in term "
              + view.termAt(mark)
              + ", there it is of term "
              + append.getPreviousLogTerm());
    }
    List<LogEntry> entries = append.getLogEntries();
    if (entries.isEmpty()) {
      transport.answerMatching(mark, () -> core.accept(append));
      return;
    }
    int same = 0;
    while (same < entries.size()
        && view.holds(mark + same + 1)
        && view.termAt(mark + same + 1) == entries.get(same).getTerm()) {
      same++;
    }
    if (same == 0) {
      view.truncateFrom(mark + 1);
      core.accept(append);
    } else {
      core.accept(
          behind(
              append,
              mark + same,
              entries.get(same - 1).getTerm(),
              entries.subList(same, entries.size())));
    }
  }

  private void mark(InstallSnapshotRequest request) {
    long index = request.getSnapshotIndex();
    long commit = view.commitIndex();
    if (index < commit) {
      append(heartbeat(request, commit, view.termAt(commit), 0));
    } else if (index == commit) {
      core.accept(request);
    } else if (view.holds(index) && view.termAt(index) == request.getSnapshotTerm()) {
      append(heartbeat(request, index, request.getSnapshotTerm(), index));
    } else if (index <= machine.position().index()) {
      install(request);
    } else if (!logs.hasSpace()) {
      intake.giveUp();
      core.accept(heartbeat(request, NOWHERE, 0, 0));
    } else if (intake.covers(index)) {
      install(request);
    } else {
      intake.want(request);
      core.accept(heartbeat(request, NOWHERE, 0, 0));
    }
  }

  /// Entries behind the mark stay only if our entry at the mark is the leader's, which it is not
  /// here: they go, as the paper on Raft has it.
  private void install(InstallSnapshotRequest request) {
    long index = request.getSnapshotIndex();
    if (view.lastIndex() > index) {
      view.truncateFrom(index + 1);
    }
    StagedImage image = index <= machine.position().index() ? null : intake.take();
    install = new Install(request, image);
    store.installing(true);
    machine.beginInstall(image);
    try {
      core.accept(withChunk(request));
    } finally {
      store.installing(false);
      machine.endInstall();
      install = null;
    }
  }

  /// The image is the state now, durably: the log may begin behind it. Where the mark is further
  /// on, the entries between them become part of the log, because only the image is durable yet.
  void installed() {
    Install done = install;
    if (done == null) {
      throw new IllegalStateException("an image was installed that nobody sent");
    }
    InstallSnapshotRequest request = done.mark();
    long mark = request.getSnapshotIndex();
    byte[] members =
        MembershipCodec.encode(
            new Membership(
                request.getGroupMembersView().getLogIndex(),
                Endpoint.replicas(request.getGroupMembersView().getVotingMembers())));
    StagedImage image = done.image();
    if (image == null || mark <= image.position().index()) {
      store.reset(mark, request.getSnapshotTerm(), members, List.of(), mark);
      return;
    }
    int between = Math.toIntExact(mark - image.position().index());
    List<LogEntry> entries = image.tail().subList(0, between);
    if (entries.getLast().getTerm() != request.getSnapshotTerm()) {
      throw new IllegalStateException("image and mark are of different histories at " + mark);
    }
    store.reset(image.position().index(), image.term(), members, entries, mark);
  }

  private static RaftMessage withChunk(InstallSnapshotRequest request) {
    return new DefaultInstallSnapshotRequestOrBuilder()
        .setGroupId(request.getGroupId())
        .setSender(request.getSender())
        .setTerm(request.getTerm())
        .setSenderLeader(request.isSenderLeader())
        .setSnapshotTerm(request.getSnapshotTerm())
        .setSnapshotIndex(request.getSnapshotIndex())
        .setTotalSnapshotChunkCount(1)
        .setSnapshotChunk(
            Marks.chunk(
                request.getSnapshotIndex(),
                request.getSnapshotTerm(),
                request.getGroupMembersView()))
        .setSnapshottedMembers(request.getSnapshottedMembers())
        .setGroupMembersView(request.getGroupMembersView())
        .setQuerySequenceNumber(request.getQuerySequenceNumber())
        .setFlowControlSequenceNumber(request.getFlowControlSequenceNumber())
        .build();
  }

  private static AppendEntriesRequest heartbeat(
      InstallSnapshotRequest mark, long previous, int previousTerm, long commit) {
    return new DefaultAppendEntriesRequestOrBuilder()
        .setGroupId(mark.getGroupId())
        .setSender(mark.getSender())
        .setTerm(mark.getTerm())
        .setPreviousLogIndex(previous)
        .setPreviousLogTerm(previousTerm)
        .setCommitIndex(commit)
        .setLogEntries(List.of())
        .setQuerySequenceNumber(mark.getQuerySequenceNumber())
        .setFlowControlSequenceNumber(mark.getFlowControlSequenceNumber())
        .build();
  }

  private static AppendEntriesRequest behind(
      AppendEntriesRequest append, long previous, int previousTerm, List<LogEntry> entries) {
    return new DefaultAppendEntriesRequestOrBuilder()
        .setGroupId(append.getGroupId())
        .setSender(append.getSender())
        .setTerm(append.getTerm())
        .setPreviousLogIndex(previous)
        .setPreviousLogTerm(previousTerm)
        .setCommitIndex(append.getCommitIndex())
        .setLogEntries(entries)
        .setQuerySequenceNumber(append.getQuerySequenceNumber())
        .setFlowControlSequenceNumber(append.getFlowControlSequenceNumber())
        .build();
  }
}
