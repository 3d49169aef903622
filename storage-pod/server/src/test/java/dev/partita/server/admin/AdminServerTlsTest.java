package dev.partita.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.server.credentials.AccessKey;
import dev.partita.server.tls.FollowedTls;
import dev.partita.server.tls.TlsFolder;
import dev.partita.testing.TestAuthority;
import dev.partita.testing.TestAuthority.Issued;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminServerTlsTest {

  private static final TestAuthority INTERNAL = new TestAuthority("internal");
  private static final TestAuthority FOREIGN = new TestAuthority("foreign");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Issued own = INTERNAL.issue("orders-0", "127.0.0.1");
  private FollowedTls tls;
  private PodState state;
  private AdminServer admin;

  @BeforeEach
  void open() throws IOException {
    own.writeTo(folder, INTERNAL);
    tls = FollowedTls.open(new TlsFolder(folder, true), vertx);
    state =
        new PodState(
            "orders-0",
            () -> List.of(new AccessKey("SOMEKEY", "some-secret-of-it")),
            () -> null,
            tls::current);
    admin =
        join(
            AdminServer.open(
                vertx,
                "127.0.0.1",
                0,
                tls.current().forAcquainted(),
                state,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
    tls.use(tls.current(), now -> admin.updateTls(now.forAcquainted()).toCompletionStage());
  }

  @AfterEach
  void close() {
    join(vertx.close());
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static HttpClient client(Issued... shown) {
    return HttpClient.newBuilder().sslContext(INTERNAL.clientContext(shown)).build();
  }

  private HttpResponse<String> get(HttpClient client, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + admin.port() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void probesAndMetricsNeedNoCertificate() throws Exception {
    try (HttpClient client = client()) {
      assertThat(get(client, "/health").statusCode()).isEqualTo(200);
      assertThat(get(client, "/ready").statusCode()).isEqualTo(503);
      assertThat(get(client, "/metrics").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void everythingElseIsForTheOperatorAlone() throws Exception {
    List<String> paths =
        List.of("/pod", "/partitions", "/partitions/7/checksum", "/catalog/checksum", "/other");
    try (HttpClient nobody = client();
        HttpClient pod = client(INTERNAL.issue("orders-1"));
        HttpClient operator = client(INTERNAL.issue("partita-operator"))) {
      for (String path : paths) {
        for (HttpClient client : List.of(nobody, pod)) {
          HttpResponse<String> refused = get(client, path);
          assertThat(refused.statusCode()).as(path).isEqualTo(403);
          assertThat(refused.body()).contains("partita-operator").hasLineCount(1);
        }
      }
      assertThat(get(operator, "/pod").statusCode()).isEqualTo(200);
      assertThat(get(operator, "/other").statusCode()).isEqualTo(404);
      HttpResponse<String> tooEarly = get(operator, "/partitions");
      assertThat(tooEarly.statusCode()).isEqualTo(503);
      assertThat(tooEarly.body()).isEqualTo("waiting\n");
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityWithTheRightNameIsNotBelieved() {
    try (HttpClient impostor = client(FOREIGN.issue("partita-operator"))) {
      assertThatThrownBy(() -> get(impostor, "/pod")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void onlyTheCommonNameCounts() {
    assertThat(OperatorOnly.isOperator("CN=partita-operator")).isTrue();
    assertThat(OperatorOnly.isOperator("O=x,CN=partita-operator")).isTrue();
    assertThat(OperatorOnly.isOperator("O=partita-operator,CN=x")).isFalse();
    assertThat(OperatorOnly.isOperator("O=x\\,CN=partita-operator")).isFalse();
    assertThat(OperatorOnly.isOperator("CN=partita-operator2")).isFalse();
    assertThat(OperatorOnly.isOperator("")).isFalse();
  }

  @Test
  void aPodTellsWhatItIsAndUses() throws Exception {
    try (HttpClient operator = client(INTERNAL.issue("partita-operator"))) {
      String head = "{\"name\":\"orders-0\",";
      String tail =
          ",\"accessKeys\":[{\"id\":\"SOMEKEY\",\"fingerprint\":\""
              + PodJson.fingerprint("some-secret-of-it")
              + "\"}],\"internalTls\":{\"serial\":\""
              + own.serial()
              + "\",\"notAfter\":"
              + own.x509().getNotAfter().toInstant().getEpochSecond()
              + "}}";
      String times = ",\"startedAt\":" + state.startedAt().getEpochSecond();
      assertThat(get(operator, "/pod").body())
          .isEqualTo(
              head
                  + "\"version\":\"(not packaged)\",\"ready\":false,\"draining\":false"
                  + times
                  + tail);
      state.placed("zone-b");
      state.drain();
      assertThat(get(operator, "/pod").body())
          .isEqualTo(
              head
                  + "\"zone\":\"zone-b\",\"version\":\"(not packaged)\",\"ready\":false,"
                  + "\"draining\":true"
                  + times
                  + tail);
      assertThat(get(operator, "/ready").body()).isEqualTo("draining\n");
    }
  }

  @Test
  void aFingerprintIsTheBeginningOfTheSecretsSum() {
    // printf %s abcdefgh | sha256sum
    assertThat(PodJson.fingerprint("abcdefgh")).isEqualTo("9c56cc51b374c3ba");
  }

  @Test
  void aNewCertificateIsShownWithoutAnOldConnectionBeingDropped() throws Exception {
    try (HttpClient kept = client(INTERNAL.issue("partita-operator"))) {
      assertThat(get(kept, "/pod").statusCode()).isEqualTo(200);
      Issued next = INTERNAL.issue("orders-0", "127.0.0.1");
      next.writeTo(folder, INTERNAL);
      tls.look();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!shownToNewConnections().equals(next.serial())) {
        assertThat(System.nanoTime()).isLessThan(deadline);
      }
      HttpResponse<String> again = get(kept, "/pod");
      assertThat(again.body()).contains(next.serial());
      assertThat(serial(again)).isEqualTo(own.serial());
    }
  }

  private String shownToNewConnections() throws Exception {
    try (HttpClient fresh = client()) {
      return serial(get(fresh, "/health"));
    }
  }

  private static String serial(HttpResponse<?> response) throws IOException {
    return ((X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0])
        .getSerialNumber()
        .toString(16);
  }
}
