package dev.partita.replication.microraft;

import dev.partita.replication.Group;
import dev.partita.replication.GroupHost;
import dev.partita.replication.GroupHostOptions;
import dev.partita.replication.GroupHosts;
import dev.partita.replication.GroupId;
import dev.partita.replication.GroupLimits;
import dev.partita.replication.GroupTiming;
import dev.partita.replication.JournalMachine;
import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import dev.partita.replication.Transport;
import dev.partita.replication.memory.InMemoryLogStore;
import dev.partita.replication.microraft.Operation.Command;
import dev.partita.replication.microraft.Operation.EpochMark;
import dev.partita.replication.microraft.Operation.Logged;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.VoteRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The first of three replicas; the test plays the other two and everything in between.
final class OneReplica {
  static final GroupId GROUP = new GroupId(3);
  static final Replica SELF = new Replica("pod-1", 1);
  static final Replica SECOND = new Replica("pod-2", 2);
  static final Replica THIRD = new Replica("pod-3", 3);
  static final List<Replica> ALL = List.of(SELF, SECOND, THIRD);
  private static final int MAX_ELECTIONS = 40;
  static final RaftModelFactory MODELS = new DefaultRaftModelFactory();

  /// What was sent to whom.
  record Sent(String to, PeerMessage message) {}

  final ManualScheduler scheduler = new ManualScheduler();
  final InMemoryLogStore logs = new InMemoryLogStore();
  final JournalMachine machine = new JournalMachine();
  final List<Throwable> faults = new ArrayList<>();
  final List<Sent> sent = new ArrayList<>();
  private final int entriesPerMark;
  private final int bytesPerMark;
  private final int recentEntries;
  private GroupHost host;

  OneReplica(int entriesPerMark) {
    this(entriesPerMark, GroupLimits.MAX_RECENT_ENTRIES);
  }

  OneReplica(int entriesPerMark, int recentEntries) {
    this(entriesPerMark, GroupLimits.MAX_BYTES_PER_SNAPSHOT_MARK, recentEntries);
  }

  OneReplica(int entriesPerMark, int bytesPerMark, int recentEntries) {
    this.entriesPerMark = entriesPerMark;
    this.bytesPerMark = bytesPerMark;
    this.recentEntries = recentEntries;
    this.host = newHost();
  }

  private GroupHost newHost() {
    long[] random = {0};
    return GroupHosts.create(
        SELF.pod(),
        logs,
        new Transport() {
          @Override
          public void send(String toPod, GroupId group, byte[] message) {
            sent.add(new Sent(toPod, MessageCodec.decode(SELF.pod(), message).content()));
          }

          @Override
          public boolean reachable(String pod) {
            return true;
          }
        },
        new GroupHostOptions(
            GroupTiming.DEFAULT,
            scheduler,
            () -> ++random[0],
            entriesPerMark,
            bytesPerMark,
            16,
            recentEntries,
            (_, cause) -> faults.add(cause)));
  }

  /// Writes a log whose beginning was cut off, with a state that stands at its base, and opens it.
  void restoreAt(long base, long baseTerm, long term, LogEntry... tail) {
    restoreAt(base, baseTerm, term, base, tail);
  }

  /// @param committed marked so in the log
  void restoreAt(long base, long baseTerm, long term, long committed, LogEntry... tail) {
    var log = logs.create(GROUP, SELF, ALL);
    log.resetTo(base, baseTerm, MembershipCodec.encode(new MembershipCodec.Membership(0, ALL)));
    for (LogEntry entry : tail) {
      Logged operation = (Logged) entry.getOperation();
      log.append(
          new LogRecord(
              entry.getIndex(),
              entry.getTerm(),
              OperationCodec.kind(operation),
              OperationCodec.body(operation)));
    }
    log.vote(term, null);
    log.committed(committed);
    try (var image = machine.stageSnapshot(new Position(base, 1))) {
      image.accept(new byte[4]);
      image.install();
    }
    host = newHost();
    open();
  }

  void open() {
    var opened = host.open(GROUP, SELF, ALL, machine);
    scheduler.settle();
    Objects.requireNonNull(opened.join());
    sent.clear();
  }

