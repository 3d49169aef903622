package dev.partita.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.Replica;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the writer makes of operations that were decided before the latest ones.
class LogWriterTest {

  private static final Replica SELF = new Replica("pod", 1);
  private static final long G = 1;

  private final SimulatedDisk disk = new SimulatedDisk(new Random(1));
  private LogWriter writer;

  @BeforeEach
  void open() throws IOException {
    LogOptions options = SegmentedLogTest.options();
    InlineCommitter committer = new InlineCommitter();
    SegmentKeeper keeper = new SegmentKeeper(disk, options, committer, new ArrayDeque<>(), 1);
    committer.start(
        new Committer.Work() {
          @Override
          public void commit() {}

          @Override
          public void maintain() {
            keeper.work();
          }
        });
    writer = new LogWriter(options, keeper, new LogState(), 7, new ArrayDeque<>(), 0, 1);
    writer.write(List.of(new LogOp.Created(G, SELF, List.of(SELF))));
  }

  private static LogRecord entry(long index, long term) {
    return new LogRecord(index, term, (byte) 0, new byte[] {(byte) term});
  }

  private void fillOneSegment(long group) throws IOException {
    writer.write(List.of(new LogOp.Created(group, SELF, List.of(SELF))));
    long active = writer.activeNumber();
    for (long i = 1; writer.activeNumber() == active; i++) {
      writer.write(List.of(new LogOp.Entry(group, new LogRecord(i, 1, (byte) 0, new byte[500]))));
    }
  }

  private Recovery.Recovered recover() throws IOException {
    disk.cutPower(SimulatedDisk.Cut.LOSE_ALL);
    return new Recovery(disk, SegmentedLogTest.options().segmentBytes()).run();
  }

  @Test
  void aCopyThatWasOvertakenByATruncationIsLeftOut() throws IOException {
    writer.write(List.of(new LogOp.Entry(G, entry(1, 1)), new LogOp.Entry(G, entry(2, 1))));
    fillOneSegment(2);
    writer.write(List.of(new LogOp.Truncate(G, 2), new LogOp.Entry(G, entry(2, 5))));

    writer.write(List.of(new LogOp.Copy(G, entry(1, 1)), new LogOp.Copy(G, entry(2, 1))));

    assertThat(recover().entries().entries(G)).extracting(LogRecord::term).containsExactly(1L, 5L);
  }

  @Test
  void aCopyOfARemovedGroupIsLeftOut() throws IOException {
    writer.write(List.of(new LogOp.Entry(G, entry(1, 1))));
    writer.write(List.of(new LogOp.Removed(G), new LogOp.Copy(G, entry(1, 1))));

    assertThat(recover().state().groups()).isEmpty();
  }

  @Test
  void aCutTakesItsTermFromTheEntryAndAnOlderCutIsVoid() throws IOException {
    writer.write(
        List.of(
            new LogOp.Entry(G, entry(1, 1)),
            new LogOp.Entry(G, entry(2, 4)),
            new LogOp.Cut(G, 2, 0, new byte[] {9}),
            new LogOp.Cut(G, 1, 0, new byte[] {8})));

    GroupState group = recover().state().groups().iterator().next();
    assertThat(group.baseIndex).isEqualTo(2);
    assertThat(group.baseTerm).isEqualTo(4);
    assertThat(group.membership).containsExactly(9);
  }

  @Test
  void aSegmentGoesWhenItsLastLiveEntryIsCopiedOrCut() throws IOException {
    writer.write(List.of(new LogOp.Entry(G, entry(1, 1)), new LogOp.Entry(G, entry(2, 1))));
    fillOneSegment(2);
    assertThat(writer.oldestNumber()).isEqualTo(1);

    writer.write(List.of(new LogOp.Removed(2), new LogOp.Cut(G, 1, 0, new byte[0])));
    assertThat(writer.oldestNumber()).isEqualTo(1);
    writer.write(List.of(new LogOp.Copy(G, entry(2, 1))));

    assertThat(writer.oldestNumber()).isEqualTo(2);
    assertThat(recover().entries().entries(G)).extracting(LogRecord::index).containsExactly(2L);
  }
}
