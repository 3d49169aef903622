package dev.partita.partition;

import dev.partita.engine.ItemReader;
import dev.partita.model.command.Overload;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.index.LocalIndexes;
import dev.partita.model.item.TtlAttribute;
import dev.partita.model.value.Bytes;
import dev.partita.partition.IndexRows.Beside;
import dev.partita.partition.Round.Fate;
import dev.partita.partition.Round.Waiter;
import dev.partita.replication.Group;
import dev.partita.replication.Proposal;
import dev.partita.replication.ReadPermit;
import dev.partita.replication.Replica;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a partition's leader decides: one command after the other, each on the image that the ones
/// before it leave, whether that is committed yet or not. So writers of one item do not wait for
/// each other's commits, and what comes while entries are in flight shares the next entry.
///
/// What keeps that honest:
/// - A command is answered only when all it saw is certain. A round with an entry is answered when
///   the entry is applied. A round without one (refusals, writes that change nothing) is a read: it
///   waits for a read permit, asked for after the decision, and for the entry in flight that it
///   looked at, if any. Should leadership change in between, it is sent away, since the permit of a
///   later leadership says nothing about an image of an earlier one.
/// - An entry that does not make it, with leadership kept, takes all later ones with it: entries
///   carry their turn (see {@link EffectsEntry}). The lane then waits until nothing is in flight
///   and begins anew on what is applied.
///
/// All state is touched by one turn of the {@link Mailbox} at a time; nothing here blocks but reads
/// of the item store.
final class Lane implements Applier.Leadership, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private static final Reply<WriteOutcome> TOO_MANY =
      Answers.unavailable(Overload.PREFIX + "writes wait for their partition", false);

  /// What reaches the lane beside commands.
  private sealed interface Notice {
    record Attached(Group group) implements Notice {}

    record Leading(long epoch) implements Notice {}

    record Following(@Nullable Replica leader) implements Notice {}

    record Ended(Round round, Proposal proposal) implements Notice {}

    record Permitted(Round round, ReadPermit permit) implements Notice {}
  }

  /// What others may see at any time.
  ///
  /// @param leader whom to ask while `leads` is false
  private record Standing(boolean leads, boolean closed, @Nullable Replica leader) {}

  private final ItemReader store;
  private final Supplier<ReplicaState> applied;
  private final HybridClock clock;
  private final PartitionLimits limits;
  private final Supplier<@Nullable TtlAttribute> ttl;
  private final Admission admission;
  private final Answers answers;
  private final Mailbox<Notice, Request> mailbox;

  private volatile Standing standing = new Standing(false, false, null);

  // Written by the lane's turn only, read by reports.
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong commands = new AtomicLong();
  private final AtomicLong entries = new AtomicLong();

  private @Nullable Group group;
  private long epoch;
  private long turn;
  private boolean broken;
  private final Map<Bytes, Row> overlay = new HashMap<>();
  private final Set<Round> confirming = new LinkedHashSet<>();

  /// Null on a table without local indexes.
  private final @Nullable IndexRows indexRows;

  /// @param store where applied rows are read
  /// @param applied what the applier reached
  /// @param ttl says when items expire; null while they do not
  /// @param indexes null on a table without local indexes
  /// @param executor runs one turn of the lane at a time; may be blocked by reads of the store
  Lane(
      ItemReader store,
      Supplier<ReplicaState> applied,
      HybridClock clock,
      PartitionLimits limits,
      Supplier<@Nullable TtlAttribute> ttl,
      @Nullable LocalIndexes indexes,
      Executor executor) {
    this.store = store;
    this.applied = applied;
    this.clock = clock;
    this.limits = limits;
    this.ttl = ttl;
    this.admission = new Admission(limits);
    this.answers = new Answers(admission, applied);
    this.indexRows =
        indexes == null
            ? null
            : new IndexRows(indexes, store, overlay, limits.itemCollectionBytes());
    this.mailbox = new Mailbox<>(executor, this::turnOrClose);
  }

  /// Gives the lane its group; nothing is decided before.
  void attach(Group to) {
    mailbox.post(new Notice.Attached(to));
  }

  @Override
  public void leading(long newEpoch) {
    mailbox.post(new Notice.Leading(newEpoch));
  }

  @Override
  public void following(@Nullable Replica leader) {
    mailbox.post(new Notice.Following(leader));
  }

  /// Sends away everything that waits, and whatever comes later.
  @Override
  public void close() {
    standing = new Standing(false, true, null);
    mailbox.post(new Notice.Following(null));
  }

  boolean leads() {
    return standing.leads();
  }

  int unanswered() {
    return admission.commands();
  }

  int inFlight() {
    return inFlight.get();
  }

  /// Commands decided so far.
  long commands() {
    return commands.get();
  }

  /// Entries proposed so far.
  long entries() {
    return entries.get();
  }

  /// Takes a command in, on any thread.
  CompletableFuture<Reply<WriteOutcome>> submit(Bytes rowKey, WriteCommand command) {
    Standing now = standing;
    if (!now.leads()) {
      return CompletableFuture.completedFuture(new Reply.NotLeader<>(now.leader()));
    }
    Request request = Request.of(rowKey, command);
    if (!admission.tryEnter(request.weight())) {
      return CompletableFuture.completedFuture(TOO_MANY);
    }
    mailbox.put(request);
    return request.reply();
  }

  /// Takes commands in at once, on any thread: they share an entry as far as they fit.
  ///
  /// @param requests answered through their futures, each by itself
  void submitAll(List<Request> requests) {
    Standing now = standing;
    List<Request> admitted = new ArrayList<>(requests.size());
    for (Request request : requests) {
      if (!now.leads()) {
        request.reply().complete(new Reply.NotLeader<>(now.leader()));
      } else if (admission.tryEnter(request.weight())) {
        admitted.add(request);
      } else {
        request.reply().complete(TOO_MANY);
      }
    }
    if (!admitted.isEmpty()) {
      mailbox.putAll(admitted);
    }
  }

  /// A lane whose own order is broken decides nothing more: what it would build on is not known.
  private boolean turnOrClose() {
    try {
      return turn();
    } catch (RuntimeException | Error e) {
      LOG.error("a lane failed and is closed", e);
      standing = new Standing(false, true, null);
      sendAwayQueued();
      return false;
    }
  }

  /// One turn: what happened first, then as many rounds as may be in flight.
  ///
  /// @return whether requests must wait for a notice
  private boolean turn() {
    takeNotices();
    while (mayDecide() && mailbox.hasRequests()) {
      decideRound();
      takeNotices();
    }
    if (!standing.leads()) {
      sendAwayQueued();
      return false;
    }
    return !mayDecide();
  }

  private boolean mayDecide() {
    return standing.leads()
        && group != null
        && !broken
        && inFlight.get() < limits.entriesInFlight();
  }

  private void takeNotices() {
    for (Notice notice = mailbox.notice(); notice != null; notice = mailbox.notice()) {
      switch (notice) {
        case Notice.Attached(Group to) -> group = to;
        case Notice.Leading(long newEpoch) -> lead(newEpoch);
        case Notice.Following(Replica leader) -> follow(leader);
        case Notice.Ended(Round round, Proposal proposal) -> ended(round, proposal);
        case Notice.Permitted(Round round, ReadPermit permit) -> permitted(round, permit);
      }
    }
  }

  private void lead(long newEpoch) {
    forget(null);
    epoch = newEpoch;
    turn = applied.get().turn(newEpoch);
    clock.observe(applied.get().clockFloor());
    if (!standing.closed()) {
      standing = new Standing(true, false, null);
    }
  }

  private void follow(@Nullable Replica leader) {
    if (!standing.closed()) {
      standing = new Standing(false, false, leader);
    }
    forget(leader);
  }

  /// Leaves an epoch behind: entries in flight get their end by their futures.
  private void forget(@Nullable Replica leader) {
    epoch = 0;
    inFlight.set(0);
    broken = false;
    overlay.clear();
    List<Round> unconfirmed = List.copyOf(confirming);
    confirming.clear();
    for (Round round : unconfirmed) {
      answers.sentAway(round, leader);
    }
  }

  private void sendAwayQueued() {
    for (Request r = mailbox.request(); r != null; r = mailbox.request()) {
      answers.answer(r, new Reply.NotLeader<>(standing.leader()));
    }
  }

  private void decideRound() {
    Round round = new Round(epoch);
    while (round.waiters.size() < limits.entryCommands() && round.bytes < limits.entryBytes()) {
      Request request = mailbox.request();
      if (request == null) {
        break;
      }
      decide(round, request);
    }
    if (round.waiters.isEmpty()) {
      return;
    }
    commands.addAndGet(round.waiters.size());
    if (round.rows.isEmpty()) {
      confirm(round);
    } else {
      propose(round);
    }
  }

  private void decide(Round round, Request request) {
    Row.OfImage row = overlay.get(request.rowKey()) instanceof Row.OfImage r ? r : null;
    Decision decision;
    Image image;
    Beside beside = null;
    int oldSize;
    try {
      image = row != null ? row.image : Image.ofStored(store.get(request.rowKey().unsafeArray()));
      oldSize = image == null ? 0 : image.size();
      if (indexRows == null) {
        decision = Decider.decide(request.command(), image, null);
      } else {
        decision = Decider.decide(request.command(), image, indexRows.indexes());
        beside = indexRows.plan(request.command(), image, decision);
        decision = beside.decision();
      }
    } catch (RuntimeException e) {
      // The item cannot be read or is not what the format allows; nothing was changed for it.
      LOG.error("a write to {} could not be decided", request.rowKey(), e);
      answers.fail(request, e);
      return;
    }
    switch (decision) {
      case Decision.Keep(WriteOutcome outcome) -> {
        dependOn(round, row);
        dependOn(round, beside == null ? null : beside.looked());
        round.waiters.add(new Waiter(request, outcome, null));
      }
      case Decision.Change(Image after, WriteOutcome outcome) -> {
        Row.OfImage changed = row;
        if (changed == null || changed.round != round) {
          changed = round.change(request.rowKey(), oldSize, expiry(image), after);
          overlay.put(request.rowKey(), changed);
        } else {
          round.changeAgain(changed, after);
        }
        if (indexRows != null && beside != null) {
          indexRows.change(round, beside);
        }
        round.waiters.add(new Waiter(request, outcome, changed));
      }
    }
  }

  private long expiry(@Nullable Image image) {
    TtlAttribute attribute = ttl.get();
    return attribute == null || image == null ? TtlAttribute.NEVER : attribute.of(image.body());
  }

  /// A decision that changes nothing counts only if what it looked at comes to be.
  private static void dependOn(Round round, @Nullable Row looked) {
    if (looked != null && looked.round != round) {
      round.dependOn(looked.round);
    }
  }

  private void propose(Round round) {
    Group to = Objects.requireNonNull(group);
    round.turn = turn;
    turn++;
    inFlight.incrementAndGet();
    entries.incrementAndGet();
    EffectsEntry entry =
        round.entry(applied.get().descriptor().version(), round.turn, clock.next());
    CompletableFuture<Proposal> end = to.propose(round.epoch, entry.encode());
    var _ =
        end.whenComplete(
            (proposal, failure) -> {
              if (failure != null) {
                LOG.error("an entry of {} ended without an answer", to.id(), failure);
              }
              mailbox.post(
                  new Notice.Ended(round, failure != null ? new Proposal.Unknown() : proposal));
            });
  }

  /// Asks for the permit only now: what it says of the moment it was asked for must hold for all of
  /// the round's decisions.
  private void confirm(Round round) {
    Group to = Objects.requireNonNull(group);
    confirming.add(round);
    CompletableFuture<ReadPermit> permit = to.readPermit();
    var _ =
        permit.whenComplete(
            (granted, failure) -> {
              if (failure != null) {
                LOG.error("a read permit of {} ended without an answer", to.id(), failure);
              }
              mailbox.post(
                  new Notice.Permitted(
                      round, failure != null ? new ReadPermit.NotLeader(null) : granted));
            });
  }

  private void permitted(Round round, ReadPermit permit) {
    if (!confirming.contains(round)) {
      return; // Sent away when its epoch ended.
    }
    switch (permit) {
      case ReadPermit.Granted _ -> {
        Round before = round.dependsOn;
        if (before != null && before.fate == Fate.OPEN) {
          before.dependents.add(round);
          return;
        }
        endConfirming(round, before == null || before.fate == Fate.APPLIED);
      }
      case ReadPermit.NotLeader(Replica leader) -> {
        confirming.remove(round);
        answers.sentAway(round, leader);
      }
      case ReadPermit.Refused(String reason) -> {
        confirming.remove(round);
        answers.nothing(round, reason);
      }
    }
  }

  private void endConfirming(Round round, boolean certain) {
    if (!confirming.remove(round)) {
      return; // Sent away when its epoch ended.
    }
    if (certain) {
      answers.confirmed(round);
    } else {
      answers.nothing(round, "a write before this one was refused");
    }
  }

  private void ended(Round round, Proposal proposal) {
    boolean inTurn = false;
    if (proposal instanceof Proposal.Applied(_, ApplyResult result)) {
      inTurn = !(result instanceof ApplyResult.OutOfTurn);
      answers.applied(round, result);
    } else {
      answers.lost(round, proposal);
    }
    round.fate = inTurn ? Fate.APPLIED : Fate.LOST;
    for (Round dependent : round.dependents) {
      endConfirming(dependent, inTurn);
    }
    if (round.epoch == epoch) {
      leaveFlight(round, inTurn);
    }
  }

  private void leaveFlight(Round round, boolean inTurn) {
    inFlight.decrementAndGet();
    broken |= !inTurn;
    for (Row row : round.rows) {
      overlay.remove(row.key, row);
    }
    if (broken && inFlight.get() == 0) {
      overlay.clear();
      turn = applied.get().turn(epoch);
      broken = false;
    }
  }
}
