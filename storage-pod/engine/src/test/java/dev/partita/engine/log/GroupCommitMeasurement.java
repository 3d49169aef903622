package dev.partita.engine.log;

import dev.partita.replication.GroupId;
import dev.partita.replication.LogStore.GroupLog;
import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.Replica;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/// Run by hand: how many flushes of 1-KiB entries per second many groups get from one log, against
/// one sync for each of them. Arguments: an empty folder on the disk in question, seconds per step.
final class GroupCommitMeasurement {

  private static final int ENTRY_BYTES = 1024;
  private static final Replica SELF = new Replica("pod", 1);

  private GroupCommitMeasurement() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    long nanos = (long) (Double.parseDouble(args[1]) * 1e9);
    for (int round = 0; round < 3; round++) {
      double alone = alone(Files.createDirectory(folder.resolve("alone" + round)), nanos);
      System.out.printf(Locale.ROOT, "one sync per flush %34.0f flushes/s%n", alone);
      for (int groups : new int[] {1, 16, 64, 256}) {
        Path log = Files.createDirectory(folder.resolve("log" + round + "-" + groups));
        shared(log, groups, nanos, alone);
      }
    }
  }

  private static double alone(Path folder, long nanos) throws IOException {
    int bytes = 16 << 20;
    try (FileLogDisk disk = FileLogDisk.open(folder);
        LogFile file = disk.create("alone", bytes)) {
      ByteBuffer entry = ByteBuffer.allocateDirect(ENTRY_BYTES);
      long start = System.nanoTime();
      long count = 0;
      while (System.nanoTime() - start < nanos) {
        file.write(entry.clear(), count * ENTRY_BYTES % bytes);
        file.sync();
        count++;
      }
      return count / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static void shared(Path folder, int groups, long nanos, double alone)
      throws InterruptedException {
    LongAdder flushes = new LongAdder();
    try (SegmentedLog log = SegmentedLog.open(folder, LogOptions.defaults())) {
      List<GroupLog> logs = new ArrayList<>();
      for (int g = 1; g <= groups; g++) {
        logs.add(log.create(new GroupId(g), SELF, List.of(SELF)));
      }
      long syncs = log.report().syncs();
      long start = System.nanoTime();
      List<Thread> threads = new ArrayList<>();
      for (GroupLog group : logs) {
        threads.add(Thread.ofVirtual().start(() -> work(group, start + nanos, flushes)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%3d groups %7.0f syncs/s, %6.1f flushes per sync, %7.0f flushes/s, ratio %.2f%n",
          groups,
          (log.report().syncs() - syncs) / seconds,
          flushes.sum() / (double) (log.report().syncs() - syncs),
          flushes.sum() / seconds,
          flushes.sum() / seconds / alone);
    }
  }

  private static void work(GroupLog group, long end, LongAdder flushes) {
    byte[] body = new byte[ENTRY_BYTES];
    for (long index = 1; System.nanoTime() < end; index++) {
      group.append(new LogRecord(index, 1, (byte) 1, body));
      group.flush();
      if (index % 1000 == 0) {
        group.cut(index - 500, new byte[0]);
      }
      flushes.increment();
    }
  }
}
