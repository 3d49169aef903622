package dev.partita.replication.microraft;

import static dev.partita.replication.microraft.OneReplica.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.microraft.model.log.LogEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentEntriesTest {
  private static final int SIZE = EntriesCodec.size(entry(1, 1, 1, "x"));
  private final EntryBudget budget = new EntryBudget(0, 10L * SIZE, 100L * SIZE);
  private final RecentEntries recent = new RecentEntries(100, budget);

  private static void fill(RecentEntries entries, long from, long to) {
    for (long i = from; i <= to; i++) {
      entries.add(entry(i, 7, 1, "x"));
    }
  }

  private static List<Long> behind(RecentEntries entries, long index) {
    return entries.behind(index, 1_000).stream().map(LogEntry::getIndex).toList();
  }

  @Test
  void theLastEntriesAreKeptUpToANumber() {
    RecentEntries few = new RecentEntries(20, new EntryBudget(0, 1 << 20, 1 << 20));
    fill(few, 1, 57);
    assertThat(few.count()).isEqualTo(20);
    assertThat(few.reachBackTo(37)).isFalse();
    assertThat(few.reachBackTo(38)).isTrue();
    assertThat(few.termAt(38)).isEqualTo(7);
    assertThat(behind(few, 38)).hasSize(19).startsWith(39L).endsWith(57L).isSorted();
    assertThat(few.behind(38, 3)).extracting(LogEntry::getIndex).containsExactly(39L, 40L, 41L);
    assertThat(few.reachBackTo(57)).isTrue();
    assertThat(behind(few, 57)).isEmpty();
    assertThat(few.reachBackTo(58)).isFalse();
  }

  @Test
  void theLastEntriesAreKeptUpToSoManyBytes() {
    fill(recent, 1, 50);
    assertThat(recent.count()).isEqualTo(10);
    assertThat(budget.bytes()).isEqualTo(10L * SIZE);
    recent.add(entry(51, 7, 1, "y".repeat(50 * SIZE)));
    assertThat(recent.count()).isEqualTo(1);
    assertThat(recent.reachBackTo(51)).isTrue();
  }

  @Test
  void groupsShareWhatThePodCanSpare() {
    EntryBudget small = new EntryBudget(0, 10L * SIZE, 12L * SIZE);
    RecentEntries first = new RecentEntries(100, small);
    fill(first, 1, 10);
    assertThat(first.count()).isEqualTo(10);
    RecentEntries second = new RecentEntries(100, small);
    fill(second, 1, 20);
    assertThat(second.count()).isEqualTo(6);
    fill(first, 11, 20);
    assertThat(first.count()).isEqualTo(6);
    second.close();
    assertThat(small.bytes()).isEqualTo(6L * SIZE);
    fill(first, 21, 40);
    assertThat(first.count()).isEqualTo(10);
    fill(second, 21, 30);
    assertThat(second.count()).isZero();
  }

  @Test
  void theBeginningOfTheLogHasNothingBeforeIt() {
    assertThat(recent.reachBackTo(0)).isFalse();
    fill(recent, 1, 3);
    assertThat(recent.reachBackTo(0)).isTrue();
    assertThat(recent.termAt(0)).isZero();
    assertThat(behind(recent, 0)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whatIsKnownIsPassedOverAndWhatDoesNotFollowBeginsAnew() {
    fill(recent, 5, 9);
    fill(recent, 6, 8);
    assertThat(behind(recent, 5)).containsExactly(6L, 7L, 8L, 9L);
    fill(recent, 20, 22);
    assertThat(recent.reachBackTo(9)).isFalse();
    assertThat(recent.reachBackTo(19)).isFalse();
    assertThat(behind(recent, 20)).containsExactly(21L, 22L);
    assertThat(budget.bytes()).isEqualTo(3L * SIZE);
  }
}
