package dev.partita.e2e.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.partita.e2e.process.AdminPort;
import dev.partita.e2e.process.AdminPort.Sum;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The comparison must be able to say no.
class ReplicasTest {

  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final List<HttpServer> servers = new ArrayList<>();
  private final List<AdminPort> pods = new ArrayList<>();

  /// By pod and path: what is answered the nth time; nothing for 503.
  private final Map<String, IntFunction<String>> answers = new ConcurrentHashMap<>();

  @BeforeEach
  void open() throws IOException {
    for (int pod = 0; pod < 3; pod++) {
      serve(pod);
      answer(pod, "/partitions", _ -> "{\"partitions\":[{\"id\":7}]}");
      answer(pod, "/catalog/checksum", _ -> sum(5, "aa"));
      answer(pod, "/partitions/7/checksum", _ -> sum(9, "bb"));
    }
  }

  private void serve(int pod) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          int nth = asked.computeIfAbsent(path, _ -> new AtomicInteger()).getAndIncrement();
          String body = answers.getOrDefault(pod + path, _ -> "").apply(nth);
          byte[] octets = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(body.isEmpty() ? 503 : 200, octets.length);
          exchange.getResponseBody().write(octets);
          exchange.close();
        });
    server.start();
    servers.add(server);
    pods.add(new AdminPort(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
  }

  private void answer(int pod, String path, IntFunction<String> body) {
    answers.put(pod + path, body);
  }

  private static String sum(long index, String sum) {
    return "{\"index\":%d,\"epoch\":2,\"rows\":3,\"sum\":\"%s\"}".formatted(index, sum);
  }

  @AfterEach
  void close() {
    pods.forEach(AdminPort::close);
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void equalReplicasAreNamedWithTheirSum() throws Exception {
    assertThat(Replicas.awaitEqual(pods, LONG))
        .containsExactly(
            new Replicas.Equal("catalog", new Sum(5, 2, 3, "aa")),
            new Replicas.Equal("partitions/7", new Sum(9, 2, 3, "bb")));
  }

  @Test
  void oneSumThatDiffersAtTheSamePositionIsAFault() {
    answer(2, "/partitions/7/checksum", _ -> sum(9, "bc"));
    assertThatThrownBy(() -> Replicas.awaitEqual(pods, LONG))
        .hasMessageContaining("partitions/7 differ");
  }

  @Test
  void aReplicaThatIsBehindIsWaitedFor() throws Exception {
    answer(1, "/partitions/7/checksum", nth -> nth == 0 ? "" : sum(nth < 3 ? 8 : 9, "bb"));
    assertThat(Replicas.awaitEqual(pods, LONG)).hasSize(2);
  }

  @Test
  void aReplicaThatStaysBehindIsAFault() {
    answer(1, "/partitions/7/checksum", _ -> sum(8, "bb"));
    assertThatThrownBy(() -> Replicas.awaitEqual(pods, SOON))
        .hasMessageContaining("different positions");
  }

  @Test
  void aReplicaThatIsMissingIsAFault() {
    answer(0, "/catalog/checksum", _ -> "");
    assertThatThrownBy(() -> Replicas.awaitEqual(pods, SOON)).hasMessageContaining("catalog");
  }
}
