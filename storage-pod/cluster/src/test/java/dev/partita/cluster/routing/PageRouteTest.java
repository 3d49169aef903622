package dev.partita.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cluster.support.ByteBudget;
import dev.partita.model.command.Overload;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageOutcome.Rows;
import dev.partita.model.command.PageRead;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.key.RowSource;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// One page over a table whose every partition is asked by the test: it sees what is asked and
/// answers when it likes.
class PageRouteTest {
  private static final long TABLE = 5;
  private static final long MILLIS = 5_000;
  private static final long PATIENCE_MILLIS = 20_000;
  private static final RowSource INDEX = new RowSource.LocalIndex(0);
  private static final KeyRange ALL = RowKeys.table(TABLE);

  private ByteBudget memory = new ByteBudget(10_000);
  private final List<PageRead> asked = new ArrayList<>();
  private final Deque<CompletableFuture<PageOutcome>> open = new ArrayDeque<>();
  private long nowMillis = 77;

  @Test
  void aPartitionIsToldWhatIsLeftOfThePagesBounds() {
    CompletableFuture<PageOutcome> page = start(read(RowSource.Items.INSTANCE, true));
    answer(new PageOutcome.Paused(rows(3, 100, 0), item("a")));
    answer(new PageOutcome.Paused(rows(4, 300, 2), item("b")));
    assertThat(asked.stream().map(PageRead::limit)).containsExactly(50, 47, 43);
    assertThat(asked.stream().map(PageRead::bytes))
        .containsExactly(1 << 20, (1 << 20) - 100, (1 << 20) - 400 - 2 * 4_096);
    answer(new PageOutcome.Page(rows(1, 20, 0), item("c")));
    assertThat(page.resultNow()).isEqualTo(new PageOutcome.Page(rows(8, 420, 2), item("c")));
  }

  @Test
  void rowsThatWaitForTheNextPartitionTakeMemoryUntilThePageEnds() {
    CompletableFuture<PageOutcome> page = start(read(RowSource.Items.INSTANCE, true));
    assertThat(memory.used()).isZero();
    answer(new PageOutcome.Paused(rows(3, 300, 0), item("a")));
    assertThat(memory.used()).isEqualTo(3 * (100 + PageRoute.ITEM_OVERHEAD_BYTES));
    answer(new PageOutcome.Page(rows(3, 300, 0), null));
    assertThat(page).isCompleted();
    assertThat(memory.used()).isZero();
  }

  @Test
  void whereThereIsNoMemoryForThemThePageIsRefusedAndWhatItHeldIsFree() {
    CompletableFuture<PageOutcome> first = start(read(RowSource.Items.INSTANCE, true));
    answer(new PageOutcome.Paused(rows(40, 4_000, 0), item("a")));
    CompletableFuture<PageOutcome> second = start(read(RowSource.Items.INSTANCE, true));
    open.addLast(open.removeFirst());
    answer(new PageOutcome.Paused(rows(40, 4_000, 0), item("a")));
    assertThat(second.resultNow())
        .isInstanceOfSatisfying(
            PageOutcome.Unavailable.class,
            refused -> assertThat(Overload.isReason(refused.reason())).isTrue());
    assertThat(first).isNotDone();
    assertThat(open).as("nothing more is asked for the second").hasSize(1);
    answer(new PageOutcome.Unavailable("why not"));
    assertThat(first.resultNow()).isEqualTo(new PageOutcome.Unavailable("why not"));
    assertThat(memory.used()).isZero();
  }

  @Test
  void rowsWhoseJsonHasNoRoomAreLeftToTheNextPage() {
    memory = new ByteBudget(1 << 20);
    CompletableFuture<PageOutcome> page = start(read(RowSource.Items.INSTANCE, true));
    answer(new PageOutcome.Paused(longRows(3, item("a")), item("b")));
    answer(new PageOutcome.Paused(Rows.NONE, item("c")));
    answer(new PageOutcome.Paused(longRows(2, item("d")), item("d")));
    answer(new PageOutcome.Paused(Rows.NONE, item("e")));
    assertThat(page).isNotDone();
    answer(new PageOutcome.Page(longRows(1, item("f")), null));
    assertThat(page.resultNow()).isEqualTo(new PageOutcome.Page(longRows(5, item("d")), item("d")));
    assertThat(memory.used()).isZero();
  }

  /// Items of 4.8 MB in JSON.
  private static Rows longRows(int count, Bytes last) {
    AttributeValue tiny = new AttributeValue.N(DynamoNumber.parse("1E-130"));
    AttributeValue list = new AttributeValue.L(Collections.nCopies(34_000, tiny));
    Bytes body = ItemCodec.encode(Map.of("list", list));
    return new Rows(Collections.nCopies(count, body), count, count, 1_000L * count, 0, last);
  }

