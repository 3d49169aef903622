package dev.partita.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.partita.operator.pods.Connection.ClientIdentity;
import dev.partita.operator.pods.PodReports.Answer;
import dev.partita.operator.pods.PodReports.Answer.Silent;
import dev.partita.operator.pods.PodReports.Answer.Told;
import dev.partita.operator.tls.Authority;
import dev.partita.operator.tls.KeyedCertificate;
import dev.partita.operator.tls.LeafRequest;
import dev.partita.operator.tls.Pem;
import dev.partita.operator.tls.TlsContexts;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The way to an admin port that wants a client certificate.
class PodAdminTest {

  private static final String POD =
      """
      {"name": "orders-0", "zone": "zone-a", "version": "0.1.0", "ready": true, "draining": false,
       "startedAt": 1795356000, "accessKeys": [{"id": "K", "fingerprint": "0f2a9c51b3d4e687"}],
       "tls": {"serial": "5ac1", "notAfter": 1803132000}, "somethingNew": 1}
      """;
  private static final String PARTITIONS =
      """
      {"pod": "orders-0", "catalogLeader": "orders-1", "catalogApplied": 42,
       "catalog": {"role": "FOLLOWER", "term": 3, "applied": 42},
       "pods": [{"name": "orders-1", "zone": "zone-b", "reachable": true}],
       "partitions": [{"table": "orders", "id": 7, "from": "", "to": "", "version": 1,
         "configVersion": 1, "peers": [{"pod": "orders-0", "replicaId": 1}],
         "leader": "orders-0",
         "here": {"role": "LEADER", "term": 5, "applied": 99, "items": 10, "bytes": 1000,
           "followers": [{"pod": "orders-1", "behind": 7, "caughtUp": true}]}}]}
      """;

  private static final ResourceID CLUSTER = new ResourceID("orders", "shop");

  private final Instant now = Instant.now();
  private final Authority authority = Authority.create("orders", now);
  private final AdminClients clients = new AdminClients();
  private HttpsServer server;
  private final CountDownLatch over = new CountDownLatch(1);
  private Duration timeout = PodAdmin.ANSWER_TIMEOUT;
  private int partitionsStatus = 200;

  @BeforeEach
  void listen() throws Exception {
    KeyedCertificate pod =
        authority.issue(
            new LeafRequest("partita-pod", List.of("localhost"), List.of("127.0.0.1")), now);
    SSLContext context = context(pod);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext("/pod", x -> answer(x, 200, POD));
    server.createContext("/partitions", x -> answer(x, partitionsStatus, PARTITIONS));
    server.start();
  }

  @AfterEach
  void close() {
    over.countDown();
    server.stop(0);
    clients.close();
  }

  private SSLContext context(KeyedCertificate own) throws GeneralSecurityException {
    return TlsContexts.mutual(
        Pem.of(own.certificate()), Pem.of(own.key()), Pem.of(authority.own().certificate()));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer ask(Authority issuer, Authority trusted) {
    KeyedCertificate own =
        issuer.issue(new LeafRequest("partita-operator", List.of(), List.of()), now);
    ClientIdentity identity =
        new ClientIdentity(
            Pem.of(own.certificate()), Pem.of(own.key()), Pem.of(trusted.own().certificate()));
    return clients.of(CLUSTER, identity, server.getAddress().getPort(), timeout).ask("localhost");
  }

  @Test
  void understandsWhatAPodSays() {
    Answer answer = ask(authority, authority);

    assertThat(answer).isInstanceOf(Told.class);
    Told told = (Told) answer;
    assertThat(told.pod().accessKeys()).containsExactly(new PodReport.Key("K", "0f2a9c51b3d4e687"));
    assertThat(told.pod().tls()).isEqualTo(new PodReport.Certificate("5ac1", 1803132000L));
    assertThat(told.pod().internalTls()).isNull();
    PartitionsReport partitions = Objects.requireNonNull(told.partitions());
    assertThat(Objects.requireNonNull(partitions.catalog()).leads()).isFalse();
    assertThat(Objects.requireNonNull(partitions.partitions().getFirst().here()).followers())
        .containsExactly(new PartitionsReport.Follower("orders-1", 7, true));
  }

  @Test
  void aPodThatIsStillOpeningHasNoPartitionsYet() {
    partitionsStatus = 503;

    assertThat(ask(authority, authority))
        .isInstanceOfSatisfying(Told.class, told -> assertThat(told.partitions()).isNull());
  }

  /// As a process does that is stopped in the middle of its answer.
  private void halfAnAnswer(HttpExchange exchange) throws IOException {
    byte[] bytes = PARTITIONS.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
    exchange.getResponseBody().flush();
    try {
      over.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Timeout(60)
  void aPodThatStopsInTheMiddleOfAnAnswerIsSilent() {
    server.removeContext("/partitions");
    server.createContext("/partitions", this::halfAnAnswer);
    timeout = Duration.ofSeconds(2);

    assertThat(ask(authority, authority))
        .isInstanceOfSatisfying(
            Silent.class, silent -> assertThat(silent.why()).contains("/partitions"));
  }

  @Test
  void theWayToAClusterThatIsGoneIsClosed() {
    ask(authority, authority);
    assertThat(clients.size()).isEqualTo(1);

    clients.forget(CLUSTER);

    assertThat(clients.size()).isZero();
  }

  @Test
  void aPodThatTrustsAnotherAuthorityIsSilent() {
    assertThat(ask(Authority.create("other", now), authority)).isInstanceOf(Silent.class);
  }

  @Test
  void aPodOfAnotherAuthorityIsNotBelieved() {
    assertThat(ask(authority, Authority.create("other", now))).isInstanceOf(Silent.class);
  }
}
