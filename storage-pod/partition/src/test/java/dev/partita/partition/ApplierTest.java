package dev.partita.partition;

import static dev.partita.partition.Items.item;
import static dev.partita.partition.Items.n;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemStoreOptions;
import dev.partita.engine.ItemWriter;
import dev.partita.engine.Rows.Cursor;
import dev.partita.engine.StorageException;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.StoredItem;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowKeys;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.ItemSize;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import dev.partita.replication.StagingException;
import dev.partita.replication.StateMachine.SnapshotReader;
import dev.partita.replication.StateMachine.SnapshotWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplierTest {

  private static final long TABLE = 5;
  private static final int ENTRIES = 40;
  private static final int KEYS = 12;

  @TempDir private Path directory;

  private static final Applier.Leadership NOBODY =
      new Applier.Leadership() {
        @Override
        public void leading(long epoch) {}

        @Override
        public void following(@Nullable Replica leader) {}
      };

  private ItemStore open(String name) {
    return ItemStore.open(directory.resolve(name), ItemStoreOptions.defaults());
  }

  private static Applier applier(ItemStore store) {
    byte[] stored = store.meta(ReplicaKeys.state(TABLE));
    ReplicaState state =
        stored == null
            ? ReplicaState.founding(LaneDesk.descriptor(TABLE))
            : ReplicaState.decode(stored);
    return new Applier(
        store,
        new HybridClock(() -> 1),
        new PartitionLimits(1, 1, 1, 1, 1, 64 << 10),
        new AtomicReference<>(state),
        new ExpiryIndex(store, TABLE),
        NOBODY);
  }

  /// Entries as a leader of epoch 1 would log them, from index 2 on, and what they lead to.
  private static final class History {
    final List<byte[]> entries = new ArrayList<>();
    private final Map<String, Integer> sizes = new HashMap<>();

    History(long seed) {
      Random random = new Random(seed);
      for (int i = 0; i < ENTRIES; i++) {
        Map<Bytes, Effect> effects = new HashMap<>();
        for (int j = random.nextInt(4); j >= 0; j--) {
          Effect effect = effect(random, i);
          effects.putIfAbsent(effect.rowKey(), effect);
        }
        effects.values().forEach(this::note);
        entries.add(new EffectsEntry(1, i, 1_000 + i, List.copyOf(effects.values())).encode());
      }
    }

    private Effect effect(Random random, int i) {
      String name = "k" + random.nextInt(KEYS);
      Bytes key = RowKeys.item(TABLE, Items.key(name));
      int oldSize = sizes.getOrDefault(key.toString(), 0);
      if (random.nextInt(4) == 0) {
        return new Effect.Delete(key, oldSize);
      }
      var item = item(name, "n", n(i));
      return new Effect.Put(key, oldSize, ItemSize.ofAttributes(item), ItemCodec.encode(item));
    }

    private void note(Effect effect) {
      sizes.put(effect.rowKey().toString(), effect instanceof Effect.Put put ? put.newSize() : 0);
    }

    long items() {
      return sizes.values().stream().filter(size -> size > 0).count();
    }

    long bytes() {
      return sizes.values().stream().mapToLong(size -> size).sum();
    }
  }

  private static void apply(Applier applier, History history, int from, int to) {
    for (int index = from; index <= to; index++) {
      if (index == 1) {
        applier.skip(new Position(1, 1));
      } else {
        assertThat(applier.apply(new Position(index, 1), history.entries.get(index - 2)))
            .isEqualTo(ApplyResult.Done.INSTANCE);
      }
    }
  }

  private static SortedMap<String, String> rows(ItemStore store) {
    SortedMap<String, String> rows = new TreeMap<>();
    KeyRange range = RowKeys.table(TABLE);
    try (Cursor cursor = store.scan(range.from().unsafeArray(), range.to().unsafeArray())) {
      while (cursor.next()) {
        rows.put(Bytes.of(cursor.key()).toString(), Bytes.of(cursor.value()).toString());
      }
    }
    return rows;
  }

  @Test
  void whereverACrashFallsTheLogLeadsToTheSameRowsAndCounts() {
    History history = new History(3);
    int last = ENTRIES + 1;
    SortedMap<String, String> expected;
    try (ItemStore store = open("straight")) {
      Applier applier = applier(store);
      apply(applier, history, 1, last);
      expected = rows(store);
      assertThat(applier.state().items()).isEqualTo(history.items()).isEqualTo(expected.size());
      assertThat(applier.state().bytes()).isEqualTo(history.bytes());
    }
    Random random = new Random(11);
    for (int run = 0; run < 12; run++) {
      String name = "crash" + run;
      int flushed = random.nextInt(last + 1);
      int reached = flushed + random.nextInt(last + 1 - flushed);
      try (ItemStore store = open(name)) {
        Applier applier = applier(store);
        apply(applier, history, 1, flushed);
        store.flush();
        apply(applier, history, flushed + 1, reached);
        store.closeUnflushed();
      }
      try (ItemStore store = open(name)) {
        Applier applier = applier(store);
        int found = (int) applier.position().index();
        assertThat(found).isLessThanOrEqualTo(reached);
        apply(applier, history, found + 1, last);
        assertThat(rows(store)).isEqualTo(expected);
        assertThat(applier.state().items()).isEqualTo(history.items());
        assertThat(applier.state().bytes()).isEqualTo(history.bytes());
        assertThat(applier.state().nextTurn()).isEqualTo(ENTRIES);
      }
    }
  }

  @Test
  void storedItemsCarryTimestampSequenceAndSize() {
    try (ItemStore store = open("a")) {
      Applier applier = applier(store);
      applier.skip(new Position(1, 1));
      Bytes key = RowKeys.item(TABLE, Items.key("a"));
      Bytes body = ItemCodec.encode(item("a"));
      applier.apply(
          new Position(2, 1),
          new EffectsEntry(1, 0, 77, List.of(new Effect.Put(key, 0, 2, body))).encode());
      byte[] stored = store.get(key.unsafeArray());
      assertThat(stored).isEqualTo(StoredItem.encode(77, 2, 2, body));
      assertThat(applier.state().clockFloor()).isEqualTo(77);
    }
  }

  @Test
  void anEntryOutOfTurnDoesNothing() {
    try (ItemStore store = open("a")) {
      Applier applier = applier(store);
      History history = new History(1);
      apply(applier, history, 1, 3);
      SortedMap<String, String> before = rows(store);
      assertThat(applier.apply(new Position(4, 1), history.entries.get(4)))
          .isEqualTo(ApplyResult.OutOfTurn.INSTANCE);
      assertThat(rows(store)).isEqualTo(before);
      assertThat(applier.position()).isEqualTo(new Position(4, 1));
    }
  }

  @Test
  void turnsBeginAnewWithEachEpoch() {
    try (ItemStore store = open("a")) {
      Applier applier = applier(store);
      History history = new History(1);
      apply(applier, history, 1, 3);
      applier.skip(new Position(4, 4));
      assertThat(applier.state().turn(4)).isZero();
      assertThat(applier.apply(new Position(5, 4), history.entries.get(0)))
          .isEqualTo(ApplyResult.Done.INSTANCE);
      assertThat(applier.state().turn(4)).isEqualTo(1);
    }
  }

  @Test
  void aGapOrARepetitionInTheLogStopsTheReplica() {
    try (ItemStore store = open("a")) {
      Applier applier = applier(store);
      History history = new History(1);
      apply(applier, history, 1, 3);
      byte[] entry = history.entries.get(2);
      assertThatThrownBy(() -> applier.apply(new Position(3, 1), entry))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> applier.apply(new Position(5, 1), entry))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> applier.skip(new Position(6, 6)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void thePositionIsInTheStoreAfterEveryEntryAlsoAfterOneWithoutEffect() {
    try (ItemStore store = open("a")) {
      Applier applier = applier(store);
      applier.skip(new Position(1, 1));
      assertThat(applier(store).position()).isEqualTo(new Position(1, 1));
      applier.apply(new Position(2, 1), new History(1).entries.get(7));
      assertThat(applier(store).position()).isEqualTo(new Position(2, 1));
    }
  }

  private static List<byte[]> pieces(SnapshotReader reader, int maxBytes) {
    List<byte[]> pieces = new ArrayList<>();
    for (byte[] piece = reader.next(maxBytes); piece != null; piece = reader.next(maxBytes)) {
      pieces.add(piece);
    }
    return pieces;
  }

  @Test
  void aSnapshotIsTheStateOfOneMomentAndReplacesWhateverIsThere() {
    History history = new History(5);
    try (ItemStore from = open("from");
        ItemStore to = open("to")) {
      Applier source = applier(from);
      apply(source, history, 1, 20);
      SortedMap<String, String> then = rows(from);
      ReplicaState stateThen = source.state();
      List<byte[]> pieces;
      try (SnapshotReader reader = source.openSnapshot()) {
        apply(source, history, 21, ENTRIES + 1);
        assertThat(reader.position()).isEqualTo(new Position(20, 1));
        pieces = pieces(reader, 50);
      }
      assertThat(pieces).hasSizeGreaterThan(4);

      Applier target = applier(to);
      apply(target, new History(99), 1, 10);
      try (SnapshotWriter writer = target.stageSnapshot(new Position(20, 1))) {
        pieces.forEach(writer::accept);
        writer.install();
      }
      assertThat(rows(to)).isEqualTo(then);
      assertThat(target.state()).isEqualTo(stateThen);
      assertThat(applier(to).state()).isEqualTo(stateThen);
      apply(target, history, 21, ENTRIES + 1);
      assertThat(rows(to)).isEqualTo(rows(from));
      assertThat(target.state()).isEqualTo(source.state());
    }
  }

  @Test
  void whileAnImageTakesTheirPlaceRowsAreNotTakenForMissing() throws Exception {
    try (ItemStore from = open("from");
        ItemStore to = open("to");
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Applier source = applier(from);
      apply(source, new History(5), 1, 20);
      List<byte[]> pieces;
      try (SnapshotReader reader = source.openSnapshot()) {
        pieces = pieces(reader, 50);
      }
      Bytes key =
          IntStream.range(0, KEYS)
              .mapToObj(i -> RowKeys.item(TABLE, Items.key("k" + i)))
              .filter(row -> from.get(row.unsafeArray()) != null)
              .findFirst()
              .orElseThrow();
      Applier target = applier(to);
      RowReads reads = new RowReads(to, target, Runnable::run);
      AtomicInteger found = new AtomicInteger();
      AtomicInteger missing = new AtomicInteger();
      AtomicBoolean over = new AtomicBoolean();
      Future<?> reader = null;
      for (int i = 0; i < 20; i++) {
        try (SnapshotWriter writer = target.stageSnapshot(source.position())) {
          pieces.forEach(writer::accept);
          writer.install();
        }
        if (reader == null) {
          reader =
              thread.submit(
                  () -> {
                    while (!over.get()) {
                      if (reads.eventual(key).join() instanceof Reply.Answer(ReadOutcome answer)) {
                        (answer instanceof ReadOutcome.Found ? found : missing).incrementAndGet();
                      }
                    }
                  });
        }
      }
      over.set(true);
      Objects.requireNonNull(reader).get(20, TimeUnit.SECONDS);
      assertThat(found).hasPositiveValue();
      assertThat(missing).hasValue(0);
    }
  }

  @Test
  void anEmptyPartitionHasASnapshotToo() {
    try (ItemStore from = open("from");
        ItemStore to = open("to")) {
      Applier source = applier(from);
      source.skip(new Position(1, 1));
      Applier target = applier(to);
      apply(target, new History(99), 1, 10);
      try (SnapshotReader reader = source.openSnapshot();
          SnapshotWriter writer = target.stageSnapshot(new Position(1, 1))) {
        pieces(reader, 100).forEach(writer::accept);
        writer.install();
      }
      assertThat(rows(to)).isEmpty();
      assertThat(target.position()).isEqualTo(new Position(1, 1));
    }
  }

  @Test
  void aLargeSnapshotGoesThroughSeveralFiles() {
    try (ItemStore from = open("from");
        ItemStore to = open("to")) {
      Applier source = applier(from);
      source.skip(new Position(1, 1));
      byte[] noise = new byte[10_000];
      new Random(1).nextBytes(noise);
      for (int i = 0; i < 50; i++) {
        Bytes key = RowKeys.item(TABLE, Items.key("k" + i));
        source.apply(
            new Position(2 + i, 1),
            new EffectsEntry(
                    1, i, i, List.of(new Effect.Put(key, 0, noise.length, Bytes.of(noise))))
                .encode());
      }
      Applier target = applier(to);
      try (SnapshotReader reader = source.openSnapshot();
          SnapshotWriter writer = target.stageSnapshot(source.position())) {
        pieces(reader, 1 << 16).forEach(writer::accept);
        writer.complete();
        writer.install();
      }
      assertThat(rows(to)).hasSize(50).isEqualTo(rows(from));
    }
  }

  @Test
  void aSnapshotOutOfPlaceIsRefusedAndTheStateStays() {
    try (ItemStore from = open("from");
        ItemStore to = open("to")) {
      Applier source = applier(from);
      apply(source, new History(5), 1, 20);
      List<byte[]> good;
      try (SnapshotReader reader = source.openSnapshot()) {
        good = pieces(reader, 50);
      }
      Applier target = applier(to);
      apply(target, new History(99), 1, 10);
      SortedMap<String, String> before = rows(to);

      List<byte[]> withoutState = good.subList(1, good.size());
      List<byte[]> withoutARow = new ArrayList<>(good);
      withoutARow.remove(2);
      List<byte[]> disordered = new ArrayList<>(good);
      Collections.swap(disordered, 1, 2);
      List<byte[]> twice = new ArrayList<>(good);
      twice.addAll(good);
      List<byte[]> unknown = List.of(good.getFirst(), new byte[] {9});
      for (List<byte[]> bad : List.of(withoutState, withoutARow, disordered, twice, unknown)) {
        try (SnapshotWriter writer = target.stageSnapshot(new Position(20, 1))) {
          assertThatThrownBy(() -> bad.forEach(writer::accept))
              .isInstanceOf(StagingException.class);
        }
      }
      try (SnapshotWriter unfinished = target.stageSnapshot(new Position(20, 1))) {
        good.subList(0, good.size() - 1).forEach(unfinished::accept);
        assertThatThrownBy(unfinished::complete).isInstanceOf(StagingException.class);
        assertThatThrownBy(unfinished::install).isInstanceOf(IllegalStateException.class);
      }
      try (SnapshotWriter other = target.stageSnapshot(new Position(21, 1))) {
        assertThatThrownBy(() -> good.forEach(other::accept)).isInstanceOf(StagingException.class);
      }
      assertThat(rows(to)).isEqualTo(before);
      assertThat(target.position()).isEqualTo(new Position(10, 1));
    }
  }

  @Test
  void aSnapshotThatTheDiskDoesNotTakeIsRefusedAndTheStateStays() throws IOException {
    try (ItemStore from = open("from");
        ItemStore to = open("to")) {
      Applier source = applier(from);
      apply(source, new History(5), 1, 20);
      Applier target = applier(to);
      apply(target, new History(99), 1, 10);
      SortedMap<String, String> before = rows(to);
      Files.delete(directory.resolve("to").resolve("staging"));
      try (SnapshotReader reader = source.openSnapshot();
          SnapshotWriter writer = target.stageSnapshot(source.position())) {
        List<byte[]> image = pieces(reader, 50);
        assertThatThrownBy(() -> image.forEach(writer::accept))
            .isInstanceOf(StagingException.class)
            .hasCauseInstanceOf(StorageException.class);
      }
      assertThat(rows(to)).isEqualTo(before);
      assertThat(target.position()).isEqualTo(new Position(10, 1));
    }
  }

  @Test
  void aRowOutsideTheRangeIsLeftAloneAndNamed() {
    try (ItemStore store = open("a")) {
      Applier applier = applier(store);
      applier.skip(new Position(1, 1));
      Bytes inside = RowKeys.item(TABLE, Items.key("a"));
      Bytes outside = RowKeys.item(TABLE + 1, Items.key("a"));
      try (ItemWriter.Batch batch = store.batch()) {
        batch.put(outside.unsafeArray(), new byte[] {1});
        batch.write();
      }
      ApplyResult result =
          applier.apply(
              new Position(2, 1),
              new EffectsEntry(
                      1,
                      0,
                      1,
                      List.of(
                          new Effect.Delete(outside, 9), new Effect.Put(inside, 0, 2, Bytes.EMPTY)))
                  .encode());
      assertThat(result)
          .isInstanceOfSatisfying(
              ApplyResult.Narrowed.class,
              narrowed -> {
                assertThat(narrowed.outside().get(0)).isTrue();
                assertThat(narrowed.outside().cardinality()).isEqualTo(1);
              });
      assertThat(store.get(outside.unsafeArray())).isEqualTo(new byte[] {1});
      assertThat(applier.state().items()).isEqualTo(1);
      assertThat(applier.state().bytes()).isEqualTo(2);
    }
  }
}
