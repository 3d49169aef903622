package dev.partita.replication.microraft;

import dev.partita.replication.GroupLimits;
import dev.partita.replication.Replica;
import io.microraft.RaftEndpoint;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import io.microraft.model.message.VoteResponse;
import java.nio.ByteBuffer;
import java.util.List;

/// The content of consensus messages; every one begins with its term (u32).
///
/// ```
///  1 append           previous term u32, index u64 | commit u64 | query u64 | flow u64 | entries
///  2 appended         last index u64 | query u64 | flow u64
///  3 append rejected  expected next index u64 | query u64 | flow u64
///  4 snapshot mark    snapshot term u32, index u64 | members | query u64 | flow u64
///  5 pre-vote         last log term u32, index u64
///  6 pre-vote answer  granted u8
///  7 vote             last log term u32, index u64 | sticky u8
///  8 vote answer      granted u8
///  9 take over        last log term u32, index u64
/// ```
///
/// The index in a rejection is at most one behind the end of the sender's log, see {@link CatchUp},
/// except where a snapshot mark is rejected.
///
/// MicroRaft's request for a snapshot chunk has no code: whoever takes a mark fills in the only
/// chunk itself, once it has the state.
final class RaftMessageCodec {
  private static final byte APPEND = 1;
  private static final byte APPENDED = 2;
  private static final byte APPEND_REJECTED = 3;
  private static final byte SNAPSHOT_MARK = 4;
  private static final byte PRE_VOTE = 5;
  private static final byte PRE_VOTE_ANSWER = 6;
  private static final byte VOTE = 7;
  private static final byte VOTE_ANSWER = 8;
  private static final byte TAKE_OVER = 9;

  private static final RaftModelFactory MODELS = new DefaultRaftModelFactory();

  /// The group is not in the message: the transport carries it beside.
  private static final Object GROUP = "";

  static byte[] encode(long to, long from, RaftMessage message) {
    int term = message.getTerm();
    ByteBuffer out =
        switch (message) {
          case AppendEntriesRequest m -> append(to, from, m);
          case AppendEntriesSuccessResponse m ->
              MessageCodec.start(APPENDED, to, from, 28)
                  .putInt(term)
                  .putLong(m.getLastLogIndex())
                  .putLong(m.getQuerySequenceNumber())
                  .putLong(m.getFlowControlSequenceNumber());
          case AppendEntriesFailureResponse m ->
              MessageCodec.start(APPEND_REJECTED, to, from, 28)
                  .putInt(term)
                  .putLong(m.getExpectedNextIndex())
                  .putLong(m.getQuerySequenceNumber())
                  .putLong(m.getFlowControlSequenceNumber());
          case InstallSnapshotRequest m -> snapshotMark(to, from, m);
          case PreVoteRequest m ->
              MessageCodec.start(PRE_VOTE, to, from, 16)
                  .putInt(term)
                  .putInt(m.getLastLogTerm())
                  .putLong(m.getLastLogIndex());
          case PreVoteResponse m ->
              MessageCodec.start(PRE_VOTE_ANSWER, to, from, 5)
                  .putInt(term)
                  .put(bool(m.isGranted()));
          case VoteRequest m ->
              MessageCodec.start(VOTE, to, from, 17)
                  .putInt(term)
                  .putInt(m.getLastLogTerm())
                  .putLong(m.getLastLogIndex())
                  .put(bool(m.isSticky()));
          case VoteResponse m ->
              MessageCodec.start(VOTE_ANSWER, to, from, 5).putInt(term).put(bool(m.isGranted()));
          case TriggerLeaderElectionRequest m ->
              MessageCodec.start(TAKE_OVER, to, from, 16)
                  .putInt(term)
                  .putInt(m.getLastLogTerm())
                  .putLong(m.getLastLogIndex());
          default ->
              throw new IllegalArgumentException("no code for " + message.getClass().getName());
        };
    return MessageCodec.finish(out);
  }

  /// Carries as many entries as fit into {@link GroupLimits#APPEND_BATCH_BYTES}, at least one: the
  /// receiver acknowledges what it got, and the rest follows.
  private static ByteBuffer append(long to, long from, AppendEntriesRequest message) {
    List<LogEntry> entries =
        EntriesCodec.upTo(GroupLimits.APPEND_BATCH_BYTES, message.getLogEntries());
    ByteBuffer out =
        MessageCodec.start(APPEND, to, from, 40 + EntriesCodec.size(entries))
            .putInt(message.getTerm())
            .putInt(message.getPreviousLogTerm())
            .putLong(message.getPreviousLogIndex())
            .putLong(message.getCommitIndex())
            .putLong(message.getQuerySequenceNumber())
            .putLong(message.getFlowControlSequenceNumber());
    EntriesCodec.write(entries, out);
    return out;
  }

