package dev.partita.bench;

import dev.partita.e2e.process.AdminPort;
import java.io.IOException;
import java.time.Duration;

/// What a single server says and shows of itself beside its answers.
final class Rest {

  private static final long LOOK_MILLIS = 1_000;

  /// Part of one core that counts as rest.
  private static final double QUIET = 0.1;

  private static final int QUIET_LOOKS = 5;
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private Rest() {}

  /// Items of a table, counted by its partitions as they apply writes; DescribeTable's count is
  /// hours old, and a Scan would be load.
  ///
  /// @throws IOException if the server does not say
  static long items(AdminPort admin, String table) throws IOException, InterruptedException {
    long items = 0;
    boolean found = false;
    for (var partition :
        admin.partitions().orElseThrow(() -> new IOException("no report")).path("partitions")) {
      if (partition.path("table").asText("").equals(table)) {
        found = true;
        items += partition.path("here").path("items").asLong(0);
      }
    }
    if (!found) {
      throw new IOException("the report has no partition of " + table);
    }
    return items;
  }

  /// Waits until the process hardly works any more: what was loaded is flushed and compacted.
  ///
  /// @return how long that took
  static Duration await(long pid) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Duration before = used(pid);
    for (int quiet = 0; quiet < QUIET_LOOKS; ) {
      Thread.sleep(LOOK_MILLIS);
      Duration now = used(pid);
      quiet = now.minus(before).toMillis() < QUIET * LOOK_MILLIS ? quiet + 1 : 0;
      before = now;
      if (System.nanoTime() - began > LIMIT.toNanos()) {
        throw new IOException("the server has not come to rest within " + LIMIT);
      }
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static Duration used(long pid) throws IOException {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(() -> new IOException("process " + pid + " is gone"));
  }
}
