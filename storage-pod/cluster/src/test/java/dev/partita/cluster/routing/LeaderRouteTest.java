package dev.partita.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cluster.PodAddress;
import dev.partita.cluster.peer.PeerReply;
import dev.partita.cluster.support.Retry;
import dev.partita.model.command.Overload;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A write or read of pod `a`, where `a`, `b` and `c` hold the partition. What each pod says is
/// scripted; who was asked is noted in order.
class LeaderRouteTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, Deque<Object>> script = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Set<String> down = new HashSet<>();
  private boolean deleted;

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void theOwnReplicaIsAskedFirstAndIfItLeadsNobodyElse() throws Exception {
    says("a", answer("done"));
    assertThat(write(5_000)).isEqualTo("done");
    assertThat(asked).containsExactly("a");
  }

  @Test
  void theLeaderThatTheOwnReplicaNamesIsAskedNext() throws Exception {
    says("a", notLeader("c"));
    says("c", answered("done"));
    assertThat(write(5_000)).isEqualTo("done");
    assertThat(asked).containsExactly("a", "c");
  }

  @Test
  void aWriteThatLeftAndGotNoAnswerIsNotAskedAgain() throws Exception {
    says("a", notLeader("b"));
    says("b", new PeerReply.Lost("connection lost"));
    assertThat(write(5_000)).isEqualTo("unavailable, indeterminate: connection lost");
    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void aReadThatLeftAndGotNoAnswerIsAskedAgain() throws Exception {
    says("a", notLeader("b"), notLeader("c"));
    says("b", new PeerReply.Lost("connection lost"), answered("not reached"));
    says("c", answered("read"));
    assertThat(read()).isEqualTo("read");
    assertThat(asked).startsWith("a", "b").endsWith("c");
  }

  @Test
  void aWriteThatNeverLeftIsAskedAgainUntilALeaderIsFound() throws Exception {
    says("a", notLeader("b"), notLeader(null), notLeader(null), answer("done"));
    says("b", new PeerReply.Unreachable("no connection"));
    says("c", answered(encoded(notLeader(null))), answered(encoded(notLeader(null))));
    assertThat(write(5_000)).isEqualTo("done");
    assertThat(asked).startsWith("a", "b").endsWith("a");
  }

  @Test
  void aLeaderThatIsDownIsNotAsked() throws Exception {
    down.add("b");
    says("a", notLeader("b"), answer("done"));
    says("c", answered(encoded(notLeader("b"))));
    assertThat(write(5_000)).isEqualTo("done");
    assertThat(asked).doesNotContain("b");
  }

  @Test
  void withoutALeaderTheAnswerComesAtTheDeadlineAndIsCertain() throws Exception {
    says("a", notLeader(null));
    says("b", answered(encoded(notLeader(null))));
    says("c", answered(encoded(new PartitionReply.NotHere<>())));
    long begun = System.nanoTime();
    assertThat(write(300)).startsWith("unavailable, no effect: ");
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isLessThan(2_000);
    assertThat(asked.size()).isBetween(3, 60);
  }

  @Test
  void aPodThatIsBusyIsNotAskedAgain() throws Exception {
    says("a", notLeader("b"));
    says("b", new PeerReply.Busy("too much"));
    assertThat(write(5_000)).isEqualTo("unavailable, no effect: too much");
  }

  @Test
  void aRequestForADeletedTableDoesNotWaitForItsDeadline() throws Exception {
    deleted = true;
    says("a", new PartitionReply.NotHere<>());
    assertThat(write(60_000)).isEqualTo("unavailable, no effect: the table is deleted");
  }

  @Test
  void aReadThatAReplicaCannotAnswerBecauseItIsDroppedIsOfADeletedTable() throws Exception {
    says("a", answer("unavailable: it closes"));
    assertThat(read()).isEqualTo("unavailable: it closes");
    deleted = true;
    assertThat(read()).isEqualTo("unavailable, no effect: the table is deleted");
    assertThat(write(5_000)).as("which may have been done").isEqualTo("unavailable: it closes");
  }

  @Test
  void garbageFromAnotherPodFailsTheRequest() throws Exception {
    says("a", notLeader("b"));
    says("b", new PeerReply.Answer(new byte[] {77}));
    assertThat(route(false, 5_000).start().handle((_, failure) -> failure != null).get()).isTrue();
  }

  private String write(long patienceMillis) throws Exception {
    return route(false, patienceMillis).start().get(20, TimeUnit.SECONDS);
  }

  private String read() throws Exception {
    return route(true, 5_000).start().get(20, TimeUnit.SECONDS);
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

  private static PartitionReply<String> notLeader(@Nullable String leader) {
    return new PartitionReply.NotLeader<>(leader);
  }

  private static PeerReply answered(String value) {
    return answered(encoded(answer(value)));
  }

  private static PeerReply answered(byte[] body) {
    return new PeerReply.Answer(body);
  }

  private static byte[] encoded(PartitionReply<String> reply) {
    return reply.encode(value -> value.getBytes(StandardCharsets.UTF_8));
  }

  private LeaderRoute<String> route(boolean mayRepeatLost, long patienceMillis) {
    return new LeaderRoute<>(
        new Scripted(mayRepeatLost, patienceMillis),
        "a",
        new Routes("a", pods(), new Reachable()),
        new View(),
        table(),
        new Retry(timer, patienceMillis));
  }

  private final class Scripted implements Errand<String> {
    private final boolean mayRepeatLost;
    private final long patienceMillis;

    Scripted(boolean mayRepeatLost, long patienceMillis) {
      this.mayRepeatLost = mayRepeatLost;
      this.patienceMillis = patienceMillis;
    }

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
      assertThat(remainingMillis).isBetween(0L, patienceMillis);
      return CompletableFuture.completedFuture((PeerReply) next(pod));
    }

    @Override
    public String decode(byte[] body) {
      return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public boolean mayRepeatLost() {
      return mayRepeatLost;
    }

    @Override
    public String unavailable(String reason, boolean indeterminate) {
      return "unavailable, " + (indeterminate ? "indeterminate: " : "no effect: ") + reason;
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
    public TableRecord table(long id) {
      return LeaderRouteTest.table();
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

  private final class Reachable implements Transport {
    @Override
    public void send(String toPod, GroupId group, byte[] message) {
      throw new AssertionError("a route sends no consensus messages");
    }

    @Override
    public boolean reachable(String pod) {
      return !down.contains(pod);
    }
  }

  private static List<PodAddress> pods() {
    return List.of(
        new PodAddress("a", "zone-a", "127.0.0.1", 1),
        new PodAddress("b", "zone-b", "127.0.0.1", 2),
        new PodAddress("c", "zone-c", "127.0.0.1", 3));
  }

  private static TableRecord table() {
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
    PartitionDescriptor partition =
        new PartitionDescriptor(
            100,
            5,
            RowKeys.table(5),
            1,
            1,
            List.of(new Peer("a", 1), new Peer("b", 2), new Peer("c", 3)));
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
