package dev.partita.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.server.auth.Authenticator;
import dev.partita.server.tls.FollowedTls;
import dev.partita.server.tls.TlsFolder;
import dev.partita.testing.TestAuthority;
import dev.partita.testing.TestAuthority.Issued;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontDoorTlsTest {

  /// As many as share the port.
  private static final int LOOPS = 2;

  private static final Vertx VERTX = Vertx.vertx();
  private static final TestAuthority AUTHORITY = new TestAuthority("authority");

  @TempDir Path folder;
  private final Issued own = AUTHORITY.issue("orders", "127.0.0.1");
  private FollowedTls tls;
  private TestServer server;

  @BeforeEach
  void open() throws IOException {
    own.writeTo(folder);
    tls = FollowedTls.open(new TlsFolder(folder, false), VERTX);
    server =
        new TestServer(
            HttpLimits.standard(),
            () -> Authenticator.none("000000000000"),
            FreePort.next(),
            LOOPS,
            tls.current().forEverybody());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @AfterAll
  static void closeAll() throws Exception {
    VERTX.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private SSLSocket connect(String... protocols) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            AUTHORITY
                .clientContext()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.startHandshake();
    return socket;
  }

  private static String serial(SSLSocket socket) throws IOException {
    return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
        .getSerialNumber()
        .toString(16);
  }

  private static int call(SSLSocket socket) throws IOException {
    return new RawClient(socket).call("Echo", "{}").status();
  }

  @Test
  void requestsAreServedByBothVersionsOfTls() throws Exception {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      try (SSLSocket socket = connect(version)) {
        assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        assertThat(call(socket)).isEqualTo(200);
      }
    }
  }

  @Test
  void whoTalksInTheClearIsNotServed() throws Exception {
    try (RawClient clear = server.connect()) {
      assertThatThrownBy(() -> clear.call("Echo", "{}")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aNewCertificateServesEveryLoopAndNoConnectionIsDropped() throws Exception {
    List<SSLSocket> kept = new ArrayList<>();
    for (int i = 0; i < 4 * LOOPS; i++) {
      kept.add(connect());
    }
    Issued next = AUTHORITY.issue("orders", "127.0.0.1");
    next.writeTo(folder);
    tls.use(
        tls.current(),
        now -> {
          server.updateTls(now.forEverybody());
          return CompletableFuture.completedFuture(null);
        });
    tls.look();
    for (int i = 0; i < 4 * LOOPS; i++) {
      try (SSLSocket fresh = connect()) {
        assertThat(serial(fresh)).isEqualTo(next.serial());
        assertThat(call(fresh)).isEqualTo(200);
      }
    }
    for (SSLSocket socket : kept) {
      assertThat(serial(socket)).isEqualTo(own.serial());
      assertThat(call(socket)).isEqualTo(200);
      socket.close();
    }
  }
}
