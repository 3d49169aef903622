package dev.partita.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Operand;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowKeys;
import dev.partita.model.key.RowSource;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableRecord;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages over the partitions of a table.
class PagesTest {

  private static final int PARTITIONS = 5;
  private static final int ITEMS = 300;

  /// Of 300 KB in each partition: no page of 1 MB.
  private static final int LARGE_IN_EACH = 2;

  @TempDir Path directory;
  private Pod pod;
  private TableRecord table;
  private final TreeMap<Bytes, String> rows = new TreeMap<>();

  @BeforeEach
  void start() throws Exception {
    pod = Pod.start(PodConfig.embedded(directory)).awaitReady();
    table = pod.createActive(Items.table("orders", PARTITIONS));
    List<CompletableFuture<WriteOutcome>> writes = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      writes.add(pod.node.write(table, Items.put(table, "k" + i, "v")));
      rows.put(RowKeys.item(table.id(), Items.key("k" + i)), "k" + i);
    }
    for (CompletableFuture<WriteOutcome> write : writes) {
      assertThat(write.get(20, TimeUnit.SECONDS)).isInstanceOf(WriteOutcome.Written.class);
    }
  }

  @AfterEach
  void stop() throws Exception {
    pod.close();
    assertThat(pod.faults).isEmpty();
  }

  private PageOutcome.Page page(
      int limit, boolean forward, @Nullable Bytes after, boolean consistent) throws Exception {
    return page(table, RowKeys.table(table.id()), limit, forward, after, null, consistent);
  }

  private PageOutcome.Page page(
      TableRecord of,
      KeyRange range,
      int limit,
      boolean forward,
      @Nullable Bytes after,
      @Nullable Condition filter,
      boolean consistent)
      throws Exception {
    PageRead read =
        new PageRead(
            of.id(),
            range,
            forward,
            after,
            RowSource.Items.INSTANCE,
            false,
            limit,
            PageRead.PAGE_BYTES,
            filter,
            null,
            false);
    return (PageOutcome.Page) pod.node.page(of, read, consistent).get(20, TimeUnit.SECONDS);
  }

  private static List<String> names(PageOutcome.Page page) {
    List<String> names = new ArrayList<>();
    for (Bytes body : page.rows().items()) {
      if (ItemCodec.decode(body).get("id") instanceof AttributeValue.S(String name)) {
        names.add(name);
      }
    }
    return names;
  }

  @Test
  void onePageGoesOverAllPartitionsInOrder() throws Exception {
    PageOutcome.Page page = page(Integer.MAX_VALUE, true, null, true);
    assertThat(names(page)).containsExactlyElementsOf(rows.values());
    assertThat(page.last()).isNull();
    List<String> reversed = new ArrayList<>(rows.values());
    Collections.reverse(reversed);
    assertThat(names(page(Integer.MAX_VALUE, false, null, false))).isEqualTo(reversed);
  }

  @Test
  void pagesOfAnySizeJoinToTheWhole() throws Exception {
    for (int limit : new int[] {1, 7, 59, 60, 61, ITEMS}) {
      for (boolean forward : new boolean[] {true, false}) {
        List<String> joined = new ArrayList<>();
        Bytes after = null;
        do {
          PageOutcome.Page page = page(limit, forward, after, limit % 2 == 0);
          joined.addAll(names(page));
          after = page.last();
          assertThat(page.rows().evaluated())
              .as("only the last page may be short")
              .satisfies(n -> assertThat(n == limit || page.last() == null).isTrue());
        } while (after != null);
        assertThat(joined)
            .containsExactlyElementsOf(forward ? rows.values() : rows.descendingMap().values());
      }
    }
  }

  @Test
  void aPageEndsAtOneMegabyteOverAllPartitionsTogether() throws Exception {
    TableRecord large = pod.createActive(Items.table("large", PARTITIONS));
    TreeMap<Bytes, String> all = new TreeMap<>();
    String text = "x".repeat(300_000);
    for (int i = 0; all.size() < LARGE_IN_EACH * PARTITIONS; i++) {
      String name = "k" + i;
      Bytes row = RowKeys.item(large.id(), Items.key(name));
      boolean room =
          large.partitions().stream()
              .map(PartitionDescriptor::range)
              .anyMatch(
                  range ->
                      range.contains(row)
                          && all.subMap(range.from(), range.to()).size() < LARGE_IN_EACH);
      if (room) {
        assertThat(pod.put(large, name, text)).isInstanceOf(WriteOutcome.Written.class);
        all.put(row, name);
      }
    }
    Condition none =
        new Condition.Compare(
            new Operand.At(dev.partita.model.expression.Path.of("v")),
            Condition.Comparator.LT,
            new Operand.Literal(new AttributeValue.S("a")));
    for (int segments : new int[] {1, 2}) {
      for (KeyRange range : RowKeys.even(large.id(), segments)) {
        SortedMap<Bytes, String> mine = all.subMap(range.from(), range.to());
        List<String> ascending = List.copyOf(mine.values());
        assertThat(pages(large, range, true, null)).isEqualTo(fours(ascending));
        assertThat(pages(large, range, false, null)).isEqualTo(fours(ascending.reversed()));
        assertThat(pages(large, range, true, none))
            .as("what is filtered out is read as well")
            .hasSameSizeAs(fours(ascending))
            .allSatisfy(page -> assertThat(page).isEmpty());
      }
    }
  }

  @Test
  void aPageOfTinyNumbersEndsByItsJsonOverAllPartitionsTogether() throws Exception {
    // 102,000 bytes by DynamoDB's count, 4.8 MB in JSON: five have room on a page.
    AttributeValue tiny = new AttributeValue.N(DynamoNumber.parse("1E-130"));
    AttributeValue list = new AttributeValue.L(Collections.nCopies(34_000, tiny));
    TableRecord numbers = pod.createActive(Items.table("tiny", PARTITIONS));
    TreeMap<Bytes, String> all = new TreeMap<>();
    for (int i = 0; i < 17; i++) {
      WriteOutcome outcome =
          pod.node.write(numbers, Items.put(numbers, "k" + i, list)).get(20, TimeUnit.SECONDS);
      assertThat(outcome).isInstanceOf(WriteOutcome.Written.class);
      all.put(RowKeys.item(numbers.id(), Items.key("k" + i)), "k" + i);
    }
    List<String> ascending = List.copyOf(all.values());
    for (boolean forward : new boolean[] {true, false}) {
      List<List<String>> pages = pages(numbers, RowKeys.table(numbers.id()), forward, null);
      assertThat(pages)
          .hasSizeGreaterThan(3)
          .allSatisfy(page -> assertThat(page).hasSizeBetween(1, 5));
      assertThat(pages.stream().flatMap(List::stream).toList())
          .isEqualTo(forward ? ascending : ascending.reversed());
    }
  }

  /// Four items of 300 KB are the first to reach 1 MB. The last page may be empty.
  private static List<List<String>> fours(List<String> names) {
    List<List<String>> pages = new ArrayList<>();
    for (int from = 0; from <= names.size(); from += 4) {
      pages.add(names.subList(from, Math.min(names.size(), from + 4)));
    }
    return pages;
  }

  private List<List<String>> pages(
      TableRecord of, KeyRange range, boolean forward, @Nullable Condition filter)
      throws Exception {
    List<List<String>> pages = new ArrayList<>();
    Bytes after = null;
    do {
      PageOutcome.Page page =
          page(of, range, Integer.MAX_VALUE, forward, after, filter, pages.size() % 2 == 0);
      pages.add(names(page));
      after = page.last();
    } while (after != null);
    return pages;
  }

  @Test
  void whatLiesBehindTheLastRowIsAnEmptyPage() throws Exception {
    PageOutcome.Page page = page(10, true, Objects.requireNonNull(rows.lastKey()), true);
    assertThat(page).isEqualTo(new PageOutcome.Page(PageOutcome.Rows.NONE, null));
  }
}
