package dev.partita.partition;

import static dev.partita.partition.Items.item;
import static dev.partita.partition.Items.n;
import static dev.partita.partition.Items.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.engine.ItemWriter;
import dev.partita.engine.Rows.Cursor;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.item.TtlAttribute;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowKeys;
import dev.partita.model.key.RowSource;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.value.Bytes;
import dev.partita.partition.Pods.Pod;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Items that expire, with a clock that the test sets. Replicas are real.
class ExpiryTest {

  private static final TtlAttribute TTL = new TtlAttribute("ttl");
  private static final TableDefinition PLAIN =
      new TableDefinition(
          "table",
          List.of(new AttributeDefinition("k", KeyType.S)),
          "k",
          null,
          BillingMode.PAY_PER_REQUEST,
          0,
          0,
          null,
          null,
          null,
          false,
          Map.of());
  private static final TableDefinition EXPIRING = PLAIN.withTtlAttribute("ttl");

  @TempDir private Path directory;

  @Test
  void whatIsPastItsTimeIsDeletedEverywhereAndReadableUntilThen() {
    try (Pods pods = expiring(3)) {
      put(pods, "past", 100);
      put(pods, "present", 200);
      put(pods, "future", 201);
      pods.write(Items.put(Pods.TABLE, item("text", "ttl", s("100"))));
      pods.write(Items.put(Pods.TABLE, item("none")));
      pods.write(Items.put(Pods.TABLE, item("below", "ttl", n(-5))));
      assertThat(pods.read(Items.key("past"))).isInstanceOf(ReadOutcome.Found.class);

      assertThat(expire(pods, 200, 100)).isEqualTo(2);

      assertThat(pods.read(Items.key("past"))).isInstanceOf(ReadOutcome.Missing.class);
      pods.awaitEven();
      for (Pod pod : pods.all) {
        assertThat(Pods.rows(pod)).hasSize(4);
        assertThat(index(pod)).isEqualTo(derived(pod)).hasSize(1);
      }
      assertThat(expire(pods, 200, 100)).isZero();
      assertThat(expire(pods, 201, 100)).isEqualTo(1);
    }
  }

  @Test
  void onlyTheLeaderDeletes() {
    try (Pods pods = expiring(3)) {
      put(pods, "past", 100);
      pods.awaitEven();
      assertThat(pods.follower().partition().expire(200, 10)).isEqualTo(Expiring.NOTHING);
      assertThat(expire(pods, 200, 10)).isEqualTo(1);
    }
  }

  @Test
  void anItemThatGotAnotherTimeIsSpared() {
    try (Pods pods = expiring(3)) {
      put(pods, "prolonged", 100);
      put(pods, "prolonged", 500);
      put(pods, "shortened", 900);
      put(pods, "shortened", 90);
      put(pods, "freed", 100);
      pods.write(Items.put(Pods.TABLE, item("freed")));
      put(pods, "deleted", 100);
      pods.write(Items.delete(Pods.TABLE, "deleted"));
      assertThat(expire(pods, 200, 10)).isEqualTo(1);
      assertThat(pods.read(Items.key("prolonged"))).isInstanceOf(ReadOutcome.Found.class);
      assertThat(pods.read(Items.key("freed"))).isInstanceOf(ReadOutcome.Found.class);
      assertThat(pods.read(Items.key("shortened"))).isInstanceOf(ReadOutcome.Missing.class);
      pods.awaitEven();
      pods.all.forEach(pod -> assertThat(index(pod)).isEqualTo(derived(pod)));
    }
  }

  @Test
  void anEntryThatItsItemKnowsNothingOfDoesNoHarmAndGoes() {
    try (Pods pods = expiring(1)) {
      put(pods, "lives", 500);
      Pod leader = pods.leader();
      for (String name : new String[] {"lives", "never was"}) {
        byte[] entry =
            ExpiryKeys.of(Pods.PARTITION, 100, RowKeys.item(Pods.TABLE, Items.key(name)));
        try (ItemWriter.Batch batch = leader.store().batch()) {
          batch.putExpiry(entry, new byte[0]);
          batch.write();
        }
      }
      assertThat(index(leader)).hasSize(3);
      assertThat(expire(pods, 200, 10)).isZero();
      assertThat(pods.read(Items.key("lives"))).isInstanceOf(ReadOutcome.Found.class);
      assertThat(index(leader)).isEqualTo(derived(leader)).hasSize(1);
    }
  }

