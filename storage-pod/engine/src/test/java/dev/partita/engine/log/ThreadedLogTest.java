package dev.partita.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.engine.StorageException;
import dev.partita.replication.GroupId;
import dev.partita.replication.LogStore.GroupLog;
import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.LogStore.Restored;
import dev.partita.replication.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The log on a real disk, with its own threads and many groups at once.
@Timeout(60)
class ThreadedLogTest {

  private static final Replica SELF = new Replica("pod", 1);

  @TempDir Path directory;

  private static LogOptions options() {
    return LogOptions.defaults()
        .withSegmentBytes(256 << 10)
        .withCopyBeyondSegments(3)
        .withMinimumFreeBytes(0);
  }

  @Test
  void whatManyGroupsFlushedSideBySideIsThereAfterwards() throws InterruptedException {
    int groups = 32;
    int flushes = 60;
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    try (SegmentedLog log = SegmentedLog.open(directory, options())) {
      List<Thread> threads = new ArrayList<>();
      for (int g = 1; g <= groups; g++) {
        GroupId id = new GroupId(g);
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        GroupLog group = log.create(id, SELF, List.of(SELF));
                        for (int i = 1; i <= flushes; i++) {
                          group.append(
                              new LogRecord(i, 1, (byte) 1, new byte[(int) (id.value() * 7)]));
                          group.flush();
                          if (i % 20 == 0 && id.value() % 4 != 0) {
                            group.cut(i - 10, new byte[0]);
                          }
                        }
                        group.vote(9, SELF);
                      } catch (Throwable t) {
                        failures.add(t);
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failures).isEmpty();
      LogReport report = log.report();
      assertThat(report.syncs()).isLessThan((long) groups * flushes);
    }

    try (SegmentedLog log = SegmentedLog.open(directory, options())) {
      assertThat(log.restored()).hasSize(groups);
      for (Restored found : log.restored()) {
        long base = found.id().value() % 4 == 0 ? 0 : 50;
        assertThat(found.baseIndex()).isEqualTo(base);
        assertThat(found.entries().stream().map(LogRecord::index))
            .containsExactlyElementsOf(
                IntStream.rangeClosed((int) base + 1, flushes).mapToObj(i -> (long) i).toList());
        assertThat(found.term()).isEqualTo(9);
      }
    }
  }

  @Test
  void groupsThatComeAndGoLeaveNothingBehind() throws InterruptedException {
    try (SegmentedLog log = SegmentedLog.open(directory, options())) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int from = t * 10;
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int i = 1; i <= 10; i++) {
                        GroupId id = new GroupId(from + i);
                        GroupLog group = log.create(id, SELF, List.of(SELF));
                        group.append(new LogRecord(1, 1, (byte) 1, new byte[100]));
                        group.flush();
                        if (i % 2 == 0) {
                          log.remove(id);
                        }
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    try (SegmentedLog log = SegmentedLog.open(directory, options())) {
      assertThat(log.restored()).hasSize(40).allMatch(found -> found.id().value() % 2 == 1);
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anErrorWhileAFileIsPreparedFailsTheLogInsteadOfLeavingItWaiting() throws IOException {
    LogDisk disk = new DiskWithoutMemory(FileLogDisk.open(directory), 2);
    try (SegmentedLog log = SegmentedLog.open(disk, options(), new ThreadCommitter(10))) {
      GroupLog group = log.create(new GroupId(1), SELF, List.of(SELF));
      assertThatThrownBy(
              () -> {
                for (int i = 1; ; i++) {
                  group.append(new LogRecord(i, 1, (byte) 1, new byte[10_000]));
                  group.flush();
                }
              })
          .isInstanceOf(LogFailedException.class)
          .hasRootCauseMessage(DiskWithoutMemory.MESSAGE);
      assertThat(log.report().failed()).isTrue();
    }
  }

  @Test
  void aFolderBelongsToOneLogAtATime() {
    try (SegmentedLog log = SegmentedLog.open(directory, options())) {
      assertThat(log.hasSpace()).isTrue();
      assertThatThrownBy(() -> SegmentedLog.open(directory, options()))
          .isInstanceOf(StorageException.class)
          .hasRootCauseMessage("the log in " + directory + " is in use by another process");
    }
    SegmentedLog.open(directory, options()).close();
  }

  @Test
  void lowDiskSpaceRefusesEntriesButNotVotes() {
    try (SegmentedLog log =
        SegmentedLog.open(
            directory, options().withMinimumFreeBytes(Long.MAX_VALUE / 2).withPollMillis(10))) {
      GroupLog group = log.create(new GroupId(1), SELF, List.of(SELF));
      while (log.hasSpace()) {
        LockSupport.parkNanos(1_000_000);
      }
      group.vote(3, SELF);
      assertThat(log.report().failed()).isFalse();
    }
  }
}