  @Test
  void aFailureGivesTheMemoryBack() {
    CompletableFuture<PageOutcome> page = start(read(RowSource.Items.INSTANCE, true));
    answer(new PageOutcome.Paused(rows(4, 400, 0), item("a")));
    open.removeFirst().completeExceptionally(new IllegalStateException("a bad disk"));
    assertThat(page).isCompletedExceptionally();
    assertThat(memory.used()).isZero();
  }

  @Test
  void aPageWhoseTimeIsOverEndsWhereItsPartitionHasPaused() {
    CompletableFuture<PageOutcome> page = start(read(INDEX, true));
    nowMillis += MILLIS - 1;
    answer(new PageOutcome.Paused(rows(2, 20, 0), item("a")));
    assertThat(page).isNotDone();
    nowMillis++;
    answer(new PageOutcome.Paused(rows(1, 10, 0), item("b")));
    assertThat(page.resultNow()).isEqualTo(new PageOutcome.Page(rows(3, 30, 0), item("b")));
  }

  @Test
  void aPageWhoseTimeIsOverBetweenPartitionsEndsAtTheNextRow() {
    CompletableFuture<PageOutcome> page = start(read(INDEX, true));
    nowMillis += MILLIS;
    PageRead part = asked.getFirst();
    answer(new PageOutcome.Paused(Rows.NONE, item("a")));
    assertThat(page).as("a pause is such a row").isCompleted();

    CompletableFuture<PageOutcome> backward = start(read(INDEX, false));
    nowMillis += MILLIS;
    answer(new PageOutcome.Paused(Rows.NONE, item("a")));
    assertThat(backward).as("backward an item's key names no entry").isNotDone();
    assertThat(asked.getLast().limit()).isEqualTo(1);
    answer(new PageOutcome.Page(rows(1, 10, 0), entry("a")));
    assertThat(backward.resultNow()).isEqualTo(new PageOutcome.Page(rows(1, 10, 0), entry("a")));
    assertThat(part.limit()).isEqualTo(50);
  }

  @Test
  void aPageThatMeetsNoSuchRowEndsWithoutAnAnswerAndAsksNoMore() {
    CompletableFuture<PageOutcome> page = start(read(INDEX, false));
    nowMillis += PATIENCE_MILLIS;
    answer(new PageOutcome.Paused(rows(1, 10, 0), item("a")));
    assertThat(page.resultNow()).isInstanceOf(PageOutcome.Unavailable.class);
    assertThat(open).isEmpty();
    assertThat(memory.used()).isZero();
  }

  @Test
  void aPartitionThatDoesNotAnswerDoesNotHoldThePageForEver() throws Exception {
    CompletableFuture<PageOutcome> page = route(read(INDEX, true), 1).start();
    answer(new PageOutcome.Paused(rows(3, 30, 0), item("a")));
    assertThat(page.get(20, TimeUnit.SECONDS)).isInstanceOf(PageOutcome.Unavailable.class);
    answer(new PageOutcome.Paused(rows(3, 30, 0), item("b")));
    assertThat(open).as("its late answer asks nobody").isEmpty();
    assertThat(memory.used()).isZero();
  }

  private CompletableFuture<PageOutcome> start(PageRead read) {
    return route(read, PATIENCE_MILLIS).start();
  }

  private PageRoute route(PageRead read, long patienceMillis) {
    PageRoute.Clock clock =
        new PageRoute.Clock(() -> TimeUnit.MILLISECONDS.toNanos(nowMillis), MILLIS, patienceMillis);
    return new PageRoute(
        read,
        clock,
        memory,
        part -> {
          asked.add(part);
          CompletableFuture<PageOutcome> answer = new CompletableFuture<>();
          open.addLast(answer);
          return new PageRoute.Part(part::range, answer);
        });
  }

  private void answer(PageOutcome outcome) {
    open.removeFirst().complete(outcome);
  }

  private static PageRead read(RowSource source, boolean forward) {
    return new PageRead(
        TABLE, ALL, forward, null, source, false, 50, PageRead.PAGE_BYTES, null, null, false);
  }

  /// Items of 100 bytes.
  private static Rows rows(int count, long bytesRead, long fetchUnits) {
    List<Bytes> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(Bytes.wrap(new byte[100]));
    }
    return new Rows(items, count, count, bytesRead, fetchUnits, null);
  }

  private static PrimaryKey key(String hash) {
    return new PrimaryKey("k", text(hash), "s", text("s"));
  }

  private static AttributeValue text(String text) {
    return new AttributeValue.S(text);
  }

  private static Bytes item(String hash) {
    return RowKeys.item(TABLE, key(hash));
  }

  private static Bytes entry(String hash) {
    return RowKeys.localIndexEntry(TABLE, key(hash), 0, text("i"));
  }
}
