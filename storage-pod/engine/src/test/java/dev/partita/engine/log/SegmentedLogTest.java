package dev.partita.engine.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.replication.GroupId;
import dev.partita.replication.LogStore.GroupLog;
import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.LogStore.Restored;
import dev.partita.replication.Replica;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ExpectedFailures.class)
class SegmentedLogTest {

  private static final GroupId G1 = new GroupId(1);
  private static final GroupId G2 = new GroupId(2);
  private static final Replica A = new Replica("pod-a", 1);
  private static final Replica B = new Replica("pod-b", 2);

  private final SimulatedDisk disk = new SimulatedDisk(new Random(1));
  private SegmentedLog log = open();

  static LogOptions options() {
    return LogOptions.defaults()
        .withSegmentBytes(16 << 10)
        .withMinimumFreeBytes(0)
        .withCopyBeyondSegments(3)
        .withNewLogId(() -> 0x1122334455667788L);
  }

  private SegmentedLog open() {
    return SegmentedLog.open(disk, options(), new InlineCommitter());
  }

  private void reopen(SimulatedDisk.Cut cut) {
    disk.cutPower(cut);
    log = open();
  }

  static LogRecord entry(long index, long term) {
    return new LogRecord(
        index, term, (byte) 3, ("body of " + index + " in " + term).getBytes(UTF_8));
  }

