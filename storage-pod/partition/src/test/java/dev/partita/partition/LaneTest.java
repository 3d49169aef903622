package dev.partita.partition;

import static dev.partita.partition.Items.ABSENT;
import static dev.partita.partition.Items.PRESENT;
import static dev.partita.partition.Items.item;
import static dev.partita.partition.Items.n;
import static dev.partita.partition.Items.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemStoreOptions;
import dev.partita.engine.ItemWriter;
import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowKeys;
import dev.partita.model.value.Bytes;
import dev.partita.replication.Proposal;
import dev.partita.replication.ReadPermit;
import dev.partita.replication.Replica;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneTest {

  private static final Replica OTHER = new Replica("pod-1", 2);
  private static ItemStore store;

  @BeforeAll
  static void open(@TempDir Path directory) {
    store = ItemStore.open(directory, ItemStoreOptions.defaults());
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static LaneDesk leader() {
    return leader(PartitionLimits.DEFAULT);
  }

  private static LaneDesk leader(PartitionLimits limits) {
    LaneDesk desk = new LaneDesk(store, limits);
    desk.lead();
    return desk;
  }

  private static PartitionLimits limits(int unanswered, long bytes, int perEntry, int inFlight) {
    return new PartitionLimits(unanswered, bytes, perEntry, 1 << 20, inFlight, 1 << 20);
  }

  private static WriteCommand putIf(LaneDesk desk, String name, boolean present) {
    return Items.put(desk.table, item(name), present ? PRESENT : ABSENT, ReturnValues.NONE, false);
  }

  private static WriteOutcome outcome(CompletableFuture<Reply<WriteOutcome>> reply) {
    assertThat(reply).isCompleted();
    return ((Reply.Answer<WriteOutcome>) reply.join()).value();
  }

  private static long counter(CompletableFuture<Reply<WriteOutcome>> reply) {
    return Items.counter(((WriteOutcome.Written) outcome(reply)).attributes());
  }

  @Test
  void aWriteIsAnsweredWhenItsEntryIsAppliedAndNotBefore() {
    LaneDesk desk = leader();
    var reply = desk.submitAndRun(Items.put(desk.table, item("a")));
    assertThat(desk.group.proposed).hasSize(1);
    assertThat(reply).isNotDone();
    desk.commit();
    assertThat(outcome(reply)).isEqualTo(new WriteOutcome.Written(null, 0, 2));
  }

  @Test
  void writersOfOneItemBuildOnEachOtherWithoutWaitingForCommits() {
    LaneDesk desk = leader();
    var one = desk.submitAndRun(Items.add(desk.table, "a", 1));
    var two = desk.submitAndRun(Items.add(desk.table, "a", 10));
    var three = desk.submitAndRun(Items.add(desk.table, "a", 100));
    assertThat(desk.group.proposed).hasSize(3);
    desk.commitAll();
    assertThat(List.of(counter(one), counter(two), counter(three))).containsExactly(1L, 11L, 111L);
  }

  @Test
  void commandsThatComeTogetherShareAnEntryAndAreAnsweredEachForItself() {
    LaneDesk desk = leader(limits(3, 1 << 20, 100, 4));
    List<Request> requests =
        Stream.of("a", "b", "c", "d")
            .map(
                name -> {
                  WriteCommand command = Items.put(desk.table, item(name));
                  return Request.of(RowKeys.item(desk.table, command.key()), command);
                })
            .toList();
    desk.lane.submitAll(requests);
    desk.run();
    assertThat(desk.group.entries())
        .hasSize(1)
        .first()
        .satisfies(e -> assertThat(e.effects()).hasSize(3));
    assertThat(outcome(requests.get(3).reply())).isInstanceOf(WriteOutcome.Unavailable.class);
    desk.commit();
    assertThat(outcome(requests.getFirst().reply()))
        .isEqualTo(new WriteOutcome.Written(null, 0, 2));
  }

  @Test
  void whoDoesNotLeadSendsEveryCommandAway() {
    LaneDesk desk = new LaneDesk(store, PartitionLimits.DEFAULT);
    WriteCommand command = Items.put(desk.table, item("a"));
    Request request = Request.of(RowKeys.item(desk.table, command.key()), command);
    desk.lane.submitAll(List.of(request));
    assertThat(request.reply()).isCompletedWithValue(new Reply.NotLeader<>(null));
  }

  @Test
  void manyWritesOfOneRowInOneEntryAreOneEffect() {
    LaneDesk desk = leader();
    List<CompletableFuture<Reply<WriteOutcome>>> replies = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      replies.add(desk.submit(Items.add(desk.table, "a", 1)));
    }
    desk.run();
    assertThat(desk.group.entries())
        .hasSize(1)
        .first()
        .satisfies(e -> assertThat(e.effects()).hasSize(1));
    desk.commit();
    for (int i = 0; i < 200; i++) {
      assertThat(counter(replies.get(i))).isEqualTo(i + 1);
    }
    assertThat(desk.state.get().items()).isEqualTo(1);
  }

  @Test
  void whatComesWhileEnoughIsInFlightSharesTheNextEntry() {
    LaneDesk desk = leader(limits(100, 1 << 20, 100, 2));
    for (int i = 0; i < 10; i++) {
      var _ = desk.submitAndRun(Items.put(desk.table, item("a" + i)));
    }
    assertThat(desk.group.proposed).hasSize(2);
    assertThat(desk.lane.inFlight()).isEqualTo(2);
    desk.commit();
    assertThat(desk.group.entries())
        .hasSize(2)
        .last()
        .satisfies(e -> assertThat(e.effects()).hasSize(8));
    desk.commitAll();
    assertThat(desk.state.get().items()).isEqualTo(10);
    assertThat(desk.lane.unanswered()).isZero();
    assertThat(desk.lane.entries()).isEqualTo(3);
    assertThat(desk.lane.commands()).isEqualTo(10);
  }

  @Test
  void anEntryHoldsNoMoreCommandsAndBytesThanItMay() {
    LaneDesk byCount = leader(limits(100, 1 << 20, 3, 100));
    LaneDesk byBytes = leader(new PartitionLimits(100, 1 << 20, 100, 1_000, 100, 1 << 20));
    for (int i = 0; i < 7; i++) {
      var _ = byCount.submit(Items.put(byCount.table, item("a" + i)));
      var _ = byBytes.submit(Items.put(byBytes.table, item("a" + i, "v", s("x".repeat(600)))));
    }
    byCount.run();
    byBytes.run();
    assertThat(byCount.group.entries().stream().map(e -> e.effects().size()))
        .containsExactly(3, 3, 1);
    assertThat(byBytes.group.entries().stream().map(e -> e.effects().size()))
        .containsExactly(2, 2, 2, 1);
  }

  @Test
  void aRefusalThatLookedAtAWriteInFlightWaitsForIt() {
    LaneDesk desk = leader();
    var _ = desk.submitAndRun(Items.put(desk.table, item("a")));
    var refused = desk.submitAndRun(putIf(desk, "a", false));
    assertThat(desk.group.proposed).hasSize(1);
    desk.group.permit(ReadPermit.Granted.INSTANCE);
    desk.run();
    assertThat(refused).isNotDone();
    desk.commit();
    assertThat(outcome(refused)).isEqualTo(new WriteOutcome.ConditionFailed(null, 2));
  }

  @Test
  void aRefusalIsNotToldWhenTheWriteItLookedAtIsLost() {
    LaneDesk desk = leader();
    var _ = desk.submitAndRun(Items.put(desk.table, item("a")));
    var refused = desk.submitAndRun(putIf(desk, "a", false));
    desk.group.permit(ReadPermit.Granted.INSTANCE);
    desk.group.end(new Proposal.Refused("disk full"));
    desk.run();
    assertThat(outcome(refused)).isInstanceOf(WriteOutcome.Unavailable.class);
  }

  @Test
  void aRefusalNeedsLeadershipConfirmedAfterTheDecision() {
    LaneDesk desk = leader();
    var refused = desk.submitAndRun(putIf(desk, "a", true));
    assertThat(refused).isNotDone();
    assertThat(desk.group.proposed).isEmpty();
    desk.group.permit(ReadPermit.Granted.INSTANCE);
    desk.run();
    assertThat(outcome(refused)).isEqualTo(new WriteOutcome.ConditionFailed(null, 0));
  }

  @Test
  void aRefusalWithoutPermitIsSentToTheLeader() {
    LaneDesk desk = leader();
    var refused = desk.submitAndRun(putIf(desk, "a", true));
    desk.group.permit(new ReadPermit.NotLeader(OTHER));
    desk.run();
    assertThat(refused.join()).isEqualTo(new Reply.NotLeader<>(OTHER));
  }

  @Test
  void tooManyWaitingConfirmationsAreUnavailableAndDeterminate() {
    LaneDesk desk = leader();
    var refused = desk.submitAndRun(putIf(desk, "a", true));
    desk.group.permit(new ReadPermit.Refused("busy"));
    desk.run();
    assertThat(outcome(refused)).isEqualTo(new WriteOutcome.Unavailable("busy", false));
  }

  @Test
  void aPermitOfALaterLeadershipSaysNothingAboutADecisionOfAnEarlierOne() {
    LaneDesk desk = leader();
    var refused = desk.submitAndRun(putIf(desk, "a", true));
    desk.lead();
    desk.group.permit(ReadPermit.Granted.INSTANCE);
    desk.run();
    assertThat(refused.join()).isInstanceOf(Reply.NotLeader.class);
  }

  @Test
  void aRefusalInARoundWithAnEntryIsToldWithThatEntry() {
    LaneDesk desk = leader();
    var refused = desk.submit(putIf(desk, "a", true));
    var _ = desk.submit(Items.put(desk.table, item("b")));
    desk.run();
    assertThat(desk.group.permits).isEmpty();
    assertThat(refused).isNotDone();
    desk.commit();
    assertThat(outcome(refused)).isEqualTo(new WriteOutcome.ConditionFailed(null, 0));
  }

  @Test
  void aLostLeadershipMakesWritesIndeterminateAndRefusalsAskAgain() {
    LaneDesk desk = leader();
    var write = desk.submit(Items.put(desk.table, item("a")));
    var refused = desk.submit(putIf(desk, "a", false));
    desk.run();
    desk.group.end(new Proposal.Unknown());
    desk.run();
    assertThat(outcome(write))
        .isEqualTo(
            new WriteOutcome.Unavailable("leadership was lost with the write in flight", true));
    assertThat(refused.join()).isEqualTo(new Reply.NotLeader<>(null));
  }

  @Test
  void aProposalThatFailsIsIndeterminate() {
    LaneDesk desk = leader();
    var write = desk.submitAndRun(Items.put(desk.table, item("a")));
    desk.group.proposed.removeFirst().end().completeExceptionally(new IllegalStateException("x"));
    desk.run();
    assertThat(outcome(write))
        .isInstanceOfSatisfying(
            WriteOutcome.Unavailable.class, u -> assertThat(u.indeterminate()).isTrue());
  }

  @Test
  void anEntryThatDidNotComeToBeLoggedIsSentToTheLeader() {
    LaneDesk desk = leader();
    var write = desk.submitAndRun(Items.put(desk.table, item("a")));
    desk.group.end(new Proposal.NotLeader(OTHER));
    desk.run();
    assertThat(write.join()).isEqualTo(new Reply.NotLeader<>(OTHER));
  }

  @Test
  void aRefusedEntryTakesTheOnesBehindItWithItAndTheLaneGoesOn() {
    LaneDesk desk = leader();
    var first = desk.submitAndRun(Items.add(desk.table, "a", 1));
    var second = desk.submitAndRun(Items.add(desk.table, "a", 1));
    desk.group.end(new Proposal.Refused("disk full"));
    desk.run();
    assertThat(outcome(first)).isEqualTo(new WriteOutcome.Unavailable("disk full", false));

    var third = desk.submitAndRun(Items.add(desk.table, "a", 1));
    assertThat(desk.group.proposed).as("nothing is decided on a lost image").hasSize(1);
    assertThat(desk.group.commit()).isEqualTo(ApplyResult.OutOfTurn.INSTANCE);
    desk.run();
    assertThat(outcome(second)).isInstanceOf(WriteOutcome.Unavailable.class);

    desk.commitAll();
    assertThat(counter(third)).isEqualTo(1);
  }

  @Test
  void aTransferThatComesToNothingLetsTheLaneGoOnInTheSameEpoch() {
    LaneDesk desk = leader();
    var _ = desk.submitAndRun(Items.add(desk.table, "a", 1));
    desk.commit();
    var _ = desk.submitAndRun(Items.add(desk.table, "a", 1));
    desk.group.end(new Proposal.NotLeader(null));
    desk.run();
    var after = desk.submitAndRun(Items.add(desk.table, "a", 1));
    desk.commitAll();
    assertThat(counter(after)).isEqualTo(2);
  }

  @Test
  void whoFollowsSendsEverybodyToTheLeader() {
    LaneDesk desk = leader(limits(100, 1 << 20, 100, 1));
    var _ = desk.submitAndRun(Items.put(desk.table, item("a")));
    var queued = desk.submitAndRun(Items.put(desk.table, item("b")));
    desk.applier.following(OTHER);
    desk.run();
    assertThat(queued.join()).isEqualTo(new Reply.NotLeader<>(OTHER));
    assertThat(desk.submit(Items.put(desk.table, item("c"))).join())
        .isEqualTo(new Reply.NotLeader<>(OTHER));
  }

  @Test
  void aCommandThatComesWhileLeadershipGoesIsNotForgotten() {
    LaneDesk desk = leader();
    desk.applier.following(OTHER);
    var late = desk.submit(Items.put(desk.table, item("a")));
    desk.run();
    assertThat(late.join()).isEqualTo(new Reply.NotLeader<>(OTHER));
    assertThat(desk.lane.unanswered()).isZero();
  }

  @Test
  void aNewLeadershipStartsFromWhatIsAppliedAndNotFromLostWrites() {
    LaneDesk desk = leader();
    var _ = desk.submitAndRun(Items.add(desk.table, "a", 1));
    desk.commit();
    var lost = desk.submitAndRun(Items.add(desk.table, "a", 100));
    desk.applier.following(OTHER);
    desk.lead();
    var fresh = desk.submitAndRun(Items.add(desk.table, "a", 1));
    desk.group.end(new Proposal.Unknown());
    desk.run();
    assertThat(outcome(lost)).isInstanceOf(WriteOutcome.Unavailable.class);
    desk.commitAll();
    assertThat(counter(fresh)).isEqualTo(2);
    assertThat(desk.lane.inFlight()).isZero();
  }

  @Test
  void nobodyIsServedBeforeTheFirstLeadership() {
    LaneDesk desk = new LaneDesk(store, PartitionLimits.DEFAULT);
    assertThat(desk.submitAndRun(Items.put(desk.table, item("a"))).join())
        .isEqualTo(new Reply.NotLeader<>(null));
  }

  @Test
  void aClosedLaneServesNobodyEvenIfItIsMadeLeader() {
    LaneDesk desk = leader();
    desk.lane.close();
    desk.run();
    desk.lead();
    assertThat(desk.submitAndRun(Items.put(desk.table, item("a"))).join())
        .isEqualTo(new Reply.NotLeader<>(null));
  }

  @Test
  void oneCommandTooManyIsTurnedAwayUntilOthersAreAnswered() {
    LaneDesk desk = leader(limits(2, 1 << 20, 100, 1));
    var _ = desk.submit(Items.put(desk.table, item("a")));
    var _ = desk.submit(Items.put(desk.table, item("b")));
    var third = desk.submit(Items.put(desk.table, item("c")));
    assertThat(outcome(third))
        .isEqualTo(new WriteOutcome.Unavailable("too many writes wait for their partition", false));
    desk.run();
    desk.commitAll();
    var again = desk.submitAndRun(Items.put(desk.table, item("c")));
    desk.commitAll();
    assertThat(outcome(again)).isInstanceOf(WriteOutcome.Written.class);
  }

  @Test
  void bytesThatWaitAreBoundedToo() {
    LaneDesk desk = leader(limits(100, 10_000, 100, 1));
    String large = "x".repeat(5_000);
    var _ = desk.submit(Items.put(desk.table, item("a", "v", s(large))));
    var put = desk.submit(Items.put(desk.table, item("b", "v", s(large))));
    var update =
        desk.submit(
            Items.update(desk.table, "c", Items.set("v", s(large)), null, ReturnValues.NONE));
    assertThat(outcome(put)).isInstanceOf(WriteOutcome.Unavailable.class);
    assertThat(outcome(update)).isInstanceOf(WriteOutcome.Unavailable.class);
    assertThat(desk.lane.unanswered()).isEqualTo(1);
  }

  @Test
  void aRowThatLeftTheRangeBeforeTheEntryCameIsAnsweredWithTheNewRange() {
    LaneDesk desk = leader();
    Bytes a = RowKeys.item(desk.table, Items.key("a"));
    Bytes b = RowKeys.item(desk.table, Items.key("b"));
    Bytes lower = a.compareTo(b) < 0 ? a : b;
    String inside = a.compareTo(b) < 0 ? "a" : "b";
    String outside = inside.equals("a") ? "b" : "a";

    var stays = desk.submit(Items.put(desk.table, item(inside)));
    var leaves = desk.submit(Items.put(desk.table, item(outside)));
    var refused = desk.submit(putIf(desk, outside, false));
    desk.run();
    KeyRange whole = RowKeys.table(desk.table);
    desk.narrowTo(new KeyRange(whole.from(), Bytes.wrap(next(lower))));
    desk.commit();

    Reply<WriteOutcome> wrong = new Reply.WrongRange<>(List.of(desk.state.get().descriptor()));
    assertThat(outcome(stays)).isInstanceOf(WriteOutcome.Written.class);
    assertThat(leaves.join()).isEqualTo(wrong);
    assertThat(refused.join()).isEqualTo(wrong);
    assertThat(desk.state.get().items()).isEqualTo(1);
    assertThat(store.get(RowKeys.item(desk.table, Items.key(outside)).unsafeArray())).isNull();
  }

  /// The smallest key above a key.
  private static byte[] next(Bytes key) {
    byte[] longer = new byte[key.length() + 1];
    System.arraycopy(key.unsafeArray(), 0, longer, 0, key.length());
    return longer;
  }

  @Test
  void anItemThatCannotBeReadFailsItsCommandAlone() {
    LaneDesk desk = leader();
    try (ItemWriter.Batch batch = store.batch()) {
      batch.put(RowKeys.item(desk.table, Items.key("bad")).unsafeArray(), new byte[] {9, 9});
      batch.write();
    }
    var bad = desk.submit(Items.add(desk.table, "bad", 1));
    var good = desk.submit(Items.add(desk.table, "good", 1));
    desk.run();
    desk.commitAll();
    assertThatThrownBy(bad::join).hasCauseInstanceOf(CorruptDataException.class);
    assertThat(counter(good)).isEqualTo(1);
    assertThat(desk.lane.unanswered()).isZero();
  }

  @Test
  void aLaneThatCannotTellWhatBecameOfAnEntryDecidesNothingMore() {
    LaneDesk desk = leader(limits(100, 1 << 20, 100, 1));
    var _ = desk.submitAndRun(Items.put(desk.table, item("a")));
    var queued = desk.submitAndRun(Items.put(desk.table, item("b")));
    desk.group.end(new Proposal.Applied(9, "not an answer of the applier"));
    desk.run();
    assertThat(queued.join()).isEqualTo(new Reply.NotLeader<>(null));
    assertThat(desk.submitAndRun(Items.put(desk.table, item("c"))).join())
        .isEqualTo(new Reply.NotLeader<>(null));
    assertThat(desk.group.proposed).isEmpty();
  }

  @Test
  void deletedInFlightIsNotThereForTheNext() {
    LaneDesk desk = leader();
    var _ = desk.submitAndRun(Items.put(desk.table, item("a", "n", n(5))));
    var _ = desk.submitAndRun(Items.delete(desk.table, "a"));
    var counted = desk.submitAndRun(Items.add(desk.table, "a", 1));
    desk.commitAll();
    assertThat(counter(counted)).isEqualTo(1);
    assertThat(desk.state.get().items()).isEqualTo(1);
    assertThat(desk.state.get().maxDeleteTimestamp()).isPositive();
  }

  @Test
  void timestampsOfEntriesRiseThoughTheClockStandsStill() {
    LaneDesk desk = leader();
    for (int i = 0; i < 3; i++) {
      var _ = desk.submitAndRun(Items.put(desk.table, item("a" + i)));
    }
    List<Long> timestamps = desk.group.entries().stream().map(EffectsEntry::timestamp).toList();
    assertThat(timestamps).isSorted().doesNotHaveDuplicates();
  }
}