  private static ByteBuffer snapshotMark(long to, long from, InstallSnapshotRequest m) {
    MembershipCodec.Membership members =
        new MembershipCodec.Membership(
            m.getGroupMembersView().getLogIndex(),
            Endpoint.replicas(m.getGroupMembersView().getVotingMembers()));
    ByteBuffer out =
        MessageCodec.start(SNAPSHOT_MARK, to, from, 32 + MembershipCodec.size(members))
            .putInt(m.getTerm())
            .putInt(m.getSnapshotTerm())
            .putLong(m.getSnapshotIndex());
    MembershipCodec.write(members, out);
    return out.putLong(m.getQuerySequenceNumber()).putLong(m.getFlowControlSequenceNumber());
  }

  static RaftMessage decode(byte kind, Replica from, WireReader in) {
    RaftEndpoint sender = new Endpoint(from);
    int term = in.count();
    return switch (kind) {
      case APPEND -> append(sender, term, in);
      case APPENDED ->
          MODELS
              .createAppendEntriesSuccessResponseBuilder()
              .setGroupId(GROUP)
              .setSender(sender)
              .setTerm(term)
              .setLastLogIndex(in.index())
              .setQuerySequenceNumber(in.index())
              .setFlowControlSequenceNumber(in.index())
              .build();
      case APPEND_REJECTED ->
          MODELS
              .createAppendEntriesFailureResponseBuilder()
              .setGroupId(GROUP)
              .setSender(sender)
              .setTerm(term)
              .setExpectedNextIndex(in.index())
              .setQuerySequenceNumber(in.index())
              .setFlowControlSequenceNumber(in.index())
              .build();
      case SNAPSHOT_MARK -> snapshotMark(sender, term, in);
      case PRE_VOTE ->
          MODELS
              .createPreVoteRequestBuilder()
              .setGroupId(GROUP)
              .setSender(sender)
              .setTerm(term)
              .setLastLogTerm(in.count())
              .setLastLogIndex(in.index())
              .build();
      case PRE_VOTE_ANSWER ->
          MODELS
              .createPreVoteResponseBuilder()
              .setGroupId(GROUP)
              .setSender(sender)
              .setTerm(term)
              .setGranted(in.bool())
              .build();
      case VOTE ->
          MODELS
              .createVoteRequestBuilder()
              .setGroupId(GROUP)
              .setSender(sender)
              .setTerm(term)
              .setLastLogTerm(in.count())
              .setLastLogIndex(in.index())
              .setSticky(in.bool())
              .build();
      case VOTE_ANSWER ->
          MODELS
              .createVoteResponseBuilder()
              .setGroupId(GROUP)
              .setSender(sender)
              .setTerm(term)
              .setGranted(in.bool())
              .build();
      case TAKE_OVER ->
          MODELS
              .createTriggerLeaderElectionRequestBuilder()
              .setGroupId(GROUP)
              .setSender(sender)
              .setTerm(term)
              .setLastLogTerm(in.count())
              .setLastLogIndex(in.index())
              .build();
      default -> throw new MalformedMessageException("unknown kind of message " + kind);
    };
  }

  private static RaftMessage append(RaftEndpoint sender, int term, WireReader in) {
    int previousTerm = in.count();
    long previousIndex = in.index();
    long commit = in.index();
    long query = in.index();
    long flow = in.index();
    List<LogEntry> entries = EntriesCodec.read(in);
    if (!entries.isEmpty() && entries.getFirst().getIndex() != previousIndex + 1) {
      throw new MalformedMessageException(
          "entry " + entries.getFirst().getIndex() + " behind " + previousIndex);
    }
    return MODELS
        .createAppendEntriesRequestBuilder()
        .setGroupId(GROUP)
        .setSender(sender)
        .setTerm(term)
        .setPreviousLogTerm(previousTerm)
        .setPreviousLogIndex(previousIndex)
        .setCommitIndex(commit)
        .setQuerySequenceNumber(query)
        .setFlowControlSequenceNumber(flow)
        .setLogEntries(entries)
        .build();
  }

  private static RaftMessage snapshotMark(RaftEndpoint sender, int term, WireReader in) {
    int snapshotTerm = in.count();
    long snapshotIndex = in.id();
    MembershipCodec.Membership members = MembershipCodec.read(in);
    return MODELS
        .createInstallSnapshotRequestBuilder()
        .setGroupId(GROUP)
        .setSender(sender)
        .setTerm(term)
        .setSenderLeader(true)
        .setSnapshotTerm(snapshotTerm)
        .setSnapshotIndex(snapshotIndex)
        .setTotalSnapshotChunkCount(1)
        .setSnapshotChunk(null)
        .setSnapshottedMembers(List.of(sender))
        .setGroupMembersView(Marks.view(members))
        .setQuerySequenceNumber(in.index())
        .setFlowControlSequenceNumber(in.index())
        .build();
  }

  private static byte bool(boolean value) {
    return (byte) (value ? 1 : 0);
  }

  private RaftMessageCodec() {}
}
