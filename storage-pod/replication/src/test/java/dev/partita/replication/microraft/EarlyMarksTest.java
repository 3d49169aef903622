package dev.partita.replication.microraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.replication.LogStore.Restored;
import io.microraft.model.log.LogEntry;
import org.junit.jupiter.api.Test;

/// A follower whose entries are large takes marks by their size.
class EarlyMarksTest {
  private static final int ENTRIES_PER_MARK = 64;
  private static final int BYTES_PER_MARK = 10_000;
  private static final int ENTRY_BYTES = 4_000;
  private static final int ENTRIES = 60;

  @Test
  void largeEntriesAreMarkedLongBeforeTheirNumberAsksForIt() {
    OneReplica replica = fed("x".repeat(ENTRY_BYTES));

    Restored stored = replica.logs.restored().iterator().next();
    assertThat(stored.committed()).isBetween(ENTRIES / 2L, (long) ENTRIES);
    assertThat(replica.machine.texts()).hasSize(ENTRIES - 1);
    assertThat(replica.faults).isEmpty();
  }

  @Test
  void smallEntriesAreNot() {
    OneReplica replica = fed("x");

    assertThat(replica.logs.restored().iterator().next().committed()).isZero();
    assertThat(replica.faults).isEmpty();
  }

  private static OneReplica fed(String text) {
    OneReplica replica = new OneReplica(ENTRIES_PER_MARK, BYTES_PER_MARK, 16);
    replica.open();
    for (int index = 1; index <= ENTRIES; index++) {
      LogEntry entry =
          index == 1 ? OneReplica.mark(1, 1) : OneReplica.entry(index, 1, 1, text + index);
      replica.receive(
          OneReplica.SECOND,
          OneReplica.append(OneReplica.SECOND, 1, index - 1L, index == 1 ? 0 : 1, index, entry));
    }
    return replica;
  }
}