  /// Lets the second elect this replica.
  ///
  /// @return the term
  int lead() {
    int own = askForVotes();
    receive(SECOND, voteAnswer(own));
    return own;
  }

  /// Lets time pass and the second grant pre-votes until this replica is a candidate.
  ///
  /// @return the term
  int askForVotes() {
    for (int term = 1; term <= MAX_ELECTIONS; term++) {
      scheduler.pass(Duration.ofMillis(500));
      receive(SECOND, preVoteAnswer(term));
      List<VoteRequest> asked = sent(VoteRequest.class);
      if (!asked.isEmpty()) {
        return asked.getLast().getTerm();
      }
    }
    throw new AssertionError("no election");
  }

  private static RaftMessage preVoteAnswer(int term) {
    return MODELS
        .createPreVoteResponseBuilder()
        .setGroupId("")
        .setSender(new Endpoint(SECOND))
        .setTerm(term)
        .setGranted(true)
        .build();
  }

  private static RaftMessage voteAnswer(int term) {
    return MODELS
        .createVoteResponseBuilder()
        .setGroupId("")
        .setSender(new Endpoint(SECOND))
        .setTerm(term)
        .setGranted(true)
        .build();
  }

  void receive(Replica from, RaftMessage message) {
    receive(from, new PeerMessage.Raft(message));
  }

  void receive(Replica from, PeerMessage message) {
    host.receive(from.pod(), GROUP, MessageCodec.encode(SELF.id(), from.id(), message));
    scheduler.settle();
  }

  /// Everything sent since the last call, of one kind.
  <T> List<T> sent(Class<T> kind) {
    List<T> found =
        sent.stream()
            .map(s -> s.message() instanceof PeerMessage.Raft raft ? raft.message() : s.message())
            .filter(kind::isInstance)
            .map(kind::cast)
            .toList();
    sent.clear();
    return found;
  }

  Group group() {
    return Objects.requireNonNull(host.find(GROUP));
  }

  /// The terms of the stored entries, from the first behind the base on.
  List<Long> storedTerms() {
    return logs.restored().iterator().next().entries().stream().map(LogRecord::term).toList();
  }

  static LogEntry mark(long index, int term) {
    return EntriesCodec.entry(index, term, new EpochMark(2, term));
  }

  static LogEntry entry(long index, int term, long epoch, String text) {
    return EntriesCodec.entry(
        index, term, new Command(epoch, text.getBytes(StandardCharsets.UTF_8)));
  }

  static RaftMessage append(
      Replica from, int term, long previous, int previousTerm, long commit, LogEntry... entries) {
    return MODELS
        .createAppendEntriesRequestBuilder()
        .setGroupId("")
        .setSender(new Endpoint(from))
        .setTerm(term)
        .setPreviousLogTerm(previousTerm)
        .setPreviousLogIndex(previous)
        .setCommitIndex(commit)
        .setQuerySequenceNumber(0)
        .setFlowControlSequenceNumber(1)
        .setLogEntries(List.of(entries))
        .build();
  }

  /// An acknowledgement by the second.
  static RaftMessage appended(int term, long last) {
    return appended(term, last, 1);
  }

  /// @param flow of the request that is answered
  static RaftMessage appended(int term, long last, long flow) {
    return MODELS
        .createAppendEntriesSuccessResponseBuilder()
        .setGroupId("")
        .setSender(new Endpoint(SECOND))
        .setTerm(term)
        .setLastLogIndex(last)
        .setQuerySequenceNumber(0)
        .setFlowControlSequenceNumber(flow)
        .build();
  }

  static RaftMessage snapshotMark(int term, int snapshotTerm, long index) {
    return MODELS
        .createInstallSnapshotRequestBuilder()
        .setGroupId("")
        .setSender(new Endpoint(SECOND))
        .setTerm(term)
        .setSenderLeader(true)
        .setSnapshotTerm(snapshotTerm)
        .setSnapshotIndex(index)
        .setTotalSnapshotChunkCount(1)
        .setSnapshottedMembers(List.of(new Endpoint(SECOND)))
        .setGroupMembersView(Marks.view(new MembershipCodec.Membership(0, ALL)))
        .setQuerySequenceNumber(0)
        .setFlowControlSequenceNumber(1)
        .build();
  }
}
