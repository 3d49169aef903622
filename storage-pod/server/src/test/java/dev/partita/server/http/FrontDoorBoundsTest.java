package dev.partita.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.error.ApiException;
import dev.partita.server.auth.Authenticator;
import dev.partita.server.http.RawClient.Response;
import dev.partita.server.operation.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that are slow, many or greedy.
@Timeout(60)
class FrontDoorBoundsTest {

  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Duration LONG = Duration.ofSeconds(30);

  /// More than the sockets of a connection take.
  private static final int LARGE = TestServer.LARGE.length;

  private static final String AMZ =
      "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: DynamoDB_20120810.Echo\r\n";

  @Test
  void a_connection_that_says_nothing_is_closed() throws IOException {
    try (TestServer server = server(TestServer.limits(SHORT, LONG, LONG));
        RawClient client = server.connect()) {
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void headers_that_trickle_do_not_keep_a_connection_open() throws Exception {
    try (TestServer server = server(TestServer.limits(SHORT, LONG, LONG));
        RawClient client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\n");
      assertThat(tricklesUntilClosed(client, "X-A: b\r\n")).isTrue();
    }
  }

  @Test
  void a_body_that_trickles_does_not_keep_a_connection_open() throws Exception {
    try (TestServer server = server(TestServer.limits(LONG, SHORT, LONG));
        RawClient client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n" + AMZ + "\r\n");
      assertThat(tricklesUntilClosed(client, " ")).isTrue();
      await(() -> server.registry.get("partita.requests.in.flight").gauge().value() == 0);
      await(() -> server.registry.get("partita.request.bytes.held").gauge().value() == 0);
    }
  }

  @Test
  void an_idle_connection_is_closed_in_the_end() throws IOException {
    try (TestServer server = server(TestServer.limits(LONG, LONG, SHORT));
        RawClient client = server.connect()) {
      assertThat(client.call("Echo", "{}").status()).isEqualTo(200);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void a_busy_server_asks_to_be_tried_again() throws IOException {
    HttpLimits limits =
        new HttpLimits(100, 2, 64L << 20, 64L << 20, LONG, LONG, LONG, LONG, Duration.ofSeconds(1));
    try (TestServer server = server(limits);
        RawClient one = server.connect();
        RawClient two = server.connect();
        RawClient three = server.connect()) {
      pending(one);
      pending(two);
      await(() -> server.pendingCalls.get() == 2);
      Response response = three.call("Echo", "{}");
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.text()).contains("ThrottlingException");
      server.pending.complete(Reply.ok("{}"));
      assertThat(one.read().status()).isEqualTo(200);
      assertThat(two.read().status()).isEqualTo(200);
      assertThat(three.call("Echo", "{}").status()).isEqualTo(200);
    }
  }

  @Test
  void bodies_in_memory_are_bounded() throws IOException {
    HttpLimits limits =
        new HttpLimits(100, 100, 0, 64L << 20, LONG, LONG, LONG, LONG, Duration.ofSeconds(1));
    try (TestServer server = server(limits);
        RawClient greedy = server.connect();
        RawClient other = server.connect()) {
      int large = 15 << 20;
      greedy.send(
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + (large + 1) + "\r\n" + AMZ + "\r\n");
      greedy.send(new byte[large]);
      await(() -> server.registry.get("partita.request.bytes.held").gauge().value() >= large);
      Response refused = other.post(AMZ, new byte[4 << 20]);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains("ThrottlingException");
      assertThat(greedy.send("x").read().status()).isEqualTo(200);
      assertThat(other.post(AMZ, new byte[4 << 20]).status()).isEqualTo(200);
    }
  }

  @Test
  void answers_that_clients_do_not_take_are_bounded() throws IOException {
    HttpLimits limits =
        new HttpLimits(100, 100, 0, 2L * LARGE + 1, LONG, LONG, LONG, LONG, Duration.ofSeconds(1));
    try (TestServer server = server(limits);
        RawClient slow = server.connect();
        RawClient other = server.connect()) {
      RawClient gone = server.connect();
      ask(slow, "Large");
      await(() -> answerBytes(server) == LARGE);
      ask(gone, "LargeLater");
      await(() -> answerBytes(server) == 2.0 * LARGE);
      for (String operation : List.of("Large", "LargeLater")) {
        Response refused = other.call(operation, "{}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("ThrottlingException");
      }
      assertThat(other.call("Echo", "{}").status()).isEqualTo(200);
      // What was changed is told all the same, but nothing more is begun then.
      ask(other, "LargeChange");
      await(() -> answerBytes(server) == 3.0 * LARGE);
      try (RawClient late = server.connect()) {
        assertThat(late.call("Echo", "{}").text()).contains("ThrottlingException");
      }
      assertThat(other.read().body()).hasSize(LARGE);
      gone.close();
      await(() -> answerBytes(server) == LARGE);
      assertThat(slow.read().body()).hasSize(LARGE);
      await(() -> answerBytes(server) == 0);
      assertThat(other.call("LargeLater", "{}").body()).hasSize(LARGE);
    }
  }

  @Test
  void answers_that_are_not_written_yet_count_as_well() throws IOException {
    int limit = 2 * TestServer.RESERVED_BYTES - 1;
    HttpLimits limits =
        new HttpLimits(100, 100, 0, limit, LONG, LONG, LONG, LONG, Duration.ofSeconds(1));
    try (TestServer server = server(limits);
        RawClient slow = server.connect();
        RawClient other = server.connect()) {
      ask(slow, "Reserve");
      await(() -> server.pendingCalls.get() == 1);
      assertThat(answerBytes(server)).isEqualTo(TestServer.RESERVED_BYTES);
      assertThat(other.call("Reserve", "{}").text()).contains("ThrottlingException");
      assertThat(answerBytes(server)).isEqualTo(TestServer.RESERVED_BYTES);
      server.pending.complete(Reply.ok(TestServer.LARGE));
      await(() -> answerBytes(server) == LARGE);
      assertThat(slow.read().body()).hasSize(LARGE);
      await(() -> answerBytes(server) == 0);
    }
  }

  @Test
  void what_was_taken_for_an_answer_that_failed_is_given_back() throws IOException {
    try (TestServer server = server(HttpLimits.standard());
        RawClient client = server.connect()) {
      server.pending.completeExceptionally(ApiException.validation("no"));
      assertThat(client.call("Reserve", "{}").text()).contains("ValidationException");
      await(() -> answerBytes(server) == 0);
    }
  }

  private static double answerBytes(TestServer server) {
    return server.registry.get("partita.answer.bytes.held").gauge().value();
  }

  @Test
  void connections_above_the_bound_are_closed() throws IOException {
    HttpLimits limits =
        new HttpLimits(2, 100, 64L << 20, 64L << 20, LONG, LONG, LONG, LONG, Duration.ofSeconds(1));
    try (TestServer server = server(limits)) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        RawClient client = server.connect();
        assertThat(client.call("Echo", "{}").status()).isEqualTo(200);
        clients.add(client);
      }
      try (RawClient third = server.connect()) {
        assertThat(third.isClosedByServer()).isTrue();
      }
      clients.removeLast().close();
      await(() -> server.registry.get("partita.connections").gauge().value() == 1);
      try (RawClient third = server.connect()) {
        assertThat(third.call("Echo", "{}").status()).isEqualTo(200);
      }
      clients.removeLast().close();
    }
  }

  @Test
  void closing_answers_what_is_in_flight_and_takes_nothing_more() throws IOException {
    try (TestServer server = server(HttpLimits.standard());
        RawClient idle = server.connect();
        RawClient busy = server.connect()) {
      assertThat(idle.call("Echo", "{}").status()).isEqualTo(200);
      pending(busy);
      await(() -> server.pendingCalls.get() == 1);
      CompletableFuture<Void> drained = server.drain();
      assertThat(idle.isClosedByServer()).isTrue();
      assertThat(drained).isNotDone();
      server.pending.complete(Reply.ok("{\"last\":1}"));
      Response response = busy.read();
      assertThat(response.text()).isEqualTo("{\"last\":1}");
      assertThat(response.header("connection")).isEqualTo("close");
      drained.orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  @Test
  void after_the_last_call_every_answer_is_the_last_on_its_connection() throws IOException {
    try (TestServer server = server(HttpLimits.standard());
        RawClient kept = server.connect();
        RawClient silent = server.connect()) {
      assertThat(kept.call("Echo", "{}").header("connection")).isEmpty();
      assertThat(silent.call("Echo", "{}").status()).isEqualTo(200);
      server.lastCall();
      Response last = kept.call("Echo", "{\"a\":1}");
      assertThat(last.text()).isEqualTo("{\"a\":1}");
      assertThat(last.header("connection")).isEqualTo("close");
      assertThat(kept.isClosedByServer()).isTrue();
      try (RawClient late = server.connect()) {
        assertThat(late.call("Echo", "{}").header("connection")).isEqualTo("close");
      }
      // Nobody cut it off in between.
      assertThat(silent.call("Echo", "{}").status()).isEqualTo(200);
    }
  }

  @Test
  void a_client_that_goes_away_leaves_nothing_behind() throws IOException {
    try (TestServer server = server(HttpLimits.standard())) {
      try (RawClient client = server.connect()) {
        pending(client);
        await(() -> server.pendingCalls.get() == 1);
      }
      server.pending.complete(Reply.ok("{}"));
      await(() -> server.registry.get("partita.requests.in.flight").gauge().value() == 0);
      try (RawClient client = server.connect()) {
        assertThat(client.call("Echo", "{}").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void several_event_loops_share_one_port() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (TestServer server =
        new TestServer(HttpLimits.standard(), () -> Authenticator.none("000000000000"), port, 2)) {
      Set<String> threads = new HashSet<>();
      for (int i = 0; i < 8; i++) {
        try (RawClient client = server.connect()) {
          threads.add(client.call("Where", "{}").text());
        }
      }
      assertThat(threads).hasSize(2);
      server.drain().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  private static TestServer server(HttpLimits limits) {
    return new TestServer(limits, () -> Authenticator.none("000000000000"));
  }

  private static void pending(RawClient client) throws IOException {
    ask(client, "Pending");
  }

  /// Sends a request and reads no answer.
  private static void ask(RawClient client, String operation) throws IOException {
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
            + AMZ.replace("Echo", operation)
            + "\r\n{}");
  }

  private static boolean tricklesUntilClosed(RawClient client, String drop) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    try {
      while (System.nanoTime() < end) {
        client.send(drop);
        LockSupport.parkNanos(50_000_000); // the drip itself, not a wait for something
      }
      return false;
    } catch (SocketException _) {
      return true;
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
