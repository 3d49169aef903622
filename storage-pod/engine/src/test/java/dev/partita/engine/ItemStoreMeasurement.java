package dev.partita.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/// Run by hand: what reads and batches cost in time and in allocated bytes, on one thread, with
/// 1-KiB rows. Arguments: an empty folder, number of rows.
final class ItemStoreMeasurement {

  private static final int OPERATIONS = 200_000;

  private ItemStoreMeasurement() {}

  private interface Work {
    void run(int i);
  }

  public static void main(String[] args) {
    int rows = Integer.parseInt(args[1]);
    byte[] value = new byte[1024];
    new Random(1).nextBytes(value);
    Random random = new Random(2);
    try (ItemStore store = ItemStore.open(Path.of(args[0]), ItemStoreOptions.defaults())) {
      for (int round = 0; round < 3; round++) {
        System.out.println("round " + round);
        measure("put, batches of 1", i -> put(store, i % rows, 1, value));
        measure("put, batches of 16", i -> put(store, i % rows, 16, value));
        measure("get, memtable or cache", i -> store.get(key(random.nextInt(rows))));
        store.flush();
        for (int i = 0; i < rows; i++) {
          store.get(key(i));
        }
        measure("get, block cache", i -> store.get(key(random.nextInt(rows))));
        measure("getIfCached, block cache", i -> store.getIfCached(key(random.nextInt(rows))));
        measure("getIfCached, absent", i -> store.getIfCached(key(rows + random.nextInt(rows))));
        measure("scan of 10", i -> scan(store, random.nextInt(rows)));
      }
      System.out.println(store.report());
    }
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(40).putInt(1).putLong(number * 0x9E3779B97F4A7C15L).array();
  }

  private static void put(ItemStore store, int first, int count, byte[] value) {
    try (ItemWriter.Batch batch = store.batch()) {
      for (int i = 0; i < count; i++) {
        batch.put(key(first + i), value);
      }
      batch.putMeta(key(0), key(first));
      batch.write();
    }
  }

  private static void scan(ItemStore store, int first) {
    try (Rows.Cursor cursor = store.scan(key(first), new byte[] {2})) {
      for (int i = 0; i < 10 && cursor.next(); i++) {
        cursor.value();
      }
    }
  }

  private static void measure(String name, Work work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int operations = name.contains("16") || name.contains("scan") ? OPERATIONS / 10 : OPERATIONS;
    long cpu = threads.getCurrentThreadCpuTime();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    for (int i = 0; i < operations; i++) {
      work.run(i);
    }
    System.out.printf(
        Locale.ROOT,
        "%-26s %7.2f us wall, %6.2f us CPU, %6d bytes allocated%n",
        name,
        (System.nanoTime() - start) / 1e3 / operations,
        (threads.getCurrentThreadCpuTime() - cpu) / 1e3 / operations,
        (threads.getCurrentThreadAllocatedBytes() - bytes) / operations);
  }
}
