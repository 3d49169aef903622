package dev.partita.partition;

import static dev.partita.partition.Items.item;
import static dev.partita.partition.Items.n;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.engine.ItemWriter;
import dev.partita.engine.Rows.Cursor;
import dev.partita.model.key.RowKeys;
import dev.partita.partition.Pods.Pod;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaChecksumTest {

  private static final int ITEMS = 50;

  @TempDir private Path directory;

  private static ReplicaChecksum checksum(Pod pod) {
    return Objects.requireNonNull(pod.partition().checksum());
  }

  private static void fill(Pods pods) {
    for (int i = 0; i < ITEMS; i++) {
      pods.write(Items.put(Pods.TABLE, item("k" + i, "n", n(i))));
    }
    pods.write(Items.delete(Pods.TABLE, "k7"));
    pods.awaitEven();
  }

  @Test
  void replicasAtOnePositionHaveOneSum() {
    try (Pods pods = new Pods(3, directory)) {
      fill(pods);
      ReplicaChecksum sum = checksum(pods.leader());
      assertThat(sum.rows()).isEqualTo(ITEMS - 1);
      assertThat(sum.position()).isEqualTo(pods.leader().partition().applied());
      assertThat(pods.all).allSatisfy(pod -> assertThat(checksum(pod)).isEqualTo(sum));
    }
  }

  @Test
  void aReplicaThatWasAwayHasTheSameSumAgainFromTheLogOrFromASnapshot() {
    try (Pods pods = new Pods(3, directory)) {
      for (boolean fromSnapshot : new boolean[] {false, true}) {
        Pod away = pods.follower();
        pods.kill(away);
        fill(pods);
        if (fromSnapshot) {
          for (int i = 0; i < 3; i++) {
            fill(pods);
            pods.all.stream().filter(Pod::runs).forEach(Pods::checkpoint);
          }
        }
        pods.start(away);
        pods.awaitEven();
        assertThat(checksum(away)).isEqualTo(checksum(pods.leader()));
      }
    }
  }

  @Test
  void aRowThatIsChangedLostOrAddedBehindTheLogShowsInTheSum() {
    try (Pods pods = new Pods(1, directory)) {
      fill(pods);
      Pod pod = pods.leader();
      Set<Long> sums = new HashSet<>();
      sums.add(checksum(pod).sum());
      byte[] key = RowKeys.item(Pods.TABLE, Items.key("k3")).unsafeArray();
      byte[] value = Objects.requireNonNull(pod.store().get(key)).clone();
      value[value.length - 1] ^= 1;
      behindTheLog(pod, batch -> batch.put(key, value));
      sums.add(checksum(pod).sum());
      behindTheLog(pod, batch -> batch.delete(key));
      sums.add(checksum(pod).sum());
      byte[] other = RowKeys.item(Pods.TABLE, Items.key("never")).unsafeArray();
      behindTheLog(pod, batch -> batch.put(other, value));
      sums.add(checksum(pod).sum());
      assertThat(sums).hasSize(4);
    }
  }

  private static void behindTheLog(Pod pod, Consumer<ItemWriter.Batch> change) {
    try (ItemWriter.Batch batch = pod.store().batch()) {
      change.accept(batch);
      batch.write();
    }
  }

  @Test
  void whatIsWrittenWhileTheRowsAreReadIsNotInTheSum() {
    try (Pods pods = new Pods(1, directory)) {
      fill(pods);
      Pod pod = pods.leader();
      ReplicaChecksum before = checksum(pod);
      ReplicaState state =
          ReplicaState.decode(
              Objects.requireNonNull(pod.store().meta(ReplicaKeys.state(Pods.PARTITION))));
      try (Cursor rows =
          pod.store()
              .scan(
                  state.descriptor().range().from().unsafeArray(),
                  state.descriptor().range().to().unsafeArray())) {
        pods.write(Items.put(Pods.TABLE, item("late")));
        assertThat(ReplicaChecksum.of(state.position(), state.encode(), rows)).isEqualTo(before);
      }
      assertThat(checksum(pod)).isNotEqualTo(before);
    }
  }

  @Test
  void anInterruptEndsTheSum() {
    try (Pods pods = new Pods(1, directory)) {
      fill(pods);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pods.leader().partition().checksum())
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aReplicaThatIsBeingDroppedHasNoSum() {
    try (Pods pods = new Pods(1, directory)) {
      fill(pods);
      Pod pod = pods.leader();
      pod.partition().drop().orTimeout(20, TimeUnit.SECONDS).join();
      assertThat(pod.partition().checksum()).isNull();
    }
  }
}
