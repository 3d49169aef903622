package dev.partita.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemStoreTest {

  @TempDir Path directory;
  private ItemStore store;

  @BeforeEach
  void open() {
    store = ItemStore.open(directory, options());
  }

  @AfterEach
  void close() {
    store.closeUnflushed();
  }

  static ItemStoreOptions options() {
    return ItemStoreOptions.defaults().withBlockCacheBytes(8 << 20).withWriteBufferBytes(8 << 20);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static void put(ItemStore store, String key, String value) {
    try (ItemWriter.Batch batch = store.batch()) {
      batch.put(bytes(key), bytes(value));
      batch.write();
    }
  }

  static List<String> rows(ItemStore store, String from, String to) {
    List<String> rows = new ArrayList<>();
    try (Rows.Cursor cursor = store.scan(bytes(from), bytes(to))) {
      while (cursor.next()) {
        rows.add(new String(cursor.key(), UTF_8) + "=" + new String(cursor.value(), UTF_8));
      }
    }
    return rows;
  }

  private void reopenAfterCrash() {
    store.closeUnflushed();
    store = ItemStore.open(directory, options());
  }

  @Test
  void aWrittenRowIsReadBack() {
    put(store, "a", "1");

    assertThat(store.get(bytes("a"))).isEqualTo(bytes("1"));
    assertThat(store.get(bytes("b"))).isNull();
    assertThat(store.getIfCached(bytes("b"))).isEqualTo(ItemReader.Cached.Known.ABSENT);
    assertThat(store.getIfCached(bytes("a")))
        .isInstanceOfSatisfying(
            ItemReader.Cached.Known.class,
            known -> assertThat(known.value()).isEqualTo(bytes("1")));
  }

  @Test
  void aRangeIsWalkedBackwardsAsWell() {
    for (String key : List.of("a", "b", "c", "d")) {
      put(store, key, "1");
    }
    List<String> keys = new ArrayList<>();
    try (Rows.Cursor cursor = store.scanBackwards(bytes("b"), bytes("d"))) {
      while (cursor.next()) {
        keys.add(new String(cursor.key(), UTF_8));
      }
      assertThat(cursor.next()).isFalse();
    }
    assertThat(keys).containsExactly("c", "b");
  }

  @Test
  void aCursorSkipsToAKeyInItsOwnDirectionAndNotOutOfItsRange() {
    for (String key : List.of("a", "c", "e", "g")) {
      put(store, key, "1");
    }
    try (Rows.Cursor cursor = store.scan(bytes("a"), bytes("g"))) {
      assertThat(cursor.skipTo(bytes("b"))).isTrue();
      assertThat(cursor.key()).isEqualTo(bytes("c"));
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.skipTo(bytes("f"))).isFalse();
    }
    try (Rows.Cursor cursor = store.scanBackwards(bytes("b"), bytes("z"))) {
      assertThat(cursor.skipTo(bytes("f"))).isTrue();
      assertThat(cursor.key()).isEqualTo(bytes("e"));
      assertThat(cursor.skipTo(bytes("b"))).isFalse();
    }
  }

  @Test
  void anImageKeepsItsRowsWhateverIsWrittenMeanwhile() {
    put(store, "a", "1");
    try (Rows.Image image = store.image()) {
      put(store, "a", "2");
      put(store, "b", "2");
      assertThat(image.get(bytes("a"))).isEqualTo(bytes("1"));
      assertThat(image.get(bytes("b"))).isNull();
      try (Rows.Cursor cursor = image.scan(bytes("a"), bytes("z"))) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.value()).isEqualTo(bytes("1"));
        assertThat(cursor.next()).isFalse();
      }
    }
    assertThat(store.get(bytes("a"))).isEqualTo(bytes("2"));
  }

  @Test
  void emptyAndVeryLongKeysAndValuesComeBackWhole() {
    byte[] longKey = new byte[70_000];
    byte[] longValue = new byte[450_000];
    new Random(7).nextBytes(longKey);
    new Random(8).nextBytes(longValue);
    try (ItemWriter.Batch batch = store.batch()) {
      batch.put(bytes("empty"), new byte[0]);
      batch.put(bytes("long"), longValue);
      batch.put(longKey, bytes("k"));
      batch.write();
    }

    assertThat(store.get(bytes("empty"))).isEmpty();
    assertThat(store.get(bytes("long"))).isEqualTo(longValue);
    assertThat(store.get(longKey)).isEqualTo(bytes("k"));
  }

  @Test
  void virtualThreadsReadTheSame() throws InterruptedException {
    put(store, "a", "1");
    List<byte[]> read = new ArrayList<>();

    Thread.ofVirtual().start(() -> read.add(Objects.requireNonNull(store.get(bytes("a"))))).join();

    assertThat(read).containsExactly(bytes("1"));
  }

  @Test
  void aRowThatIsOnDiskOnlyIsNotReadOnTheEventLoop() {
    put(store, "a", "1");
    store.close();
    store = ItemStore.open(directory, options());

    assertThat(store.getIfCached(bytes("a"))).isEqualTo(ItemReader.Cached.NeedsDisk.INSTANCE);
    assertThat(store.get(bytes("a"))).isEqualTo(bytes("1"));
    assertThat(store.getIfCached(bytes("a"))).isInstanceOf(ItemReader.Cached.Known.class);
  }

  @Test
  void aBatchThatIsClosedUnwrittenChangesNothing() {
    try (ItemWriter.Batch batch = store.batch()) {
      batch.put(bytes("a"), bytes("1"));
    }

    assertThat(store.get(bytes("a"))).isNull();
  }

  @Test
  void aClosedBatchRefusesChanges() {
    ItemWriter.Batch batch = store.batch();
    batch.close();

    assertThatThrownBy(() -> batch.put(bytes("a"), bytes("1")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(batch::write).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aScanGivesTheRangeInUnsignedOrderFromOneImage() {
    for (String key : List.of("b", "a", "c\u00e9", "c", "d")) {
      put(store, key, key);
    }
    try (Rows.Cursor cursor = store.scan(bytes("b"), bytes("d"))) {
      put(store, "bb", "late");
      List<String> keys = new ArrayList<>();
      while (cursor.next()) {
        keys.add(new String(cursor.key(), UTF_8));
      }

      assertThat(keys).containsExactly("b", "c", "c\u00e9");
      assertThat(cursor.next()).isFalse();
      assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void metaValuesLiveApartFromRows() {
    try (ItemWriter.Batch batch = store.batch()) {
      batch.put(bytes("a"), bytes("row"));
      batch.putMeta(bytes("a"), bytes("meta"));
      batch.putMeta(bytes("b"), bytes("gone"));
      batch.write();
    }
    try (ItemWriter.Batch batch = store.batch()) {
      batch.deleteMeta(bytes("b"));
      batch.write();
    }

    assertThat(store.meta(bytes("a"))).isEqualTo(bytes("meta"));
    assertThat(store.meta(bytes("b"))).isNull();
    try (Rows.Cursor cursor = store.scanMeta(bytes("a"), bytes("z"))) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.value()).isEqualTo(bytes("meta"));
      assertThat(cursor.next()).isFalse();
    }
  }

  @Test
  void aDeletedRangeIsEmptyAndItsNeighboursStay() {
    for (String key : List.of("a", "b", "c", "d")) {
      put(store, key, key);
    }
    try (ItemWriter.Batch batch = store.batch()) {
      batch.deleteRange(bytes("b"), bytes("d"));
      batch.write();
    }

    assertThat(rows(store, "a", "z")).containsExactly("a=a", "d=d");
  }

  @Test
  void aCrashLeavesTheStateAfterSomeWholeBatchAtOrAfterTheLastFlush() {
    for (int i = 1; i <= 100; i++) {
      try (ItemWriter.Batch batch = store.batch()) {
        batch.put(bytes("row" + (i % 7)), bytes("" + i));
        batch.putMeta(bytes("position"), bytes("" + i));
        batch.write();
      }
      if (i == 60) {
        store.flush();
      }
    }

    reopenAfterCrash();

    int position =
        Integer.parseInt(new String(Objects.requireNonNull(store.meta(bytes("position"))), UTF_8));
    assertThat(position).isGreaterThanOrEqualTo(60);
    for (int i = position - 6; i <= position; i++) {
      assertThat(store.get(bytes("row" + (i % 7)))).isEqualTo(bytes("" + i));
    }
  }

  @Test
  void replayBehindTheStoredPositionBringsEverythingBack() {
    List<String> log = new ArrayList<>();
    Random random = new Random(42);
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 50; i++) {
        log.add("row" + random.nextInt(20));
        apply(log, log.size());
        if (random.nextInt(40) == 0) {
          store.flush();
        }
      }
      reopenAfterCrash();
      byte[] position = store.meta(bytes("position"));
      int from = position == null ? 0 : ByteBuffer.wrap(position).getInt();
      for (int index = from + 1; index <= log.size(); index++) {
        apply(log, index);
      }
      for (int index = 1; index <= log.size(); index++) {
        int last = log.lastIndexOf(log.get(index - 1)) + 1;
        assertThat(store.get(bytes(log.get(index - 1)))).isEqualTo(bytes("" + last));
      }
    }
  }

  private void apply(List<String> log, int index) {
    try (ItemWriter.Batch batch = store.batch()) {
      batch.put(bytes(log.get(index - 1)), bytes("" + index));
      batch.putMeta(bytes("position"), ByteBuffer.allocate(4).putInt(index).array());
      batch.write();
    }
  }

  @Test
  void sizesGrowWithWhatIsStored() {
    assertThat(store.approximateSize(bytes("a"), bytes("z"))).isZero();
    byte[] value = new byte[1000];
    new Random(1).nextBytes(value);
    try (ItemWriter.Batch batch = store.batch()) {
      for (int i = 0; i < 2000; i++) {
        batch.put(bytes("k%06d".formatted(i)), value);
      }
      batch.write();
    }

    assertThat(store.approximateSize(bytes("a"), bytes("z"))).isGreaterThan(1_000_000);
    assertThat(store.report().memtableBytes()).isGreaterThan(1_000_000);
    store.flush();
    assertThat(store.report().fileBytes()).isPositive();
  }

  @Test
  void aClosedStoreThrowsInsteadOfCrashingTheProcess() {
    store.close();

    assertThatThrownBy(() -> store.get(bytes("a"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.scan(bytes("a"), bytes("b")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(store::batch).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aCorruptFileIsNamed() throws IOException {
    for (int i = 0; i < 3000; i++) {
      put(store, "k%06d".formatted(i), "value" + i * 31L);
    }
    store.close();
    List<Path> files;
    try (Stream<Path> found = Files.list(directory)) {
      files = found.filter(file -> file.toString().endsWith(".sst")).toList();
    }
    for (Path file : files) {
      byte[] octets = Files.readAllBytes(file);
      for (int i = 0; i < Math.min(octets.length / 2, 4096); i++) {
        octets[i] ^= 0x5a;
      }
      Files.write(file, octets, StandardOpenOption.TRUNCATE_EXISTING);
    }

    assertThatThrownBy(
            () -> {
              store = ItemStore.open(directory, options());
              store.get(bytes("k000001"));
            })
        .isInstanceOf(CorruptStoreException.class)
        .hasMessageContaining(".sst");
  }

  @Test
  void oneStorePerDirectory() {
    assertThatThrownBy(() -> ItemStore.open(directory, options()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("lock");
  }
}
