package dev.partita.cluster.peer;

import static dev.partita.cluster.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.cluster.FreePorts;
import dev.partita.replication.GroupId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerNetworkTest {
  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final int portA = FreePorts.next();
  private final int portB = FreePorts.next();

  /// Remembers messages; answers `echo: …`, or what a test sets.
  private static final class Handler implements PeerHandler {
    final Queue<String> messages = new ConcurrentLinkedQueue<>();
    final AtomicInteger requests = new AtomicInteger();
    volatile CompletableFuture<byte[]> answer = new CompletableFuture<>();
    volatile boolean echo = true;
    volatile int endsAt = Integer.MAX_VALUE;

    @Override
    public void message(String fromPod, GroupId group, byte[] message) {
      messages.add(fromPod + " " + group + " " + new String(message, StandardCharsets.UTF_8));
    }

    @Override
    public CompletableFuture<byte[]> request(String fromPod, byte operation, byte[] body) {
      if (requests.incrementAndGet() == endsAt) {
        answer.complete(new byte[1 << 20]);
      }
      return echo
          ? CompletableFuture.completedFuture(
              utf8("echo: " + operation + " " + new String(body, StandardCharsets.UTF_8)))
          : answer;
    }
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable c : open) {
      c.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void messagesAndRequestsReachTheOtherPod() throws Exception {
    Handler onB = new Handler();
    PeerNetwork a = start("a", "b", portA, portB, new Handler());
    start("b", "a", portB, portA, onB);
    await("link", () -> a.reachable("b"));
    for (int i = 0; i < 1_000; i++) {
      a.send("b", new GroupId(1 + i % 3), utf8("m" + i));
    }
    await("messages", () -> onB.messages.size() == 1_000);
    assertThat(onB.messages.peek()).isEqualTo("a g1 m0");
    assertThat(ask(a, "hello")).isEqualTo("echo: 9 hello");
    byte[] large = new byte[5 << 20];
    PeerReply reply = a.request("b", (byte) 9, large, 5_000).get(10, TimeUnit.SECONDS);
    assertThat(((PeerReply.Answer) reply).body()).hasSizeGreaterThan(5 << 20);
  }

  @Test
  void aRequestToAPodThatIsNotThereHasCertainlyNoEffect() throws Exception {
    PeerNetwork a = start("a", "b", portA, portB, new Handler());
    assertThat(a.request("b", (byte) 1, new byte[1], 1_000).get(5, TimeUnit.SECONDS))
        .isInstanceOf(PeerReply.Unreachable.class);
    assertThat(a.request("nobody", (byte) 1, new byte[1], 1_000).get(5, TimeUnit.SECONDS))
        .isInstanceOf(PeerReply.Unreachable.class);
    a.send("b", new GroupId(1), new byte[10]);
    assertThat(registry.counter("partita_peer_dropped_messages", "peer", "b").count()).isEqualTo(1);
  }

  @Test
  void aRequestThatLeftAndGotNoAnswerIsLost() throws Exception {
    Handler onB = new Handler();
    onB.echo = false;
    PeerNetwork a = start("a", "b", portA, portB, new Handler());
    PeerNetwork b = start("b", "a", portB, portA, onB);
    await("link", () -> a.reachable("b"));
    assertThat(a.request("b", (byte) 1, new byte[1], 200).get(5, TimeUnit.SECONDS))
        .isInstanceOf(PeerReply.Lost.class);
    CompletableFuture<PeerReply> late = a.request("b", (byte) 1, new byte[1], 60_000);
    await("request arrived", () -> onB.requests.get() == 2);
    b.close();
    assertThat(late.get(5, TimeUnit.SECONDS)).isInstanceOf(PeerReply.Lost.class);
    await("link down", () -> !a.reachable("b"));
  }

  @Test
  void aFailingHandlerIsAnsweredAsLost() throws Exception {
    Handler onB = new Handler();
    onB.echo = false;
    onB.answer = CompletableFuture.failedFuture(new IllegalStateException("broken"));
    PeerNetwork a = start("a", "b", portA, portB, new Handler());
    start("b", "a", portB, portA, onB);
    await("link", () -> a.reachable("b"));
    assertThat(a.request("b", (byte) 1, new byte[1], 1_000).get(5, TimeUnit.SECONDS))
        .isEqualTo(new PeerReply.Lost("java.lang.IllegalStateException: broken"));
  }

  @Test
  void requestsAboveTheBoundAreRefusedAtOnce() throws Exception {
    Handler onB = new Handler();
    onB.echo = false;
    PeerNetwork a = start("a", "b", portA, portB, new Handler());
    start("b", "a", portB, portA, onB);
    await("link", () -> a.reachable("b"));
    List<CompletableFuture<PeerReply>> replies = new ArrayList<>();
    for (int i = 0; i < PeerLimits.MAX_REQUESTS_IN_FLIGHT + 10; i++) {
      replies.add(a.request("b", (byte) 1, new byte[1], 60_000));
    }
    assertThat(replies.getLast().get(1, TimeUnit.SECONDS)).isInstanceOf(PeerReply.Busy.class);
    onB.answer.complete(new byte[0]);
    assertThat(replies.getFirst().get(10, TimeUnit.SECONDS)).isInstanceOf(PeerReply.Answer.class);
  }

  @Test
  void moreLongAnswersAtOnceThanTheBoundAreThrownAwayAndTheirRoomComesBack() throws Exception {
    int longBytes = 1 << 20;
    int requests = 2 * (int) (PeerLimits.MAX_QUEUED_ANSWER_BYTES / longBytes);
    Handler onB = new Handler();
    onB.echo = false;
    // The last request ends all of them on the event loop, so nothing leaves in between.
    onB.endsAt = requests;
    PeerNetwork a = start("a", "b", portA, portB, new Handler());
    start("b", "a", portB, portA, onB);
    await("link", () -> a.reachable("b"));
    List<CompletableFuture<PeerReply>> replies = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      replies.add(a.request("b", (byte) 1, new byte[1], 60_000));
    }
    int answered = 0;
    for (CompletableFuture<PeerReply> reply : replies) {
      switch (reply.get(20, TimeUnit.SECONDS)) {
        case PeerReply.Answer(byte[] body) -> {
          assertThat(body).hasSize(longBytes);
          answered++;
        }
        case PeerReply.Lost(String why) -> assertThat(why).contains("too many bytes of answers");
        case PeerReply.Unreachable other -> throw new AssertionError(other);
        case PeerReply.Busy other -> throw new AssertionError(other);
      }
    }
    assertThat(answered).isBetween(requests / 2 - 2, requests / 2 - 1);

    for (int i = 0; i < requests; i++) {
      assertThat(a.request("b", (byte) 1, new byte[1], 60_000).get(20, TimeUnit.SECONDS))
          .isInstanceOf(PeerReply.Answer.class);
    }
  }

  @Test
  void aLinkComesBackByItselfAfterTheOtherPodRestarted() throws Exception {
    PeerNetwork a = start("a", "b", portA, portB, new Handler());
    PeerNetwork b = start("b", "a", portB, portA, new Handler());
    await("link", () -> a.reachable("b"));
    b.close();
    await("link down", () -> !a.reachable("b"));
    start("b", "a", portB, portA, new Handler());
    await("link again", () -> a.reachable("b"));
    assertThat(ask(a, "again")).isEqualTo("echo: 9 again");
  }

  @Test
  void aPodThatAcceptsAndSaysNothingIsNotReachable() throws Exception {
    try (ServerSocket mute = new ServerSocket(portB)) {
      PeerNetwork a = start("a", "b", portA, portB, new Handler());
      Socket accepted = mute.accept();
      assertThat(a.reachable("b")).isFalse();
      // It is given up after a while and tried again.
      accepted.setSoTimeout(10_000);
      InputStream in = accepted.getInputStream();
      while (in.read() >= 0) {
        assertThat(a.reachable("b")).isFalse();
      }
      mute.accept().close();
    }
  }

  @Test
  void aPodThatFallsSilentIsTakenForGoneAndItsRequestsForLost() throws Exception {
    try (ServerSocket fake = new ServerSocket(portB)) {
      PeerNetwork a = start("a", "b", portA, portB, new Handler());
      Socket accepted = fake.accept();
      Buffer out = Buffer.buffer();
      Frames.simple(out, FrameKind.HELLO, new Hello("test", "b", "a", "data-b").encode());
      accepted.getOutputStream().write(out.getBytes());
      await("link", () -> a.reachable("b"));
      PeerReply reply = a.request("b", (byte) 1, new byte[1], 60_000).get(10, TimeUnit.SECONDS);
      assertThat(reply).isInstanceOf(PeerReply.Lost.class);
      assertThat(a.reachable("b")).isFalse();
      accepted.close();
    }
  }

  @Test
  void garbageClosesItsConnectionIsCountedAndHarmsNobodyElse() throws Exception {
    PeerNetwork a = start("a", "b", portA, portB, new Handler());
    start("b", "a", portB, portA, new Handler());
    await("link", () -> a.reachable("b"));
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      byte[] garbage = new byte[64 + random.nextInt(4_000)];
      random.nextBytes(garbage);
      assertThat(closedAfter(portB, garbage)).isTrue();
    }
    assertThat(registry.counter("partita_peer_bad_frames").count()).isEqualTo(20);
    assertThat(ask(a, "still")).isEqualTo("echo: 9 still");
  }

  @Test
  void aForeignClusterOrAnUnknownPodIsTurnedAway() throws Exception {
    start("b", "a", portB, portA, new Handler());
    for (Hello hello :
        List.of(
            new Hello("other", "a", "b", "data-a"),
            new Hello("test", "a", "c", "data-a"),
            new Hello("test", "x", "b", "data-x"))) {
      Buffer out = Buffer.buffer();
      Frames.simple(out, FrameKind.HELLO, hello.encode());
      assertThat(closedAfter(portB, out.getBytes())).isTrue();
    }
    assertThat(registry.counter("partita_peer_refused_connections").count()).isEqualTo(3);
  }

  @Test
  void everyPodIsMetAfterAWhileAndThenKnownForever() throws Exception {
    PeerNetwork a = start("a", "b", portA, portB, new Handler());
    assertThat(a.metAll()).isNotDone();
    start("b", "a", portB, portA, new Handler());
    await("meeting", () -> a.metAll().isDone());
    assertThat(directory.resolve("data-a")).content().isEqualTo("partita peers 1\npod b data-b\n");
    assertThat(directory.resolve("data-b")).content().isEqualTo("partita peers 1\npod a data-a\n");
  }

  @Test
  void aPodThatComesBackWithoutItsDataIsTurnedAwayByBothSides() throws Exception {
    PeerNetwork a = start("a", "b", portA, portB, new Handler());
    PeerNetwork b = start("b", "a", portB, portA, new Handler());
    await("links", () -> a.reachable("b") && b.reachable("a"));
    b.close();
    await("link down", () -> !a.reachable("b"));
    PeerNetwork wiped = start("b", "data-fresh", "a", portB, portA, new Handler());
    await(
        "its hello was refused twice",
        () -> registry.counter("partita_peer_refused_connections").count() >= 2);
    assertThat(a.reachable("b")).isFalse();
    assertThat(wiped.reachable("a")).isFalse();
    assertThat(wiped.metAll()).isNotDone();
    wiped.close();
    PeerNetwork back = start("b", "a", portB, portA, new Handler());
    await("links", () -> a.reachable("b") && back.reachable("a"));
  }

  @Test
  void aTakenPortIsAClearError() throws Exception {
    try (ServerSocket taken = new ServerSocket(portA)) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> start("a", "b", portA, portB, new Handler()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen for peers on 127.0.0.1:" + portA);
    }
  }

  private PeerNetwork start(String self, String other, int port, int otherPort, Handler handler)
      throws IOException {
    return start(self, "data-" + self, other, port, otherPort, handler);
  }

  private PeerNetwork start(
      String self, String data, String other, int port, int otherPort, Handler handler)
      throws IOException {
    PeerNetwork network =
        new PeerNetwork(
            vertx,
            "test",
            self,
            Acquaintances.open(directory.resolve(data), data),
            List.of(new PeerNetwork.Peer(other, "127.0.0.1", otherPort)),
            null,
            registry);
    open.add(network);
    network.start("127.0.0.1", port, handler);
    return network;
  }

  private static String ask(PeerNetwork network, String text) throws Exception {
    PeerReply reply = network.request("b", (byte) 9, utf8(text), 5_000).get(5, TimeUnit.SECONDS);
    assertThat(reply).isInstanceOf(PeerReply.Answer.class);
    return new String(((PeerReply.Answer) reply).body(), StandardCharsets.UTF_8);
  }

  /// Whether the other side closes, or resets, within 10 seconds.
  private static boolean closedAfter(int port, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      try {
        socket.getOutputStream().write(bytes);
        return socket.getInputStream().read() < 0;
      } catch (SocketTimeoutException e) {
        return false;
      } catch (IOException e) {
        return true;
      }
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
