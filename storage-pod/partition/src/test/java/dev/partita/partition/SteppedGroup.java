package dev.partita.partition;

import dev.partita.replication.Group;
import dev.partita.replication.GroupId;
import dev.partita.replication.Position;
import dev.partita.replication.Proposal;
import dev.partita.replication.ReadPermit;
import dev.partita.replication.Replica;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A group whose consensus is the test: nothing is committed, permitted or lost until it says so.
final class SteppedGroup implements Group {

  record Proposed(long epoch, byte[] entry, CompletableFuture<Proposal> end) {}

  static final Replica SELF = new Replica("pod-0", 1);

  final Deque<Proposed> proposed = new ArrayDeque<>();
  final Deque<CompletableFuture<ReadPermit>> permits = new ArrayDeque<>();
  private final long id;
  private final Applier applier;
  private long index;
  private long epoch;
  long durable;

  SteppedGroup(long id, Applier applier) {
    this.id = id;
    this.applier = applier;
    this.index = applier.position().index();
  }

  /// Starts a leadership of this replica.
  long lead() {
    index++;
    epoch = index;
    applier.skip(new Position(index, epoch));
    applier.leading(epoch);
    return epoch;
  }

  /// Commits and applies the oldest proposed entry and tells its proposer.
  ApplyResult commit() {
    Proposed oldest = proposed.removeFirst();
    index++;
    ApplyResult result = applier.apply(new Position(index, epoch), oldest.entry());
    oldest.end().complete(new Proposal.Applied(index, result));
    return result;
  }

  void end(Proposal proposal) {
    proposed.removeFirst().end().complete(proposal);
  }

  void permit(ReadPermit permit) {
    permits.removeFirst().complete(permit);
  }

  List<EffectsEntry> entries() {
    return proposed.stream().map(p -> EffectsEntry.decode(p.entry())).toList();
  }

  @Override
  public GroupId id() {
    return new GroupId(id);
  }

  @Override
  public Replica self() {
    return SELF;
  }

  @Override
  public CompletableFuture<Proposal> propose(long under, byte[] entry) {
    CompletableFuture<Proposal> end = new CompletableFuture<>();
    proposed.add(new Proposed(under, entry, end));
    return end;
  }

  @Override
  public CompletableFuture<ReadPermit> readPermit() {
    CompletableFuture<ReadPermit> permit = new CompletableFuture<>();
    permits.add(permit);
    return permit;
  }

  @Override
  public CompletableFuture<@Nullable Void> transferLeadership(Replica to) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void stateDurable(long upTo) {
    durable = upTo;
  }

  @Override
  public Report report() {
    return new Report("LEADER", SELF, 1, index, List.of(SELF), List.of());
  }
}
