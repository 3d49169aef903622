package dev.partita.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partita.replication.GroupId;
import dev.partita.replication.LogStore.GroupLog;
import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.LogStore.Restored;
import dev.partita.replication.Replica;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Damage of what was synced stops the log and names the place; damage that a power cut explains
/// does not.
@ExtendWith(ExpectedFailures.class)
class LogCorruptionTest {

  private static final GroupId G = new GroupId(1);
  private static final Replica SELF = new Replica("pod", 1);
  private static final int FLUSHES = 700;

  private SimulatedDisk disk;

  @BeforeEach
  void fill() {
    disk = new SimulatedDisk(new Random(1));
    GroupLog group = open().create(G, SELF, List.of(SELF));
    for (int i = 1; i <= FLUSHES; i++) {
      group.append(SegmentedLogTest.entry(i, 1));
      group.flush();
    }
    disk.cutPower(SimulatedDisk.Cut.LOSE_ALL);
  }

  private SegmentedLog open() {
    return SegmentedLog.open(disk, SegmentedLogTest.options(), new InlineCommitter());
  }

  private Restored restored() {
    return open().restored().iterator().next();
  }

  /// Offset of the frame that starts the `number`-th from the file's head.
  private int frame(String file, int number) {
    ByteBuffer bytes = ByteBuffer.wrap(disk.bytes(file));
    int offset = 0;
    for (int i = 0; i < number; i++) {
      offset += Frame.HEADER_BYTES + bytes.getInt(offset + 24);
    }
    return offset;
  }

  private int frames(String file) {
    ByteBuffer bytes = ByteBuffer.wrap(disk.bytes(file));
    int count = 0;
    int offset = 0;
    while (offset < bytes.limit() - Frame.HEADER_BYTES && bytes.getInt(offset) == Frame.MAGIC) {
      offset += Frame.HEADER_BYTES + bytes.getInt(offset + 24);
      count++;
    }
    return count;
  }

  @Test
  void theFillingTakesSeveralSegments() {
    assertThat(frames(Segment.nameOf(1))).isGreaterThan(20);
    assertThat(frames(Segment.nameOf(2))).isGreaterThan(20);
    assertThat(frames(Segment.nameOf(3))).isPositive();
    assertThat(restored().entries()).hasSize(FLUSHES);
  }

  @Test
  void aDamagedFrameInTheMiddleStopsTheLogAndNamesFileAndOffset() {
    String first = Segment.nameOf(1);
    int offset = frame(first, 10);
    disk.corrupt(first, offset + Frame.HEADER_BYTES + 3);

    Throwable thrown = catchThrowable(this::open);

    assertThat(thrown)
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining(disk.locate(first))
        .hasMessageContaining("offset " + offset);
    assertThat(((CorruptLogException) thrown).offset()).isEqualTo(offset);
    assertThat(((CorruptLogException) thrown).file()).isEqualTo(disk.locate(first));
  }

