package dev.partita.replication.microraft;

import dev.partita.replication.GroupLimits;
import dev.partita.replication.ReadPermit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Gathers strong reads into rounds of confirmation. A read that comes while a round is under way
/// waits for the next: the acknowledgements of this one may have been sent before the read came,
/// and would prove too little. (MicroRaft itself would let it join.) Thread-safe.
final class ReadRounds {

  /// Asks the core to confirm leadership once.
  interface Round {
    CompletableFuture<ReadPermit> confirm();
  }

  private final Round round;
  private List<CompletableFuture<ReadPermit>> waiting = new ArrayList<>();
  private List<CompletableFuture<ReadPermit>> confirming = List.of();
  private boolean busy;

  ReadRounds(Round round) {
    this.round = round;
  }

  CompletableFuture<ReadPermit> permit() {
    CompletableFuture<ReadPermit> permit = new CompletableFuture<>();
    boolean first;
    synchronized (this) {
      if (waiting.size() + confirming.size() >= GroupLimits.MAX_WAITING_READS) {
        return CompletableFuture.completedFuture(
            new ReadPermit.Refused("too many reads wait for confirmation"));
      }
      waiting.add(permit);
      first = !busy;
      busy = true;
    }
    if (first) {
      start();
    }
    return permit;
  }

  private void start() {
    synchronized (this) {
      confirming = waiting;
      waiting = new ArrayList<>();
    }
    var _ = round.confirm().thenAccept(this::finish);
  }

  private void finish(ReadPermit answer) {
    List<CompletableFuture<ReadPermit>> confirmed;
    boolean more;
    synchronized (this) {
      confirmed = confirming;
      confirming = List.of();
      more = !waiting.isEmpty();
      busy = more;
    }
    if (more) {
      start();
    }
    confirmed.forEach(permit -> permit.complete(answer));
  }

  /// Answers everybody who waits, when no round will end any more.
  void end(ReadPermit answer) {
    List<CompletableFuture<ReadPermit>> all;
    synchronized (this) {
      all = new ArrayList<>(confirming);
      all.addAll(waiting);
      confirming = List.of();
      waiting = new ArrayList<>();
      busy = false;
    }
    all.forEach(permit -> permit.complete(answer));
  }
}
