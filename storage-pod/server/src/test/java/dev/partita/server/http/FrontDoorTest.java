package dev.partita.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.server.auth.Authenticator;
import dev.partita.server.http.RawClient.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontDoorTest {

  private static final String AMZ = "Content-Type: application/x-amz-json-1.0\r\n";
  private static final String ECHO = "X-Amz-Target: DynamoDB_20120810.Echo\r\n";
  private static final String NOT_FOUND = "<UnknownOperationException/>\n";

  private TestServer server;
  private RawClient client;

  @BeforeAll
  void open() {
    // A loaded machine may take long to prepare a large body.
    Duration patience = Duration.ofMinutes(1);
    server =
        new TestServer(
            TestServer.limits(patience, patience, patience),
            () -> Authenticator.none("000000000000"));
  }

  @AfterAll
  void closeServer() {
    server.close();
  }

  @BeforeEach
  void connect() throws IOException {
    client = server.connect();
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
  }

  @Test
  void an_answer_has_the_headers_of_the_service() throws IOException {
    Response response = client.call("Echo", "{\"a\":1}");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).isEqualTo("{\"a\":1}");
    assertThat(response.header("x-amzn-requestid")).matches("[A-Z0-9]{52}");
    assertThat(response.header("x-amz-crc32")).isEqualTo(crc(response.body()));
    assertThat(response.header("content-type")).isEqualTo("application/x-amz-json-1.0");
    assertThat(response.header("content-length")).isEqualTo("7");
    assertThat(response.header("server")).isEqualTo("Partita");
    assertThat(ZonedDateTime.parse(response.header("date"), DateTimeFormatter.RFC_1123_DATE_TIME))
        .isAfter(ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(1))
        .isBefore(ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(1));
  }

  @Test
  void request_ids_differ() throws IOException {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ids.add(client.call("Echo", "{}").header("x-amzn-requestid"));
    }
    assertThat(ids).hasSize(100);
  }

  @Test
  void plain_json_is_answered_with_plain_json() throws IOException {
    Response response =
        client.post("Content-Type: application/json; charset=UTF-8\r\n" + ECHO, bytes("{}"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("content-type")).isEqualTo("application/json");
  }

  @Test
  void other_content_types_and_methods_are_not_found() throws IOException {
    for (String head : new String[] {"Content-Type: text/plain\r\n", ""}) {
      assertNotFound(client.post(head + ECHO, bytes("{}")));
    }
    assertNotFound(client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}").read());
    assertNotFound(client.send("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n").read());
    assertNotFound(client.send("GET /other HTTP/1.1\r\nHost: a\r\n\r\n").read());
  }

  private static void assertNotFound(Response response) {
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.text()).isEqualTo(NOT_FOUND);
    assertThat(response.header("x-amz-crc32")).isEqualTo("3552371480");
    assertThat(response.header("x-amzn-requestid")).matches("[A-Z0-9]{52}");
  }

  @Test
  void get_says_healthy() throws IOException {
    Response response = client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").read();
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).isEqualTo("healthy: dynamodb.local-1.amazonaws.com ");
  }

  @Test
  void a_browser_may_ask_beforehand() throws IOException {
    Response response =
        client
            .send(
                "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: http://b\r\nAccess-Control-Request-"
                    + "Headers: x-amz-target\r\nAccess-Control-Request-Method: POST\r\n\r\n")
            .read();
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(response.header("access-control-allow-headers")).isEqualTo("x-amz-target");
    assertThat(response.header("access-control-allow-methods")).isEqualTo("POST");
    assertThat(response.header("access-control-max-age")).isEqualTo("172800");
  }

  @Test
  void an_unknown_target_is_an_unknown_operation() throws IOException {
    for (String target : new String[] {"DynamoDB_20120810.Nope", "Echo", "x.Echo", ""}) {
      Response response = client.post(AMZ + "X-Amz-Target: " + target + "\r\n", bytes("{}"));
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.text())
          .isEqualTo("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
    }
    assertThat(client.post(AMZ, bytes("{}")).text()).contains("UnknownOperationException");
  }

  @Test
  void broken_json_goes_before_an_unknown_target() throws IOException {
    Response response = client.call("Nope", "{\"a\":");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.text())
        .isEqualTo("{\"__type\":\"com.amazon.coral.service#SerializationException\"}");
  }

  @Test
  void an_empty_body_is_no_json() throws IOException {
    Response response = client.call("Echo", "");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.text())
        .isEqualTo("{\"__type\":\"com.amazon.coral.service#SerializationException\"}");
  }

  @Test
  void errors_of_operations_become_answers() throws IOException {
    Response refused = client.call("Refuse", "{}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text())
        .isEqualTo(
            "{\"__type\":\"com.amazon.coral.validate#ValidationException\","
                + "\"message\":\"no \\\"such\\\" thing\"}");
    Response later = client.call("RefuseLater", "{}");
    assertThat(later.status()).isEqualTo(500);
    assertThat(later.text())
        .isEqualTo(
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\","
                + "\"message\":\"try again\"}");
  }

  @Test
  void a_fault_of_ours_is_an_internal_server_error() throws IOException {
    for (String operation : new String[] {"Crash", "CrashLater", "Cancel"}) {
      Response response = client.call(operation, "{}");
      assertThat(response.status()).isEqualTo(500);
      assertThat(response.text()).contains("InternalServerError").doesNotContain("a fault of ours");
    }
    assertThat(client.call("Echo", "{}").status()).isEqualTo(200);
  }

  @Test
  void an_answer_from_another_thread_is_an_answer() throws IOException {
    assertThat(client.call("Later", "{\"b\":2}").text()).isEqualTo("{\"b\":2}");
  }

  @Test
  void large_answers_are_compressed_if_asked_and_summed_as_sent() throws IOException {
    String json = "{\"a\":\"" + "x".repeat(5_000) + "\"}";
    Response gzip = client.post(AMZ + ECHO + "Accept-Encoding: deflate, gzip\r\n", bytes(json));
    assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
    assertThat(gzip.header("x-amz-crc32")).isEqualTo(crc(gzip.body()));
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
        .isEqualTo(bytes(json));
    Response deflate =
        client.post(AMZ + ECHO + "Accept-Encoding: deflate;q=0.5, gzip;q=0\r\n", bytes(json));
    assertThat(deflate.header("content-encoding")).isEqualTo("deflate");
    assertThat(deflate.header("x-amz-crc32")).isEqualTo(crc(deflate.body()));
    assertThat(new InflaterInputStream(new ByteArrayInputStream(deflate.body())).readAllBytes())
        .isEqualTo(bytes(json));
    assertThat(client.call("Echo", json).headers()).doesNotContainKey("content-encoding");
  }

  @Test
  void answers_up_to_4096_bytes_are_not_compressed() throws IOException {
    String json = "{\"a\":\"" + "x".repeat(4_096 - 8) + "\"}";
    Response response = client.post(AMZ + ECHO + "Accept-Encoding: gzip\r\n", bytes(json));
    assertThat(response.body()).hasSize(4_096);
    assertThat(response.headers()).doesNotContainKey("content-encoding");
  }

  @Test
  void requests_may_be_compressed_in_several_members() throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.write(gzip(bytes("{\"a\":")));
    wire.write(gzip(bytes("1}")));
    Response response = client.post(AMZ + ECHO + "Content-Encoding: gzip\r\n", wire.toByteArray());
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).isEqualTo("{\"a\":1}");
  }

  @Test
  void a_broken_or_unknown_compression_is_an_error() throws IOException {
    byte[] whole = gzip(bytes("{\"a\":1}"));
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 9);
    assertThat(client.post(AMZ + ECHO + "Content-Encoding: gzip\r\n", cut).status()).isEqualTo(500);
    assertThat(client.post(AMZ + ECHO + "Content-Encoding: br\r\n", whole).status()).isEqualTo(400);
  }

  @Test
  void a_body_of_17_megabytes_is_refused_and_the_server_goes_on() throws IOException {
    Response response = client.post(AMZ + ECHO, new byte[17 << 20]);
    assertThat(response.status()).isEqualTo(413);
    assertThat(client.call("Echo", "{}").status()).isEqualTo(200);
  }

  @Test
  void a_body_of_16_megabytes_is_taken() throws IOException {
    byte[] body = bytes("{\"a\":\"" + "x".repeat((16 << 20) - 8) + "\"}");
    Response response = client.post(AMZ + ECHO, body);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).hasSize(16 << 20);
  }

  @Test
  void a_chunked_body_of_17_megabytes_is_refused() throws IOException {
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" + AMZ + ECHO + "\r\n");
    byte[] megabyte = new byte[1 << 20];
    for (int i = 0; i < 17; i++) {
      client.send(Integer.toHexString(megabyte.length) + "\r\n").send(megabyte).send("\r\n");
    }
    assertThat(client.send("0\r\n\r\n").read().status()).isEqualTo(413);
  }

  @Test
  void a_body_that_inflates_beyond_16_megabytes_is_refused() throws IOException {
    byte[] bomb = gzip(new byte[20 << 20]);
    assertThat(bomb.length).isLessThan(1 << 20);
    Response response = client.post(AMZ + ECHO + "Content-Encoding: gzip\r\n", bomb);
    assertThat(response.status()).isEqualTo(413);
  }

  @Test
  void a_body_announced_with_a_gigabyte_is_refused_at_once() throws IOException {
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741824\r\n" + AMZ + ECHO + "\r\n");
    assertThat(client.read().status()).isEqualTo(413);
    assertThat(client.isClosedByServer()).isTrue();
  }

  @Test
  void a_client_that_waits_before_a_body_of_17_megabytes_is_refused_and_sends_none()
      throws IOException {
    client.send(waiting(17 << 20));
    assertThat(client.read().status()).isEqualTo(413);
    assertThat(client.isClosedByServer()).isTrue();
  }

  @Test
  void a_client_that_waits_before_a_body_is_told_to_go_on() throws IOException {
    byte[] body = bytes("{\"a\":1}");
    client.send(waiting(body.length));
    assertThat(client.read().status()).isEqualTo(100);
    assertThat(client.send(body).read().text()).isEqualTo("{\"a\":1}");
    client.send(waiting(2).replace("POST", "PUT"));
    assertThat(client.read().status()).isEqualTo(100);
    assertThat(client.send("{}").read().status()).isEqualTo(404);
    assertThat(client.call("Echo", "{}").status()).isEqualTo(200);
  }

  private static String waiting(int length) {
    return "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: "
        + length
        + "\r\n"
        + AMZ
        + ECHO
        + "\r\n";
  }

  @Test
  void headers_above_16_kilobytes_are_refused() throws IOException {
    Response response =
        client
            .send("GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(17_000) + "\r\n\r\n")
            .read();
    assertThat(response.status()).isEqualTo(400);
  }

  @Test
  void a_request_line_above_16_kilobytes_is_refused() throws IOException {
    Response response =
        client.send("GET /" + "x".repeat(17_000) + " HTTP/1.1\r\nHost: a\r\n\r\n").read();
    assertThat(response.status()).isEqualTo(400);
  }

  @Test
  void what_is_no_http_is_refused() throws IOException {
    assertThat(client.send("\u0001\u0002 nonsense\r\n\r\n").read().status()).isEqualTo(400);
  }

  @Test
  void requests_in_a_row_on_one_connection_are_answered_in_order() throws IOException {
    String one = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n" + AMZ + ECHO + "\r\n";
    client.send(one + "{\"a\":1}" + one + "{\"a\":2}" + one + "{\"a\":3}");
    assertThat(client.read().text()).isEqualTo("{\"a\":1}");
    assertThat(client.read().text()).isEqualTo("{\"a\":2}");
    assertThat(client.read().text()).isEqualTo("{\"a\":3}");
  }

  @Test
  void labels_of_metrics_come_from_a_fixed_set() throws IOException {
    client.call("Echo", "{}");
    client.call("Nope1", "{}");
    client.call("Nope2", "{}");
    assertThat(server.operationLabels())
        .contains("Echo", "unknown")
        .doesNotContain("Nope1", "Nope2");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String crc(byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(body);
    return Long.toString(crc.getValue());
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }
}