  @Test
  void atATimeOnlySoManyAreDeletedTheEarliestFirst() {
    try (Pods pods = expiring(1)) {
      for (int i = 0; i < 25; i++) {
        put(pods, "k" + i, 125 - i);
      }
      assertThat(expire(pods, 200, 10)).isEqualTo(10);
      assertThat(pods.read(Items.key("k24"))).isInstanceOf(ReadOutcome.Missing.class);
      assertThat(pods.read(Items.key("k0"))).isInstanceOf(ReadOutcome.Found.class);
      // One that comes late with an early time is not passed over.
      put(pods, "late", 50);
      assertThat(expire(pods, 200, 1)).isEqualTo(1);
      assertThat(pods.read(Items.key("late"))).isInstanceOf(ReadOutcome.Missing.class);
      assertThat(expire(pods, 200, 100)).isEqualTo(15);
      assertThat(Pods.rows(pods.leader())).isEmpty();
    }
  }

  @Test
  void whatIsOverdueForMoreThanFiveYearsIsLeftAlone() {
    try (Pods pods = expiring(1)) {
      long now = 1_700_000_000;
      put(pods, "too old", now - ExpiryIndex.OLDEST_SECONDS - 1);
      put(pods, "old", now - ExpiryIndex.OLDEST_SECONDS);
      put(pods, "milliseconds", now * 1_000);
      assertThat(expire(pods, now, 10)).isEqualTo(1);
      assertThat(pods.read(Items.key("too old"))).isInstanceOf(ReadOutcome.Found.class);
      assertThat(pods.read(Items.key("milliseconds"))).isInstanceOf(ReadOutcome.Found.class);
    }
  }

  @Test
  void theNextLeaderGoesOnWhereTheLastOneWas() {
    try (Pods pods = expiring(3)) {
      for (int i = 0; i < 30; i++) {
        put(pods, "k" + i, 100 + i);
      }
      assertThat(expire(pods, 200, 10)).isEqualTo(10);
      Pod killed = pods.leader();
      pods.kill(killed);
      int deleted = 0;
      while (deleted < 20) {
        deleted += expire(pods, 200, 100);
      }
      assertThat(deleted).isEqualTo(20);
      start(pods, killed);
      pods.awaitEven();
      pods.all.forEach(pod -> assertThat(Pods.rows(pod)).isEmpty());
      pods.all.forEach(pod -> assertThat(index(pod)).isEmpty());
      assertThat(pods.faults).isEmpty();
    }
  }

  @Test
  void theIndexOutlivesACrash() {
    try (Pods pods = expiring(1)) {
      Pod pod = pods.leader();
      for (int i = 0; i < 20; i++) {
        put(pods, "k" + i, 100 + i);
        if (i == 10) {
          pod.store().flush();
        }
      }
      pods.kill(pod);
      start(pods, pod);
      pods.leader();
      assertThat(index(pod)).isEqualTo(derived(pod)).hasSize(20);
      assertThat(expire(pods, 109, 100)).isEqualTo(10);
      assertThat(Pods.rows(pod)).hasSize(10);
    }
  }

  @Test
  void aReplicaThatTookAnImageInMakesItsIndexAnew() {
    try (Pods pods = expiring(3)) {
      Pod away = pods.follower();
      put(pods, "of before", 50);
      pods.awaitEven();
      pods.kill(away);
      pods.write(Items.delete(Pods.TABLE, "of before"));
      for (int i = 0; i < 100; i++) {
        put(pods, "k" + i % 40, 100 + i);
        if (i % 30 == 29) {
          pods.all.stream().filter(Pod::runs).forEach(Pods::checkpoint);
        }
      }
      start(pods, away);
      pods.awaitEven();
      fill(away);
      assertThat(index(away)).isEqualTo(derived(away)).hasSize(40);
      assertThat(pods.faults).isEmpty();
    }
  }

