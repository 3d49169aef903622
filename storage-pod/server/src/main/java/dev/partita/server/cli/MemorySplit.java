package dev.partita.server.cli;

import dev.partita.cluster.PodLimits;
import dev.partita.server.http.HttpLimits;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one rule by which a pod divides what it may use, see docs/operations/pod.md. The heap is the
/// JVM's own: it is given its share by the option that starts it.
///
/// @param total what the process may use in all, in bytes
record MemorySplit(long total) {

  private static final Logger log = LoggerFactory.getLogger(MemorySplit.class);

  /// With less the bounds of requests, replication and the item store do not fit, in bytes.
  static final long MIN_BYTES = 512L << 20;

  /// Blocks, indexes and filters of the item store, in percent.
  static final int CACHE_PERCENT = 25;

  /// Memtables, in percent; half as much again for as long as flushes lag.
  static final int MEMTABLES_PERCENT = 10;

  /// Network buffers outside the heap, in percent.
  static final int NETWORK_PERCENT = 10;

  /// Request bodies in memory, as one part of so many of the heap.
  private static final int BODIES_PART_OF_HEAP = 6;

  /// Answers that wait for their clients, as one part of so many of the heap.
  private static final int ANSWERS_PART_OF_HEAP = 6;

  /// Pages and batches that wait for further partitions, as one part of so many of the heap.
  private static final int GATHERED_PART_OF_HEAP = 12;

  /// The same in bytes, however large the heap.
  private static final long MAX_GATHERED_BYTES = 128L << 20;

  private static final Pattern BYTES = Pattern.compile("([0-9]{1,15})(Ki|Mi|Gi|Ti)?");
  private static final long MIB = 1 << 20;

  /// @param text plain bytes, or with `Ki`, `Mi`, `Gi` or `Ti`
  /// @throws UserError if it is no such number, or too small
  static MemorySplit of(String text) {
    Matcher m = BYTES.matcher(text);
    if (!m.matches()) {
      throw new UserError(
          UserError.USAGE, "--memory: expected bytes, as 1073741824 or 1Gi, got '" + text + "'");
    }
    String unit = m.group(2);
    int shift = unit == null ? 0 : 10 * (1 + "KiMiGiTi".indexOf(unit) / 2);
    long number = Long.parseLong(m.group(1));
    if (number > Long.MAX_VALUE >> shift) {
      throw new UserError(UserError.USAGE, "--memory: " + text + " is too much");
    }
    long bytes = number << shift;
    if (bytes < MIN_BYTES) {
      throw new UserError(
          UserError.USAGE, "--memory: a pod needs at least " + MIN_BYTES / MIB + "Mi, not " + text);
    }
    return new MemorySplit(bytes);
  }

  long cache() {
    return total / 100 * CACHE_PERCENT;
  }

  long memtables() {
    return total / 100 * MEMTABLES_PERCENT;
  }

  long network() {
    return total / 100 * NETWORK_PERCENT;
  }

  /// @param heap of the JVM, in bytes
  PodLimits limits(long heap) {
    return PodLimits.DEFAULT.withMemory(
        cache(),
        memtables(),
        Math.clamp(heap / GATHERED_PART_OF_HEAP, PodLimits.MIN_GATHERED_BYTES, MAX_GATHERED_BYTES));
  }

  /// No more bodies and answers than the heap bears.
  static HttpLimits httpLimits(long heap) {
    HttpLimits standard = HttpLimits.standard();
    return standard.withMemory(
        Math.min(standard.maxBodyBytes(), heap / BODIES_PART_OF_HEAP),
        Math.min(standard.maxAnswerBytes(), heap / ANSWERS_PART_OF_HEAP));
  }

  /// Bounds network buffers, which Netty reads when it is first used, and says how memory is
  /// divided.
  void apply() {
    System.setProperty("io.netty.maxDirectMemory", Long.toString(network()));
    long heap = Runtime.getRuntime().maxMemory();
    log.info(
        "memory: {} MiB in all; heap {}, block cache {}, memtables {}, network buffers {},"
            + " the rest {}",
        total / MIB,
        heap / MIB,
        cache() / MIB,
        memtables() / MIB,
        network() / MIB,
        (total - heap - cache() - memtables() - network()) / MIB);
  }
}
