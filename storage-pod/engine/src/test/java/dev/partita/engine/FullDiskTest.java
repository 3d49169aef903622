package dev.partita.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.partita.engine.log.LogOptions;
import dev.partita.engine.log.SegmentedLog;
import dev.partita.replication.GroupId;
import dev.partita.replication.LogStore.GroupLog;
import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.Replica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real file system that fills up: a small tmpfs, where the test may mount one.
@Timeout(120)
class FullDiskTest {

  private static final Replica SELF = new Replica("pod", 1);

  @TempDir Path parent;
  private Path mount;
  private boolean mounted;

  @BeforeEach
  void mountSmallDisk() throws IOException, InterruptedException {
    mount = Files.createDirectory(parent.resolve("small"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", mount.toString());
    assumeTrue(mounted, "a tmpfs can be mounted by root only; the simulated disk shows the rest");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      assertThat(run("umount", mount.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain for %s", what).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private Path fillUp() throws IOException {
    Path filler = mount.resolve("filler");
    byte[] piece = new byte[64 << 10];
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(piece);
      }
    } catch (IOException _) {
      // The disk is full now.
    }
    return filler;
  }

  @Test
  void theLogRefusesEntriesKeepsVotesAndRecovers() throws IOException {
    LogOptions options =
        LogOptions.defaults()
            .withSegmentBytes(1 << 20)
            .withMinimumFreeBytes(2 << 20)
            .withPollMillis(20);
    long index = 0;
    try (SegmentedLog log = SegmentedLog.open(mount.resolve("log"), options)) {
      GroupLog group = log.create(new GroupId(1), SELF, List.of(SELF));
      await("the first spare", log::hasSpace);
      Path filler = fillUp();
      await("the guard", () -> !log.hasSpace());
      group.vote(2, SELF);
      group.append(new LogRecord(++index, 2, (byte) 1, new byte[1000]));
      group.flush();

      Files.delete(filler);
      await("space", log::hasSpace);
      for (int i = 0; i < 2000; i++) {
        group.append(new LogRecord(++index, 2, (byte) 1, new byte[1000]));
        group.flush();
      }
      assertThat(log.report().failed()).isFalse();
    }
    try (SegmentedLog log = SegmentedLog.open(mount.resolve("log"), options)) {
      assertThat(log.restored().iterator().next().entries()).hasSize((int) index);
    }
  }

  @Test
  void theItemStoreNamesTheErrorKeepsReadingAndRecovers() throws IOException {
    try (ItemStore store = ItemStore.open(mount.resolve("items"), ItemStoreTest.options())) {
      ItemStoreTest.put(store, "before", "1");
      store.flush();
      Path filler = fillUp();
      byte[] noise = new byte[4000];
      new Random(1).nextBytes(noise);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  try (ItemWriter.Batch batch = store.batch()) {
                    batch.put(ItemStoreTest.bytes("k" + i), noise);
                    batch.write();
                  }
                  if (i % 100 == 0) {
                    store.flush();
                  }
                }
              })
          .isInstanceOf(DiskFullException.class);
      assertThat(store.get(ItemStoreTest.bytes("before"))).isEqualTo(ItemStoreTest.bytes("1"));
      assertThat(store.get(ItemStoreTest.bytes("k0"))).isEqualTo(noise);

      CompletableFuture<Void> patient =
          CompletableFuture.runAsync(
              () -> FullDisk.outlast(() -> ItemStoreTest.put(store, "patient", "3")));
      Files.delete(filler);
      patient.orTimeout(40, TimeUnit.SECONDS).join();
      assertThat(store.get(ItemStoreTest.bytes("patient"))).isEqualTo(ItemStoreTest.bytes("3"));
      await("recovery", () -> canWrite(store));
      store.flush();
      assertThat(store.get(ItemStoreTest.bytes("after"))).isEqualTo(ItemStoreTest.bytes("2"));
      assertThat(store.get(ItemStoreTest.bytes("k0"))).isEqualTo(noise);
    }
  }

  @Test
  void aWriteThatWaitsForSpaceGivesUpInTheEnd() {
    DiskFullException full = new DiskFullException("full", new IOException());
    assertThatThrownBy(
            () ->
                FullDisk.outlast(
                    () -> {
                      throw full;
                    },
                    250))
        .isSameAs(full);
  }

  private static boolean canWrite(ItemStore store) {
    try {
      ItemStoreTest.put(store, "after", "2");
      store.flush();
      return true;
    } catch (DiskFullException _) {
      return false;
    }
  }
}
