package dev.partita.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemStoreOptions;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.command.WriteOutcome.IndexWrites;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.Update;
import dev.partita.model.value.AttributeValue;
import dev.partita.replication.ReadPermit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What writes to a table with local indexes are told: units, sizes, refusals.
class IndexRowsTest {

  private static final long FREE = PartitionLimits.MAX_ITEM_COLLECTION_BYTES;

  private ItemStore store;
  private LaneDesk desk;

  @BeforeEach
  void open(@TempDir java.nio.file.Path directory) {
    store = ItemStore.open(directory, ItemStoreOptions.defaults());
    desk = desk(FREE);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private LaneDesk desk(long collectionBytes) {
    LaneDesk made =
        new LaneDesk(
            store,
            new PartitionLimits(100, 64 << 20, 10, 4 << 20, 3, 1 << 20, collectionBytes),
            IndexedTable.TABLE);
    made.lead();
    return made;
  }

  private WriteOutcome write(WriteCommand command) {
    CompletableFuture<Reply<WriteOutcome>> reply = desk.submitAndRun(command);
    desk.commitAll();
    if (!desk.group.permits.isEmpty()) {
      desk.group.permit(ReadPermit.Granted.INSTANCE);
      desk.run();
    }
    return ((Reply.Answer<WriteOutcome>) reply.join()).value();
  }

  private IndexWrites indexes(WriteCommand command) {
    IndexWrites indexes = ((WriteOutcome.Written) write(command)).indexes();
    if (indexes == null) {
      throw new AssertionError("nothing told of indexes");
    }
    return indexes;
  }

  private List<Integer> put(Object... attributes) {
    return indexes(IndexedTable.put(desk.table, IndexedTable.item("p", 1, attributes))).units();
  }

  private WriteCommand set(String attribute, AttributeValue value) {
    return IndexedTable.set(desk.table, "p", 1, attribute, value);
  }

  private static AttributeValue text(int length) {
    return Items.s("v".repeat(length));
  }

  @Test
  void unitsAreTakenOnlyByEntriesThatChange() {
    assertThat(put()).containsExactly(0, 0, 0);
    assertThat(put("a", Items.n(1))).containsExactly(1, 0, 0);
    assertThat(put("a", Items.n(1), "b", Items.s("x"))).containsExactly(1, 1, 1);
    assertThat(put("a", Items.n(1), "b", Items.s("x"))).containsExactly(0, 0, 0);
    // Another key: the old entry goes, the new one comes.
    assertThat(put("a", Items.n(2), "b", Items.s("x"))).containsExactly(2, 0, 0);
    assertThat(put("a", Items.n(2), "b", Items.s("x"), "x", text(2_000))).containsExactly(2, 0, 2);
    assertThat(put("a", Items.n(2), "b", Items.s("x"), "x", text(5))).containsExactly(2, 0, 2);
    assertThat(put("a", Items.n(2), "b", Items.s("x"), "x", text(5), "y", text(3)))
        .containsExactly(1, 0, 0);
    assertThat(put()).containsExactly(1, 1, 1);
    assertThat(indexes(IndexedTable.delete(desk.table, "p", 1)).units()).containsExactly(0, 0, 0);
    assertThat(indexes(IndexedTable.delete(desk.table, "p", 1)).units()).containsExactly(0, 0, 0);
  }

  @Test
  void theSizeOfACollectionIsItemsAndEntriesOfOnePartitionKey() {
    // k, p, r, 1 (two bytes) and a, 1: eight bytes, and as many in the index.
    WriteCommand first = IndexedTable.put(desk.table, IndexedTable.item("p", 1, "a", Items.n(1)));
    assertThat(indexes(first).collectionBytes()).isEqualTo(16);
    WriteCommand second = IndexedTable.put(desk.table, IndexedTable.item("p", 2));
    assertThat(indexes(second).collectionBytes()).isEqualTo(21);
    WriteCommand other = IndexedTable.put(desk.table, IndexedTable.item("q", 2));
    assertThat(indexes(other).collectionBytes()).isEqualTo(5);
    // A write that changes nothing tells it as well.
    assertThat(indexes(IndexedTable.delete(desk.table, "p", 9)).collectionBytes()).isEqualTo(21);
    assertThat(indexes(IndexedTable.delete(desk.table, "p", 1)).collectionBytes()).isEqualTo(5);
    assertThat(indexes(IndexedTable.delete(desk.table, "p", 2)).collectionBytes()).isZero();
  }

  @Test
  void aFullCollectionTakesOnlyWritesThatDoNotGrowIt() {
    desk = desk(100);
    assertThat(
            indexes(IndexedTable.put(desk.table, IndexedTable.item("p", 1, "x", text(89))))
                .collectionBytes())
        .isEqualTo(95);
    WriteCommand more = IndexedTable.put(desk.table, IndexedTable.item("p", 2, "x", text(1)));
    assertThat(write(more)).isEqualTo(WriteOutcome.CollectionFull.INSTANCE);
    assertThat(write(set("x", text(95)))).isEqualTo(WriteOutcome.CollectionFull.INSTANCE);
    // An index entry counts too.
    assertThat(write(set("a", Items.n(1)))).isEqualTo(WriteOutcome.CollectionFull.INSTANCE);
    assertThat(write(set("x", text(94)))).isInstanceOf(WriteOutcome.Written.class);
    assertThat(write(set("x", text(5)))).isInstanceOf(WriteOutcome.Written.class);
    assertThat(write(more)).isInstanceOf(WriteOutcome.Written.class);
    assertThat(IndexedTable.items(store, desk.table)).hasSize(2);
  }

  @Test
  void aRefusalThatSawAWriteInFlightWaitsForIt() {
    desk = desk(100);
    var first =
        desk.submitAndRun(IndexedTable.put(desk.table, IndexedTable.item("p", 1, "x", text(89))));
    var second =
        desk.submitAndRun(IndexedTable.put(desk.table, IndexedTable.item("p", 2, "x", text(9))));
    desk.group.permit(ReadPermit.Granted.INSTANCE);
    desk.run();
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    desk.commitAll();
    assertThat(first).isDone();
    assertThat(second.join())
        .isEqualTo(new Reply.Answer<WriteOutcome>(WriteOutcome.CollectionFull.INSTANCE));
  }

  @Test
  void whatAnUpdateComesToMustFitTheIndexes() {
    put("z", Items.n(1), "e", Items.s(""), "l", text(1_025));
    assertThat(write(copy("z", "b")))
        .isEqualTo(
            new WriteOutcome.Invalid(
                "The update expression attempted to update the secondary index key to unsupported"
                    + " type"));
    assertThat(write(copy("e", "b")))
        .isEqualTo(
            new WriteOutcome.Invalid(
                "One or more parameter values are not valid. The update expression attempted to"
                    + " update a secondary index key to a value that is not supported. The"
                    + " AttributeValue for a key attribute cannot contain an empty string value."));
    assertThat(write(copy("l", "b")))
        .isEqualTo(
            new WriteOutcome.Invalid(
                "The update expression attempted to update the secondary index key beyond allowed"
                    + " size limits"));
    assertThat(write(copy("z", "a"))).isInstanceOf(WriteOutcome.Written.class);
  }

  @Test
  void anItemIsBoundTogetherWithItsEntries() {
    // 409,600 bytes: half of them the item, half its entry.
    int half = 409_600 / 2 - 9;
    assertThat(put("a", Items.n(1), "x", text(half))).containsExactly(200, 0, 0);
    assertThat(write(set("x", text(half + 1))))
        .isEqualTo(
            new WriteOutcome.Invalid("Item size to update has exceeded the maximum allowed size"));
    WriteCommand tooLarge =
        IndexedTable.put(
            desk.table, IndexedTable.item("p", 2, "a", Items.n(1), "x", text(half + 1)));
    assertThat(write(tooLarge))
        .isEqualTo(new WriteOutcome.Invalid("Item size has exceeded the maximum allowed size"));
    assertThat(write(IndexedTable.remove(desk.table, "p", 1, "a")))
        .isInstanceOf(WriteOutcome.Written.class);
    assertThat(write(set("x", text(half + 1)))).isInstanceOf(WriteOutcome.Written.class);
  }

  @Test
  void manyWritesToOneItemInOneEntryLeaveOneEffectForEachRow() {
    for (int i = 0; i < 3; i++) {
      var _ = desk.submit(set("a", Items.n(i)));
      var _ = desk.submit(IndexedTable.set(desk.table, "p", 2, "a", Items.n(7)));
    }
    desk.run();
    EffectsEntry entry = desk.group.entries().getFirst();
    assertThat(entry.effects().stream().map(Effect::rowKey)).doesNotHaveDuplicates();
    // Two items, entries at 0, 1, 2 and 7, one record.
    assertThat(entry.effects()).hasSize(7);
    desk.commitAll();
    assertThat(IndexedTable.beside(store, desk.table))
        .isEqualTo(IndexedTable.expected(store, desk.table));
    assertThat(desk.state.get().indexes()).containsExactly(new IndexSize(2, 16));
  }

  @Test
  void aTableWithoutIndexesLogsAsBeforeThereWereAny() {
    LaneDesk plain = new LaneDesk(store, PartitionLimits.DEFAULT);
    plain.lead();
    var reply = plain.submitAndRun(Items.put(plain.table, Items.item("p", "a", Items.n(1))));
    assertThat(plain.group.proposed.getFirst().entry()[0]).isEqualTo((byte) 1);
    plain.commitAll();
    assertThat(reply.join()).isEqualTo(new Reply.Answer<>(new WriteOutcome.Written(null, 0, 5)));
    assertThat(plain.state.get().encode()[0]).isEqualTo((byte) 1);
  }

  private WriteCommand copy(String from, String to) {
    Update update =
        new Update(
            List.of(
                new Update.SetAction(
                    Path.of(to),
                    new Update.SetValue.Plain(new Update.SetOperand.At(Path.of(from))))),
            List.of(),
            List.of(),
            List.of());
    return IndexedTable.update(desk.table, "p", 1, update, null);
  }
}
