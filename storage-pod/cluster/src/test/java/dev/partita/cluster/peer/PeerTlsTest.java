package dev.partita.cluster.peer;

import static dev.partita.cluster.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cluster.FreePorts;
import dev.partita.replication.GroupId;
import dev.partita.testing.TestAuthority;
import dev.partita.testing.TestAuthority.Issued;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTlsTest {
  private static final TestAuthority OURS = new TestAuthority("ours");
  private static final TestAuthority NEXT = new TestAuthority("next");

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final int portA = FreePorts.next();
  private final int portB = FreePorts.next();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable c : open) {
      c.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void podsThatShowEachOtherACertificateOfTheirAuthorityTalk() throws Exception {
    PeerNetwork a = startA(tls(OURS.issue("a", "127.0.0.1"), OURS));
    PeerNetwork b = startB(tls(OURS.issue("b", "127.0.0.1"), OURS));
    await("links", () -> a.reachable("b") && b.reachable("a"));
    assertThat(ask(a, "b")).isEqualTo("echo");
    assertThat(ask(b, "a")).isEqualTo("echo");
  }

  @Test
  void aPodOfAnotherAuthorityIsTurnedAwayByBothSides() throws Exception {
    PeerNetwork a = startA(tls(OURS.issue("a", "127.0.0.1"), OURS));
    PeerNetwork b = startB(tls(NEXT.issue("b", "127.0.0.1"), OURS));
    await("b was refused twice", () -> refused() >= 2);
    assertThat(a.reachable("b")).isFalse();
    assertThat(b.reachable("a")).isFalse();
  }

  @Test
  void aPodWithTheNameOfAnotherHostIsNotBelieved() throws Exception {
    PeerNetwork a = startA(tls(OURS.issue("a", "127.0.0.1"), OURS));
    PeerNetwork b = startB(tls(OURS.issue("b", "elsewhere.example"), OURS));
    await("a is believed", () -> b.reachable("a"));
    await("b is not", () -> refused() >= 1);
    assertThat(a.reachable("b")).isFalse();
  }

  @Test
  void whoShowsNoCertificateOrTalksInTheClearIsTurnedAway() throws Exception {
    startB(tls(OURS.issue("b", "127.0.0.1"), OURS));
    assertThat(
            isClosed(
                OURS.clientContext()
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), portB)))
        .isTrue();
    assertThat(isClosed(new Socket(InetAddress.getLoopbackAddress(), portB))).isTrue();
    PeerNetwork a = start("a", "b", portA, portB, null);
    await("its hello was refused twice", () -> refused() >= 4);
    assertThat(a.reachable("b")).isFalse();
  }

  @Test
  void newCertificatesServeNewConnectionsAndOldConnectionsStay() throws Exception {
    PeerNetwork a = startA(tls(OURS.issue("a", "127.0.0.1"), OURS));
    PeerNetwork b = startB(tls(OURS.issue("b", "127.0.0.1"), OURS));
    await("links", () -> a.reachable("b") && b.reachable("a"));
    assertThat(connects()).isEqualTo(2);

    // An authority is exchanged in three steps: believe both, show the new one, believe it alone.
    update(a, tls(OURS.issue("a", "127.0.0.1"), OURS, NEXT));
    update(b, tls(OURS.issue("b", "127.0.0.1"), OURS, NEXT));
    Issued nextA = NEXT.issue("a", "127.0.0.1");
    Issued nextB = NEXT.issue("b", "127.0.0.1");
    update(a, tls(nextA, OURS, NEXT));
    assertThat(ask(a, "b")).isEqualTo("echo");
    update(b, tls(nextB, OURS, NEXT));
    update(a, tls(nextA, NEXT));
    update(b, tls(nextB, NEXT));
    assertThat(ask(a, "b")).isEqualTo("echo");
    assertThat(ask(b, "a")).isEqualTo("echo");
    assertThat(connects()).as("no connection was dropped").isEqualTo(2);

    assertThat(shownBy(portB).getSerialNumber()).isEqualTo(nextB.x509().getSerialNumber());
    b.close();
    await("link down", () -> !a.reachable("b"));
    PeerNetwork back = startB(tls(NEXT.issue("b", "127.0.0.1"), NEXT));
    await("links again", () -> a.reachable("b") && back.reachable("a"));
  }

  @Test
  void aNameIsLookedUpForEveryAttempt() throws Exception {
    PeerNetwork a =
        start("a", "b", portA, "nowhere.invalid", portB, tls(OURS.issue("a", "127.0.0.1"), OURS));
    assertThat(a.request("b", (byte) 1, new byte[0], 100).get(5, TimeUnit.SECONDS))
        .isInstanceOf(PeerReply.Unreachable.class);
    // By name, with a certificate for the name and not for the address.
    a.close();
    PeerNetwork named =
        start("a", "b", portA, "localhost", portB, tls(OURS.issue("a", "127.0.0.1"), OURS));
    startB(tls(OURS.issue("b", "localhost"), OURS));
    await("link", () -> named.reachable("b"));
  }

  private static PeerTls tls(Issued issued, TestAuthority... believed) {
    return new PeerTls(
        Buffer.buffer(issued.certificate()),
        Buffer.buffer(issued.key()),
        Buffer.buffer(TestAuthority.pem(believed)));
  }

  private static void update(PeerNetwork network, PeerTls tls) throws Exception {
    network.updateTls(tls).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private double refused() {
    return registry.counter("partita_peer_refused_connections").count();
  }

  private double connects() {
    return registry.find("partita_peer_connects").counters().stream()
        .mapToDouble(c -> c.count())
        .sum();
  }

  /// The certificate that a server shows to one of the next authority.
  private static X509Certificate shownBy(int port) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            NEXT.clientContext(NEXT.issue("x"))
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static boolean isClosed(Socket connected) throws IOException {
    try (Socket socket = connected) {
      socket.setSoTimeout(10_000);
      Buffer hello = Buffer.buffer();
      Frames.simple(hello, FrameKind.HELLO, new Hello("test", "a", "b", "data-a").encode());
      try {
        socket.getOutputStream().write(hello.getBytes());
        while (socket.getInputStream().read() >= 0) {
          // An alert, before the end.
        }
        return true;
      } catch (SocketTimeoutException e) {
        return false;
      } catch (IOException e) {
        return true;
      }
    }
  }

  private PeerNetwork startA(PeerTls tls) throws IOException {
    return start("a", "b", portA, portB, tls);
  }

  private PeerNetwork startB(PeerTls tls) throws IOException {
    return start("b", "a", portB, portA, tls);
  }

  private PeerNetwork start(
      String self, String other, int port, int otherPort, @Nullable PeerTls tls)
      throws IOException {
    return start(self, other, port, "127.0.0.1", otherPort, tls);
  }

  private PeerNetwork start(
      String self, String other, int port, String otherHost, int otherPort, @Nullable PeerTls tls)
      throws IOException {
    PeerNetwork network =
        new PeerNetwork(
            vertx,
            "test",
            self,
            Acquaintances.open(directory.resolve(self), "data-" + self),
            List.of(new PeerNetwork.Peer(other, otherHost, otherPort)),
            tls,
            registry);
    open.add(network);
    network.start("127.0.0.1", port, new Echo());
    return network;
  }

  private static final class Echo implements PeerHandler {
    @Override
    public void message(String fromPod, GroupId group, byte[] message) {}

    @Override
    public CompletableFuture<byte[]> request(String fromPod, byte operation, byte[] body) {
      return CompletableFuture.completedFuture(body);
    }
  }

  private static String ask(PeerNetwork network, String pod) throws Exception {
    PeerReply reply =
        network
            .request(pod, (byte) 9, "echo".getBytes(StandardCharsets.UTF_8), 5_000)
            .get(5, TimeUnit.SECONDS);
    return reply instanceof PeerReply.Answer(byte[] body)
        ? new String(body, StandardCharsets.UTF_8)
        : reply.toString();
  }
}
