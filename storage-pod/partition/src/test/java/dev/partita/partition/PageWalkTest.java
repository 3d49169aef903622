package dev.partita.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemStoreOptions;
import dev.partita.engine.ItemWriter;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Operand;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.StoredItem;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.key.RowSource;
import dev.partita.model.key.SortBounds;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import dev.partita.model.value.ItemSize;
import dev.partita.testing.Seeded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Pages of one store, against the same rows kept in a map: 60 partition keys with up to 12 items,
/// and a sparse local index of which every entry knows its keys only.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageWalkTest {

  private static final long TABLE = 3;
  private static final int KEYS = 60;
  private static final RowSource ITEMS = RowSource.Items.INSTANCE;
  private static final RowSource INDEX = new RowSource.LocalIndex(1);
  private static final AttributeValue X = Items.s("x");

  private static @TempDir Path directory;

  private ItemStore store;
  private final TreeMap<Bytes, Map<String, AttributeValue>> items = new TreeMap<>();
  private final TreeMap<Bytes, Map<String, AttributeValue>> entries = new TreeMap<>();
  private final TreeMap<Bytes, Map<String, AttributeValue>> itemsOfEntries = new TreeMap<>();

  @BeforeAll
  void fill() {
    store =
        ItemStore.open(
            directory,
            ItemStoreOptions.defaults().withBlockCacheBytes(8 << 20).withWriteBufferBytes(8 << 20));
    try (ItemWriter.Batch batch = store.batch()) {
      for (int k = 0; k < KEYS; k++) {
        for (int i = 0; i <= k % 12; i++) {
          item(batch, "key-" + k, i, k % 3 == 0 ? null : "x" + (7 * i) % 5);
        }
        batch.put(RowKeys.collection(TABLE, Items.s("key-" + k)).toArray(), new byte[17]);
      }
      // Neighbours that are never to be seen.
      batch.put(RowKeys.item(TABLE - 1, key("key-1", 1)).toArray(), new byte[1]);
      batch.put(RowKeys.item(TABLE + 1, key("key-1", 1)).toArray(), new byte[1]);
      batch.write();
    }
  }

  @AfterAll
  void close() {
    store.closeUnflushed();
  }

  private void item(ItemWriter.Batch batch, String hash, int i, @Nullable String sort) {
    Map<String, AttributeValue> item =
        Items.item(hash, "n", Items.n(i), "text", Items.s("t".repeat(40 + 30 * i)));
    if (sort != null) {
      item.put("x", Items.s(sort));
      Map<String, AttributeValue> entry = Items.item(hash, "n", Items.n(i), "x", Items.s(sort));
      Bytes entryKey = RowKeys.localIndexEntry(TABLE, key(hash, i), 1, Items.s(sort));
      put(batch, entryKey, entry);
      entries.put(entryKey, entry);
      itemsOfEntries.put(entryKey, item);
    }
    Bytes itemKey = RowKeys.item(TABLE, key(hash, i));
    put(batch, itemKey, item);
    items.put(itemKey, item);
  }

  private static void put(ItemWriter.Batch batch, Bytes key, Map<String, AttributeValue> body) {
    batch.put(
        key.toArray(),
        StoredItem.encode(1, 1, ItemSize.ofAttributes(body), ItemCodec.encode(body)));
  }

  private static PrimaryKey key(String hash, int i) {
    return new PrimaryKey("k", Items.s(hash), "n", Items.n(i));
  }

  @Seeded(300)
  void pagesJoinedAreWhatIsInTheRange(RandomGenerator random) {
    RowSource source = random.nextBoolean() ? ITEMS : INDEX;
    boolean whole = source == INDEX && random.nextBoolean();
    KeyRange range =
        random.nextBoolean()
            ? RowKeys.table(TABLE)
            : RowKeys.rows(
                TABLE, Items.s("key-" + random.nextInt(KEYS)), source, SortBounds.Between.ALL);
    boolean forward = random.nextBoolean();
    int limit = random.nextBoolean() ? 1 + random.nextInt(20) : Integer.MAX_VALUE;
    int bytes = random.nextBoolean() ? 1 + random.nextInt(4_000) : PageRead.PAGE_BYTES;
    Condition filter =
        random.nextBoolean()
            ? null
            : new Condition.Compare(
                new Operand.At(dev.partita.model.expression.Path.of("n")),
                Condition.Comparator.LT,
                new Operand.Literal(Items.n(random.nextInt(12))));
    boolean project = random.nextBoolean();
    PageRead read =
        new PageRead(
            TABLE,
            range,
            forward,
            null,
            source,
            whole,
            limit,
            bytes,
            filter,
            project ? List.of(dev.partita.model.expression.Path.of("n")) : null,
            false);

    List<Map<String, AttributeValue>> expected = new ArrayList<>();
    int evaluated = 0;
    TreeMap<Bytes, Map<String, AttributeValue>> all =
        source == ITEMS ? items : whole ? itemsOfEntries : entries;
    for (Map<String, AttributeValue> row : all.subMap(range.from(), range.to()).values()) {
      evaluated++;
      if (filter == null || dev.partita.model.expression.Conditions.test(filter, row)) {
        AttributeValue n = row.get("n");
        expected.add(project && n != null ? Map.of("n", n) : row);
      }
    }
    if (!forward) {
      Collections.reverse(expected);
    }
    Joined joined = join(read);
    assertThat(joined.items).isEqualTo(expected);
    assertThat(joined.evaluated).isEqualTo(evaluated);
    assertThat(joined.matched).isEqualTo(expected.size());
  }

  /// All pages of a read, one after the other.
  private static final class Joined {
    final List<Map<String, AttributeValue>> items = new ArrayList<>();
    int matched;
    int evaluated;
  }

  private Joined join(PageRead first) {
    Joined joined = new Joined();
    PageRead read = first;
    while (true) {
      PageOutcome outcome = PageWalk.of(read, store);
      if (!(outcome instanceof PageOutcome.Page(PageOutcome.Rows rows, Bytes last))) {
        throw new AssertionError(outcome);
      }
      assertThat(rows.evaluated()).isLessThanOrEqualTo(read.limit());
      rows.items().forEach(body -> joined.items.add(ItemCodec.decode(body)));
      joined.matched += rows.matched();
      joined.evaluated += rows.evaluated();
      if (last == null) {
        return joined;
      }
      assertThat(rows.evaluated()).as("a page goes on").isPositive();
      read =
          new PageRead(
              TABLE,
              read.range(),
              read.forward(),
              last,
              read.source(),
              read.wholeItems(),
              read.limit(),
              read.bytes(),
              read.filter(),
              read.projection(),
              read.countOnly());
    }
  }

  @Test
  void aPageEndsBehindTheRowThatReachesItsBytesAndSaysWhatItRead() {
    KeyRange range = RowKeys.rows(TABLE, Items.s("key-11"), ITEMS, SortBounds.Between.ALL);
    List<Map<String, AttributeValue>> rows =
        List.copyOf(items.subMap(range.from(), range.to()).values());
    int two = ItemSize.ofAttributes(rows.get(0)) + ItemSize.ofAttributes(rows.get(1));
    PageOutcome.Page exact = page(range, two);
    assertThat(exact.rows().evaluated()).isEqualTo(2);
    assertThat(exact.rows().bytesRead()).isEqualTo(two);
    assertThat(page(range, two + 1).rows().evaluated()).isEqualTo(3);
    assertThat(page(range, 1).rows().evaluated()).isEqualTo(1);
  }

  private PageOutcome.Page page(KeyRange range, int bytes) {
    return (PageOutcome.Page)
        PageWalk.of(
            new PageRead(TABLE, range, true, null, ITEMS, false, 100, bytes, null, null, false),
            store);
  }

  @Test
  void aPageEndsBeforeTheRowWhoseJsonHasNoRoom(@TempDir Path other) {
    // 102,000 bytes by DynamoDB's count, 4.8 MB in JSON.
    AttributeValue tiny = new AttributeValue.N(DynamoNumber.parse("1E-130"));
    AttributeValue list = new AttributeValue.L(Collections.nCopies(34_000, tiny));
    try (ItemStore wide = ItemStore.open(other, ItemStoreOptions.defaults())) {
      try (ItemWriter.Batch batch = wide.batch()) {
        for (int i = 0; i < 12; i++) {
          Bytes row = RowKeys.item(TABLE, key("k", i));
          put(batch, row, Items.item("k", "n", Items.n(i), "list", list));
        }
        batch.write();
      }
      assertThat(told(true, null, false, wide))
          .containsExactly(List.of(0, 1, 2, 3, 4), List.of(5, 6, 7, 8, 9), List.of(10, 11));
      assertThat(told(false, null, false, wide))
          .containsExactly(List.of(11, 10, 9, 8, 7), List.of(6, 5, 4, 3, 2), List.of(1, 0));
      assertThat(told(true, List.of(dev.partita.model.expression.Path.of("n")), false, wide))
          .as("what is not told does not count")
          .containsExactly(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), List.of(11));
      assertThat(told(true, null, true, wide)).containsExactly(List.of(), List.of());
    }
  }

  /// The numbers of the items on each page of a table.
  private static List<List<Integer>> told(
      boolean forward,
      @Nullable List<dev.partita.model.expression.Path> projection,
      boolean countOnly,
      ItemStore store) {
    List<List<Integer>> pages = new ArrayList<>();
    Bytes after = null;
    do {
      PageRead read =
          new PageRead(
              TABLE,
              RowKeys.table(TABLE),
              forward,
              after,
              ITEMS,
              false,
              Integer.MAX_VALUE,
              PageRead.PAGE_BYTES,
              null,
              projection,
              countOnly);
      PageOutcome.Page page = (PageOutcome.Page) PageWalk.of(read, store);
      List<Integer> numbers = new ArrayList<>();
      for (Bytes body : page.rows().items()) {
        if (ItemCodec.decode(body).get("n") instanceof AttributeValue.N(DynamoNumber number)) {
          numbers.add(Integer.valueOf(number.toString()));
        }
      }
      if (!countOnly) {
        assertThat(page.rows().evaluated())
            .isEqualTo(page.rows().matched())
            .isEqualTo(numbers.size());
      }
      pages.add(numbers);
      after = page.last();
      if (after != null) {
        assertThat(page.rows().last()).isEqualTo(after);
      }
    } while (after != null);
    return pages;
  }

  @Test
  void aLimitThatMeetsTheEndOfTheRangeStillSaysWhereItStopped() {
    KeyRange range = RowKeys.rows(TABLE, Items.s("key-1"), ITEMS, SortBounds.Between.ALL);
    int count = items.subMap(range.from(), range.to()).size();
    PageRead read =
        new PageRead(TABLE, range, true, null, ITEMS, false, count, 1 << 20, null, null, true);
    PageOutcome.Page page = (PageOutcome.Page) PageWalk.of(read, store);
    assertThat(page.last()).isEqualTo(items.subMap(range.from(), range.to()).lastKey());
    assertThat(page.rows().items()).as("only counted").isEmpty();
    assertThat(page.rows().matched()).isEqualTo(count);
  }

  @Test
  void fetchedItemsAreCountedInUnitsOfTheirOwn() {
    KeyRange range = RowKeys.rows(TABLE, Items.s("key-11"), INDEX, SortBounds.Between.ALL);
    PageRead read =
        new PageRead(TABLE, range, true, null, INDEX, true, 100, 1 << 20, null, null, false);
    PageOutcome.Page page = (PageOutcome.Page) PageWalk.of(read, store);
    assertThat(page.rows().fetchUnits()).isEqualTo(page.rows().evaluated()).isEqualTo(12);
    assertThat(page.rows().bytesRead())
        .isEqualTo(
            entries.subMap(range.from(), range.to()).values().stream()
                .mapToInt(ItemSize::ofAttributes)
                .sum());
  }

  @Test
  void aLongWalkOverRowsOfOtherSourcesPausesAndGoesOn(@TempDir Path other) {
    try (ItemStore wide = ItemStore.open(other, ItemStoreOptions.defaults())) {
      TreeMap<Bytes, Bytes> wanted = new TreeMap<>();
      try (ItemWriter.Batch batch = wide.batch()) {
        for (int i = 0; i < 3 * PageWalk.MAX_PASSED; i++) {
          String hash = "k" + i;
          put(batch, RowKeys.item(TABLE, key(hash, 1)), Items.item(hash));
          put(batch, RowKeys.item(TABLE, key(hash, 2)), Items.item(hash));
          if (i % 5 == 0) {
            put(batch, RowKeys.localIndexEntry(TABLE, key(hash, 1), 0, X), Items.item(hash));
          }
          if (i % 2_000 == 0) {
            Bytes entry = RowKeys.localIndexEntry(TABLE, key(hash, 2), 1, X);
            put(batch, entry, Items.item(hash));
            wanted.put(entry, ItemCodec.encode(Items.item(hash)));
          }
          batch.put(RowKeys.collection(TABLE, Items.s(hash)).toArray(), new byte[17]);
        }
        batch.write();
      }
      for (boolean forward : new boolean[] {true, false}) {
        List<Bytes> found = new ArrayList<>();
        int pauses = 0;
        PageRead read = indexOfTable(forward);
        PageOutcome outcome = PageWalk.of(read, wide);
        while (outcome instanceof PageOutcome.Paused(PageOutcome.Rows rows, Bytes at)) {
          pauses++;
          found.addAll(rows.items());
          KeyRange rest =
              forward
                  ? new KeyRange(behindNamed(at), read.range().to())
                  : new KeyRange(read.range().from(), at);
          outcome = PageWalk.of(read.part(rest, 1_000, 1 << 20), wide);
        }
        found.addAll(((PageOutcome.Page) outcome).rows().items());
        assertThat(found)
            .containsExactlyElementsOf(forward ? wanted.values() : wanted.descendingMap().values());
        assertThat(pauses).isGreaterThan(2);
      }
    }
  }

  /// Where a client goes on that can name keys of the index only: an item where a walk has paused
  /// stands for any entry of its partition key, be it the lowest or the highest.
  private static Bytes behindNamed(Bytes at) {
    RowKey row = RowKeys.read(at);
    if (row.source().equals(INDEX)) {
      return RowKeys.behind(at);
    }
    assertThat(row.source()).isEqualTo(ITEMS);
    PrimaryKey key = new PrimaryKey("k", row.hash(), "n", row.sort());
    return RowKeys.behind(RowKeys.localIndexEntry(TABLE, key, 1, Items.s("zzz")));
  }

  private static PageRead indexOfTable(boolean forward) {
    return new PageRead(
        TABLE,
        RowKeys.table(TABLE),
        forward,
        null,
        INDEX,
        false,
        1_000,
        1 << 20,
        null,
        null,
        false);
  }
}
