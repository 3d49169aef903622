package dev.partita.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cluster.PodAddress;
import dev.partita.cluster.peer.PeerReply;
import dev.partita.model.command.Overload;
import dev.partita.model.command.TableGone;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.PartitionDescriptor.Peer;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.model.value.AttributeValue;
import dev.partita.replication.GroupId;
import dev.partita.replication.Transport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An eventually consistent read of pod `a`. What each pod says is scripted; who was asked is noted
/// in order.
class AnyReplicaRouteTest {
  private static final String BUSY = "unavailable: " + Overload.PREFIX + "reads wait";

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, Deque<Object>> script = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private List<Peer> peers = List.of(new Peer("a", 1), new Peer("b", 2), new Peer("c", 3));
  private boolean deleted;

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void theOwnReplicaIsAskedFirstAndThenEachOtherOnce() throws Exception {
    says("a", answer("unavailable: a closes"));
    says("b", new PeerReply.Lost("connection lost"));
    says("c", answered("read"));
    assertThat(read()).isEqualTo("read");
    assertThat(asked).containsExactly("a", "b", "c");
  }

  @Test
  void aSingleReplicaThatHasTooMuchToDoIsTheAnswerAtOnce() throws Exception {
    peers = List.of(new Peer("a", 1));
    says("a", answer(BUSY));
    assertThat(read()).isEqualTo(BUSY);
    assertThat(asked).containsExactly("a");
  }

  @Test
  void whereAllReplicasHaveTooMuchToDoThatIsTheAnswerAtOnce() throws Exception {
    says("a", answer(BUSY));
    says("b", answered(BUSY));
    says("c", new PeerReply.Busy(Overload.PREFIX + "requests to c"));
    assertThat(read()).isEqualTo("unavailable: too many requests to c");
    assertThat(asked).containsExactly("a", "b", "c");
  }

  @Test
  void whereAReplicaMayStillAnswerTheOthersAreAskedAgain() throws Exception {
    says("a", answer(BUSY), answer("read"));
    says("b", answered(BUSY));
    says("c", new PeerReply.Unreachable("no connection"));
    assertThat(read()).isEqualTo("read");
    assertThat(asked).containsExactly("a", "b", "c", "a");
  }

  @Test
  void aSingleReplicaWithoutALeaderIsAskedAgain() throws Exception {
    peers = List.of(new Peer("a", 1));
    says("a", new PartitionReply.NotLeader<>(null), answer("unavailable: soon"), answer("read"));
    assertThat(read()).isEqualTo("read");
    assertThat(asked).containsExactly("a", "a", "a");
  }

  @Test
  void anotherPodsOnlyReplicaWithTooMuchToDoIsTheAnswerToo() throws Exception {
    peers = List.of(new Peer("b", 1));
    says("b", answered(BUSY));
    assertThat(read()).isEqualTo(BUSY);
    assertThat(asked).containsExactly("b");
  }

  @Test
  void aReadOfADeletedTableDoesNotWaitForItsDeadline() throws Exception {
    deleted = true;
    says("a", new PartitionReply.NotHere<>());
    assertThat(read()).isEqualTo("unavailable: " + TableGone.REASON);
    assertThat(asked).containsExactly("a");
  }

  private String read() throws Exception {
    return new AnyReplicaRoute<>(
            new Scripted(), new Routes("a", pods(), new Reachable()), new View(), table(), timer)
        .start()
        .get(20, TimeUnit.SECONDS);
  }

  /// Every pod says one thing after the other; the last one for ever.
  private void says(String pod, Object... replies) {
    script.put(pod, new ArrayDeque<>(List.of(replies)));
  }

  private synchronized Object next(String pod) {
    asked.add(pod);
    Deque<Object> replies = script.get(pod);
    if (replies == null) {
      throw new AssertionError(pod + " should not be asked");
    }
    return replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
  }

  private static PartitionReply<String> answer(String value) {
    return new PartitionReply.Answer<>(value);
  }

  private static PeerReply answered(String value) {
    return new PeerReply.Answer(
        answer(value).encode(text -> text.getBytes(StandardCharsets.UTF_8)));
  }

  private final class Scripted implements Errand<String> {
    @Override
    public PartitionDescriptor place(TableRecord table) {
      return Routes.partition(table, new PrimaryKey("id", new AttributeValue.S("k"), null, null));
    }

    @Override
    @SuppressWarnings("unchecked")
    public CompletableFuture<PartitionReply<String>> here(PartitionDescriptor partition) {
      return CompletableFuture.completedFuture((PartitionReply<String>) next("a"));
    }

    @Override
    public CompletableFuture<PeerReply> there(
        PartitionDescriptor partition, String pod, long remainingMillis) {
      return CompletableFuture.completedFuture((PeerReply) next(pod));
    }

    @Override
    public String decode(byte[] body) {
      return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public boolean mayRepeatLost() {
      return true;
    }

    @Override
    public String unavailable(String reason, boolean indeterminate) {
      return "unavailable: " + reason;
    }

    @Override
    public boolean isUnavailable(String answer) {
      return answer.startsWith("unavailable");
    }

    @Override
    public boolean isOverload(String answer) {
      return answer.contains(Overload.PREFIX);
    }
  }

  private final class View implements TableView {
    @Override
    public @Nullable TableRecord table(long id) {
      return AnyReplicaRouteTest.this.table();
    }

    @Override
    public boolean deleted(TableRecord table) {
      return deleted;
    }

    @Override
    public CompletableFuture<Boolean> refresh() {
      return CompletableFuture.completedFuture(true);
    }
  }

  private static final class Reachable implements Transport {
    @Override
    public void send(String toPod, GroupId group, byte[] message) {
      throw new AssertionError("a route sends no consensus messages");
    }

    @Override
    public boolean reachable(String pod) {
      return true;
    }
  }

  private static List<PodAddress> pods() {
    return List.of(
        new PodAddress("a", "zone-a", "127.0.0.1", 1),
        new PodAddress("b", "zone-a", "127.0.0.1", 2),
        new PodAddress("c", "zone-c", "127.0.0.1", 3));
  }

  private TableRecord table() {
    TableDefinition definition =
        new TableDefinition(
            "tab",
            List.of(new AttributeDefinition("id", KeyType.S)),
            "id",
            null,
            BillingMode.PAY_PER_REQUEST,
            0,
            0,
            null,
            null,
            null,
            false,
            Map.of());
    PartitionDescriptor partition = new PartitionDescriptor(100, 5, RowKeys.table(5), 1, 1, peers);
    return new TableRecord(
        5,
        new UUID(0, 1),
        definition,
        TableStatus.ACTIVE,
        0,
        null,
        null,
        0,
        null,
        List.of(partition));
  }
}