  @Test
  void damageOfAnyByteOfAnyButTheLastFrameIsNoticed() {
    String first = Segment.nameOf(1);
    int end = frame(first, frames(first));
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      int at = random.nextInt(end);
      disk.corrupt(first, at);
      assertThatThrownBy(this::open)
          .as("byte %s", at)
          .isInstanceOf(CorruptLogException.class)
          .hasMessageContaining(first);
      disk.corrupt(first, at); // turns it back
    }
    assertThat(restored().entries()).hasSize(FLUSHES);
  }

  @Test
  void theLastFrameOfASegmentIsNotTakenForTorn() {
    String first = Segment.nameOf(1);
    int offset = frame(first, frames(first) - 1);
    disk.corrupt(first, offset + 1);

    assertThatThrownBy(this::open)
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining(first)
        .hasMessageContaining("offset " + offset);
  }

  @Test
  void aDamagedCheckpointIsNoticedInEverySegment() {
    for (String file : List.of(Segment.nameOf(1), Segment.nameOf(2))) {
      disk.corrupt(file, 40);
      assertThatThrownBy(this::open)
          .isInstanceOf(CorruptLogException.class)
          .hasMessageContaining(file);
      disk.corrupt(file, 40);
    }
  }

  @Test
  void aMissingSegmentInTheMiddleIsNoticed() throws IOException {
    disk.delete(Segment.nameOf(2));

    assertThatThrownBy(this::open)
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void aMissingLastSegmentIsNoticedByTheSpareBehindIt() throws IOException {
    String last =
        disk.list().stream().filter(name -> frames(name) > 0).reduce((a, b) -> b).orElseThrow();
    assertThat(disk.list()).last().isNotEqualTo(last);
    disk.delete(last);

    assertThatThrownBy(this::open)
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void aMissingFirstSegmentWithLiveEntriesIsNoticed() throws IOException {
    disk.delete(Segment.nameOf(1));

    assertThatThrownBy(this::open)
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void aSegmentOfAnotherLogIsNoticed() throws IOException {
    SimulatedDisk other = new SimulatedDisk(new Random(2));
    SegmentedLog.open(
            other, SegmentedLogTest.options().withNewLogId(() -> 99L), new InlineCommitter())
        .create(G, SELF, List.of(SELF));
    disk.delete(Segment.nameOf(1));
    byte[] foreign = other.bytes(Segment.nameOf(1));
    LogFile file = disk.create(Segment.nameOf(1), foreign.length);
    file.write(ByteBuffer.wrap(foreign), 0);
    file.sync();

    assertThatThrownBy(this::open)
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("another log");
  }

  @Test
  void theVeryLastFrameMayBeTornAndIsCutOff() {
    String last =
        disk.list().stream().filter(name -> frames(name) > 0).reduce((a, b) -> b).orElseThrow();
    int offset = frame(last, frames(last) - 1);
    disk.corrupt(last, offset + Frame.HEADER_BYTES);

    assertThat(restored().entries()).hasSize(FLUSHES - 1);
    for (int i = offset; i < disk.bytes(last).length; i++) {
      assertThat(disk.bytes(last)[i]).isZero();
    }
    assertThat(restored().entries()).hasSize(FLUSHES - 1);
  }

  @Test
  void anEntryThatHoldsTheImageOfAFrameIsNotTakenForOne() {
    byte[] image = new byte[Frame.HEADER_BYTES + 9];
    ByteBuffer frame = ByteBuffer.wrap(image).position(image.length);
    Frame.seal(frame, Frame.OPERATIONS, 12345, Long.MAX_VALUE - 1);
    SegmentedLog log = open();
    GroupLog group = log.log(G);
    group.append(new LogRecord(FLUSHES + 1, 1, (byte) 0, image));
    group.flush();
    String last =
        disk.list().stream().filter(name -> frames(name) > 0).reduce((a, b) -> b).orElseThrow();
    int offset = frame(last, frames(last) - 1);
    disk.cutPower(SimulatedDisk.Cut.LOSE_ALL);
    disk.corrupt(last, offset + 1);

    assertThat(restored().entries()).hasSize(FLUSHES);
  }

  @Test
  void garbageInPlaceOfALogIsNotReadAsOne() throws IOException {
    Random random = new Random(9);
    for (int i = 0; i < 50; i++) {
      SimulatedDisk noisy = new SimulatedDisk(random);
      byte[] noise = new byte[LogOptions.MIN_SEGMENT_BYTES];
      random.nextBytes(noise);
      LogFile file = noisy.create(Segment.nameOf(1), noise.length);
      file.write(ByteBuffer.wrap(noise), 0);
      file.sync();

      SegmentedLog log =
          SegmentedLog.open(noisy, SegmentedLogTest.options(), new InlineCommitter());

      assertThat(log.restored()).isEmpty();
    }
  }

  @Test
  void aFrameOfALaterVersionIsRefusedByName() throws IOException {
    SimulatedDisk later = new SimulatedDisk(new Random(4));
    ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + 8);
    frame.position(Frame.HEADER_BYTES).putLong(1);
    Frame.seal(frame, Frame.CHECKPOINT, 7, 1);
    frame.put(4, (byte) 2).putInt(28, 0);
    frame.putInt(28, Frame.crc(frame));
    LogFile file = later.create(Segment.nameOf(1), LogOptions.MIN_SEGMENT_BYTES);
    file.write(frame, 0);
    file.sync();

    assertThatThrownBy(
            () -> SegmentedLog.open(later, SegmentedLogTest.options(), new InlineCommitter()))
        .hasMessageContaining("another version");
  }
}
