package dev.partita.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.key.RowKeys;
import dev.partita.model.key.RowSource;
import dev.partita.model.table.TableRecord;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
    PageRead read =
        new PageRead(
            table.id(),
            RowKeys.table(table.id()),
            forward,
            after,
            RowSource.Items.INSTANCE,
            false,
            limit,
            PageRead.PAGE_BYTES,
            null,
            null,
            false);
    return (PageOutcome.Page) pod.node.page(table, read, consistent).get(20, TimeUnit.SECONDS);
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
  void whatLiesBehindTheLastRowIsAnEmptyPage() throws Exception {
    PageOutcome.Page page = page(10, true, Objects.requireNonNull(rows.lastKey()), true);
    assertThat(page).isEqualTo(new PageOutcome.Page(PageOutcome.Rows.NONE, null));
  }
}