  private Restored restored(GroupId id) {
    return log.restored().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<Long> indexes(Restored restored) {
    return restored.entries().stream().map(LogRecord::index).toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void aNewLogIsEmpty() {
    assertThat(log.restored()).isEmpty();
    assertThat(log.hasSpace()).isTrue();
  }

  @Test
  void aCreatedGroupIsDurableAtOnce() {
    log.create(G1, A, List.of(A, B));

    reopen(SimulatedDisk.Cut.LOSE_ALL);

    Restored found = restored(G1);
    assertThat(found.self()).isEqualTo(A);
    assertThat(found.founders()).containsExactly(A, B);
    assertThat(found.term()).isZero();
    assertThat(found.votedFor()).isNull();
    assertThat(found.entries()).isEmpty();
    assertThat(log.log(G1)).isNotNull();
  }

  @Test
  void flushedEntriesComeBackAndUnflushedOnesDoNotLeaveHoles() {
    GroupLog group = log.create(G1, A, List.of(A));
    group.append(entry(1, 1));
    group.append(entry(2, 1));
    group.flush();
    group.append(entry(3, 1));

    reopen(SimulatedDisk.Cut.LOSE_ALL);

    assertThat(indexes(restored(G1))).containsExactly(1L, 2L);
    assertThat(restored(G1).entries().get(1).body()).isEqualTo(entry(2, 1).body());
    assertThat(restored(G1).entries().get(1).kind()).isEqualTo((byte) 3);
  }

  @Test
  void aFileWhosePreparationWasInterruptedIsNotWrittenTo() throws IOException {
    LogOptions large = options().withSegmentBytes(4 * LogOptions.MIN_SEGMENT_BYTES);
    SimulatedDisk other = new SimulatedDisk(new Random(2));
    SegmentedLog.open(other, large, new InlineCommitter()).create(G1, A, List.of(A));
    other.cutPower(SimulatedDisk.Cut.KEEP_ALL);
    String spare = other.list().getLast();
    other.delete(spare);
    var _ = other.create(spare, 2 * LogOptions.MIN_SEGMENT_BYTES);

    log = SegmentedLog.open(other, large, new InlineCommitter());
    GroupLog group = log.log(G1);
    for (int i = 1; i <= 200; i++) {
      group.append(new LogRecord(i, 1, (byte) 3, new byte[1_000]));
      group.flush();
    }
    other.cutPower(SimulatedDisk.Cut.LOSE_ALL);
    log = SegmentedLog.open(other, large, new InlineCommitter());

    assertThat(indexes(restored(G1))).isEqualTo(range(1, 200));
  }

  @Test
  void voteAndTermAreDurableWhenTheCallReturns() {
    GroupLog group = log.create(G1, A, List.of(A, B));
    group.vote(7, B);
    reopen(SimulatedDisk.Cut.LOSE_ALL);
    assertThat(restored(G1).term()).isEqualTo(7);
    assertThat(restored(G1).votedFor()).isEqualTo(B);

    log.log(G1).vote(8, null);
    reopen(SimulatedDisk.Cut.LOSE_ALL);
    assertThat(restored(G1).term()).isEqualTo(8);
    assertThat(restored(G1).votedFor()).isNull();
  }

  @Test
  void aTruncatedTailIsReplaced() {
    GroupLog group = log.create(G1, A, List.of(A));
    for (int i = 1; i <= 5; i++) {
      group.append(entry(i, 1));
    }
    group.flush();
    group.truncateFrom(3);
    group.append(entry(3, 2));
    group.flush();

    reopen(SimulatedDisk.Cut.LOSE_ALL);

    assertThat(indexes(restored(G1))).containsExactly(1L, 2L, 3L);
    assertThat(restored(G1).entries().get(2).term()).isEqualTo(2);
  }

  @Test
  void commitMarksCutsAndResetsAreKept() {
    GroupLog group = log.create(G1, A, List.of(A));
    for (int i = 1; i <= 9; i++) {
      group.append(entry(i, i < 4 ? 1 : 2));
    }
    group.committed(8);
    group.cut(5, new byte[] {1, 2});
    group.flush();
    reopen(SimulatedDisk.Cut.LOSE_ALL);
    Restored cut = restored(G1);
    assertThat(cut.baseIndex()).isEqualTo(5);
    assertThat(cut.baseTerm()).isEqualTo(2);
    assertThat(cut.membership()).containsExactly(1, 2);
    assertThat(cut.committed()).isEqualTo(8);
    assertThat(indexes(cut)).isEqualTo(range(6, 9));

    log.log(G1).resetTo(100, 9, new byte[] {3});
    log.log(G1).flush();
    reopen(SimulatedDisk.Cut.LOSE_ALL);
    Restored reset = restored(G1);
    assertThat(reset.baseIndex()).isEqualTo(100);
    assertThat(reset.baseTerm()).isEqualTo(9);
    assertThat(reset.committed()).isEqualTo(100);
    assertThat(reset.membership()).containsExactly(3);
    assertThat(reset.entries()).isEmpty();
    log.log(G1).append(entry(101, 9));
  }

  @Test
  void aRemovedGroupIsGone() {
    log.create(G1, A, List.of(A));
    log.create(G2, B, List.of(B));
    log.log(G1).append(entry(1, 1));
    log.remove(G1);

    reopen(SimulatedDisk.Cut.LOSE_ALL);

    assertThat(log.restored()).extracting(Restored::id).containsExactly(G2);
    assertThatThrownBy(() -> log.log(G1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void entriesOfManySegmentsComeBackInOrderAndOldSegmentsGo() {
    GroupLog group = log.create(G1, A, List.of(A));
    long index = 0;
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 50; i++) {
        group.append(entry(++index, 1));
        group.flush();
      }
      if (index > 200) {
        group.cut(index - 150, new byte[0]);
      }
    }

    assertThat(disk.list()).hasSizeLessThan(6);
    reopen(SimulatedDisk.Cut.LOSE_ALL);
    assertThat(restored(G1).baseIndex()).isBetween(index - 200, index - 150);
    assertThat(indexes(restored(G1))).isEqualTo(range(restored(G1).baseIndex() + 1, index));
  }

  @Test
  void theFewEntriesOfAnIdleGroupAreCopiedForward() {
    GroupLog idle = log.create(G1, A, List.of(A));
    idle.vote(3, A);
    for (int i = 1; i <= 10; i++) {
      idle.append(entry(i, 3));
    }
    idle.truncateFrom(8);
    idle.append(entry(8, 4));
    idle.cut(2, new byte[] {5});
    idle.flush();
    GroupLog busy = log.create(G2, B, List.of(B));
    for (int i = 1; i <= 3000; i++) {
      busy.append(entry(i, 1));
      busy.flush();
      busy.cut(i, new byte[0]);
    }

    assertThat(disk.list()).hasSizeLessThan(7);
    reopen(SimulatedDisk.Cut.LOSE_ALL);
    Restored found = restored(G1);
    assertThat(found.term()).isEqualTo(3);
    assertThat(found.votedFor()).isEqualTo(A);
    assertThat(found.baseIndex()).isEqualTo(2);
    assertThat(indexes(found)).isEqualTo(range(3, 8));
    assertThat(found.entries().getLast().term()).isEqualTo(4);
  }

  @Test
  void misuseIsRefusedAndLeavesTheLogAsItWas() {
    GroupLog group = log.create(G1, A, List.of(A));
    group.append(entry(1, 1));

    assertThatThrownBy(() -> group.append(entry(3, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> group.append(entry(1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> group.truncateFrom(3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> group.truncateFrom(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> group.cut(2, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> group.append(new LogRecord(2, 1, (byte) 0, new byte[16 << 10])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log.create(G1, A, List.of(A)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> log.log(G2)).isInstanceOf(IllegalStateException.class);

    group.append(entry(2, 1));
    group.flush();
    reopen(SimulatedDisk.Cut.LOSE_ALL);
    assertThat(indexes(restored(G1))).containsExactly(1L, 2L);
  }

  @Test
  void anEntryOfTheLongestLengthFits() {
    GroupLog group = log.create(G1, A, List.of(A));
    byte[] body = new byte[options().maxOpBytes() - 30];
    new Random(5).nextBytes(body);
    for (int i = 1; i <= 20; i++) {
      group.append(new LogRecord(i, 1, (byte) 0, body));
      group.flush();
    }

    reopen(SimulatedDisk.Cut.LOSE_ALL);

    assertThat(indexes(restored(G1))).isEqualTo(range(1, 20));
    assertThat(restored(G1).entries().getLast().body()).isEqualTo(body);
  }

  @Test
  void afterAFailedSyncNothingIsAcknowledgedAnyMore() {
    GroupLog group = log.create(G1, A, List.of(A));
    GroupLog other = log.create(G2, B, List.of(B));
    disk.failSyncsAfter(0);
    group.append(entry(1, 1));

    assertThatThrownBy(group::flush).isInstanceOf(LogFailedException.class);
    disk.failSyncsAfter(1000);
    assertThatThrownBy(() -> group.append(entry(2, 1))).isInstanceOf(LogFailedException.class);
    assertThatThrownBy(group::flush).isInstanceOf(LogFailedException.class);
    assertThatThrownBy(() -> other.vote(2, A)).isInstanceOf(LogFailedException.class);
    assertThatThrownBy(() -> log.create(new GroupId(9), A, List.of(A)))
        .isInstanceOf(LogFailedException.class);
    assertThat(log.hasSpace()).isFalse();
    assertThat(log.report().failed()).isTrue();
  }

  @Test
  void afterAFailedWriteTheLogIsFailedForGood() {
    GroupLog group = log.create(G1, A, List.of(A));
    disk.failWritesAfter(0);
    group.append(entry(1, 1));
    assertThatThrownBy(group::flush).isInstanceOf(LogFailedException.class);
    assertThatThrownBy(group::flush).isInstanceOf(LogFailedException.class);

    reopen(SimulatedDisk.Cut.KEEP_ALL);
    assertThat(restored(G1).entries()).isEmpty();
  }

  @Test
  void whenNoFurtherSegmentFitsEntriesAreRefusedAndTakenAgainWhenSpaceReturns() {
    GroupLog group = log.create(G1, A, List.of(A));
    disk.limitTo(disk.usedBytes());
    long index = 0;
    while (log.hasSpace()) {
      group.append(entry(++index, 1));
      group.flush();
      assertThat(index).isLessThan(10_000);
    }
    group.vote(5, B);
    group.committed(index);
    group.flush();

    disk.limitTo(Long.MAX_VALUE);
    group.vote(6, A);
    assertThat(log.hasSpace()).isTrue();
    group.append(entry(++index, 6));
    group.flush();
    reopen(SimulatedDisk.Cut.LOSE_ALL);
    assertThat(indexes(restored(G1))).isEqualTo(range(1, index));
    assertThat(restored(G1).term()).isEqualTo(6);
  }

  @Test
  void tooManyGroupsForItsSegmentsAreRefused() {
    assertThatThrownBy(
            () -> {
              for (int i = 1; i < 100; i++) {
                log.create(new GroupId(i), A, List.of(A, B));
              }
            })
        .hasMessageContaining("no room for another group");
    assertThat(log.hasSpace()).isTrue();
  }

  @Test
  void aClosedLogRefusesEverything() {
    GroupLog group = log.create(G1, A, List.of(A));
    log.close();

    assertThatThrownBy(() -> group.append(entry(1, 1))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(group::flush).isInstanceOf(IllegalStateException.class);
    log.close();
  }
}