  @Test
  void itemsOfBeforeAreFoundInPiecesWhileOthersAreWritten() {
    try (Pods pods = new Pods(1, directory)) {
      int rows = 3 * PartitionLimits.EXPIRY_FILL_ROWS;
      for (int i = 0; i < rows; i++) {
        put(pods, "k" + i, 100 + i);
      }
      Pod pod = pods.leader();
      assertThat(index(pod)).isEmpty();
      pod.partition().follow(EXPIRING);
      assertThat(pod.partition().expiryIsFilled()).isFalse();
      pod.partition().fillExpiry();
      put(pods, "k0", 5_000);
      put(pods, "new", 7);
      pods.write(Items.delete(Pods.TABLE, "k1"));
      fill(pod);
      assertThat(index(pod)).isEqualTo(derived(pod)).hasSize(rows);
      // What was done is remembered.
      pod.store().flush();
      pods.kill(pod);
      start(pods, pod);
      assertThat(pod.partition().expiryIsFilled()).isTrue();
    }
  }

  @Test
  void afterItIsSwitchedOffNothingIsLeftAndNothingExpires() {
    try (Pods pods = expiring(1)) {
      put(pods, "past", 100);
      Pod pod = pods.leader();
      pod.partition().follow(PLAIN);
      assertThat(index(pod)).isEmpty();
      put(pods, "later", 100);
      assertThat(expire(pods, 200, 10)).isZero();
      assertThat(index(pod)).isEmpty();
      pod.partition().follow(PLAIN.withTtlAttribute("other"));
      fill(pod);
      assertThat(expire(pods, 200, 10)).isZero();
      pod.partition().follow(EXPIRING);
      fill(pod);
      assertThat(expire(pods, 200, 10)).isEqualTo(2);
    }
  }

  @Test
  void aReplicaThatIsDroppedTakesItsIndexWithIt() {
    try (Pods pods = expiring(1)) {
      put(pods, "past", 100);
      Pod pod = pods.leader();
      pod.partition().drop().join();
      pod.partition().fillExpiry();
      assertThat(index(pod)).isEmpty();
      assertThat(pod.store().meta(ReplicaKeys.expiry(Pods.PARTITION))).isNull();
    }
  }

  private Pods expiring(int size) {
    Pods pods = new Pods(size, directory);
    pods.all.forEach(pod -> pod.partition().follow(EXPIRING));
    return pods;
  }

  private static void start(Pods pods, Pod pod) {
    pods.start(pod);
    pod.partition().follow(EXPIRING);
  }

  private static void put(Pods pods, String name, long seconds) {
    pods.write(Items.put(Pods.TABLE, item(name, "ttl", n(seconds))));
  }

  /// At whoever leads.
  private static int expire(Pods pods, long now, int limit) {
    pods.all.stream().filter(Pod::runs).forEach(ExpiryTest::fill);
    return pods.leader().partition().expire(now, limit).deleted().join();
  }

  private static void fill(Pod pod) {
    while (!pod.partition().expiryIsFilled()) {
      pod.partition().fillExpiry();
    }
  }

  private static Set<ExpiryKeys.Due> index(Pod pod) {
    Set<ExpiryKeys.Due> entries = newSet();
    KeyRange all = ExpiryKeys.all(Pods.PARTITION);
    try (Cursor cursor = pod.store().scanExpiry(all.from().unsafeArray(), all.to().unsafeArray())) {
      while (cursor.next()) {
        entries.add(ExpiryKeys.read(cursor.key()));
      }
    }
    return entries;
  }

  /// What the index should be, from the rows.
  private static Set<ExpiryKeys.Due> derived(Pod pod) {
    Set<ExpiryKeys.Due> entries = newSet();
    KeyRange range = RowKeys.table(Pods.TABLE);
    try (Cursor rows = pod.store().scan(range.from().unsafeArray(), range.to().unsafeArray())) {
      while (rows.next()) {
        long seconds = ExpiryIndex.of(TTL, rows.value());
        if (RowKeys.isOf(RowSource.Items.INSTANCE, rows.key()) && seconds != TtlAttribute.NEVER) {
          entries.add(new ExpiryKeys.Due(seconds, Bytes.of(rows.key())));
        }
      }
    }
    return entries;
  }

  private static Set<ExpiryKeys.Due> newSet() {
    return new TreeSet<>(
        (a, b) ->
            a.seconds() != b.seconds()
                ? Long.compare(a.seconds(), b.seconds())
                : a.rowKey().compareTo(b.rowKey()));
  }
}
