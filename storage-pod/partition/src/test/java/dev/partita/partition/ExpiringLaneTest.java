package dev.partita.partition;

import static dev.partita.partition.Items.item;
import static dev.partita.partition.Items.n;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemStoreOptions;
import dev.partita.engine.ItemWriter;
import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.TtlAttribute;
import dev.partita.model.key.RowKeys;
import dev.partita.model.value.Bytes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Expiry and writes in between each other's steps.
class ExpiringLaneTest {

  private static final long NOW = 200;
  private static ItemStore store;

  private LaneDesk desk;
  private Expiration expiration;

  @BeforeAll
  static void open(@TempDir Path directory) {
    store = ItemStore.open(directory, ItemStoreOptions.defaults());
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @BeforeEach
  void lead() {
    desk = new LaneDesk(store, PartitionLimits.DEFAULT);
    desk.lead();
    desk.applier.expireBy(new TtlAttribute("ttl"));
    while (!desk.applier.expiry().isFilled()) {
      desk.applier.fillExpiry();
    }
    expiration = new Expiration(store, desk.applier, desk.lane);
    expiration.follow(Items.TABLE.withTtlAttribute("ttl"));
  }

  @Test
  void anItemWhoseUpdateIsOnItsWayIsSpared() {
    put("prolonged", 100);
    put("left alone", 100);
    var update =
        desk.submitAndRun(
            Items.update(
                desk.table, "prolonged", Items.set("ttl", n(500)), null, ReturnValues.NONE));
    // The store still says 100: only the lane knows of the update.
    Expiring expiring = expiration.run(NOW, 10);
    desk.run();
    assertThat(expiring.asked()).isEqualTo(2);
    desk.commitAll();
    assertThat(update).isCompleted();
    assertThat(expiring.deleted()).isCompletedWithValue(1);
    assertThat(stored("prolonged")).isTrue();
    assertThat(stored("left alone")).isFalse();
    assertThat(expireAll(NOW)).isZero();
    assertThat(expireAll(500)).isEqualTo(1);
    assertThat(stored("prolonged")).isFalse();
  }

  @Test
  void anItemThatIsPutAgainWhileItIsDeletedStays() {
    put("again", 100);
    Expiring expiring = expiration.run(NOW, 10);
    desk.run();
    var put = desk.submitAndRun(command("again", 300));
    desk.commitAll();
    assertThat(put).isCompleted();
    assertThat(expiring.deleted()).isCompletedWithValue(1);
    assertThat(stored("again")).isTrue();
    assertThat(expireAll(NOW)).isZero();
    assertThat(expireAll(300)).isEqualTo(1);
  }

  @Test
  void anItemThatIsWrittenWhileOthersAreLookedForIsFoundByTheNext() {
    ExpiryIndex expiry = desk.applier.expiry();
    put("behind", 150);
    try (ItemWriter.Batch batch = store.batch()) {
      expiry.put(row("before"), ItemCodec.encode(item("before", "ttl", n(100))), batch);
      List<ExpiryKeys.Due> due = expiry.due(NOW, 10);
      assertThat(due).extracting(ExpiryKeys.Due::rowKey).containsExactly(row("behind"));
      batch.write();
      expiry.written();
      expiry.done(due.getLast());
    }
    assertThat(expiry.due(NOW, 1))
        .extracting(ExpiryKeys.Due::rowKey)
        .containsExactly(row("before"));
  }

  @Test
  void anItemThatIsWrittenAfterOthersWereDeletedIsFoundByTheNext() {
    ExpiryIndex expiry = desk.applier.expiry();
    put("behind", 150);
    try (ItemWriter.Batch batch = store.batch()) {
      expiry.put(row("before"), ItemCodec.encode(item("before", "ttl", n(100))), batch);
      expiry.done(expiry.due(NOW, 10).getLast());
      batch.write();
      expiry.written();
    }
    assertThat(expiry.due(NOW, 1))
        .extracting(ExpiryKeys.Due::rowKey)
        .containsExactly(row("before"));
  }

  private int expireAll(long now) {
    Expiring expiring = expiration.run(now, 10);
    desk.run();
    desk.commitAll();
    return expiring.deleted().join();
  }

  private void put(String name, long seconds) {
    var reply = desk.submitAndRun(command(name, seconds));
    desk.commitAll();
    assertThat(((Reply.Answer<WriteOutcome>) reply.join()).value())
        .isInstanceOf(WriteOutcome.Written.class);
  }

  private WriteCommand command(String name, long seconds) {
    return Items.put(desk.table, item(name, "ttl", n(seconds)));
  }

  private Bytes row(String name) {
    return RowKeys.item(desk.table, Items.key(name));
  }

  private boolean stored(String name) {
    return store.get(row(name).unsafeArray()) != null;
  }
}
