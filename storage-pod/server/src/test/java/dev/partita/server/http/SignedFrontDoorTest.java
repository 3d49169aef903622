package dev.partita.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.server.auth.SecretKey;
import dev.partita.server.auth.SignatureVerifier;
import dev.partita.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The signature's place among the checks. Signed with botocore 1.43.11.
class SignedFrontDoorTest {

  private static final byte[] BODY = "{\"TableName\":\"orders\"}".getBytes(StandardCharsets.UTF_8);
  private static final String SCOPE = "AKIDEXAMPLE/20261122/local-1/dynamodb/aws4_request";
  private static final String SIGNATURE =
      "7698d8dc29c1765e52ec44369e2ce5d59e1d3fff1a77b89b8bc3cb921b815796";
  private static final String HEADERS =
      "Content-Type: application/x-amz-json-1.0\r\n"
          + "X-Amz-Target: DynamoDB_20120810.GetItem\r\n"
          + "X-Amz-Date: 20261122T102030Z\r\n"
          + "Authorization: AWS4-HMAC-SHA256 Credential="
          + SCOPE
          + ", SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=";

  private volatile Instant now = Instant.parse("2026-11-22T10:20:31Z");
  private TestServer server;
  private RawClient client;

  @BeforeEach
  void open() throws IOException {
    InstantSource clock = () -> now;
    SecretKey key =
        SecretKey.of("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "000000000000");
    server =
        new TestServer(HttpLimits.standard(), () -> new SignatureVerifier(_ -> key, null, clock));
    client = server.connect();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void a_signed_request_is_served() throws IOException {
    Response response = post(HEADERS + SIGNATURE + "\r\n", BODY);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).isEqualTo("arn:aws:iam::000000000000:user/AKIDEXAMPLE");
  }

  @Test
  void a_wrong_signature_is_refused() throws IOException {
    Response response = post(HEADERS + SIGNATURE.replace('9', '8') + "\r\n", BODY);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.text())
        .isEqualTo(
            "{\"__type\":\"com.amazon.coral.service#InvalidSignatureException\",\"message\":"
                + "\"The request signature we calculated does not match the signature you "
                + "provided. Check your AWS Secret Access Key and signing method. "
                + "Consult the service documentation for details.\"}");
  }

  @Test
  void an_expired_signature_is_refused() throws IOException {
    now = Instant.parse("2026-11-22T11:00:00Z");
    assertThat(post(HEADERS + SIGNATURE + "\r\n", BODY).text())
        .isEqualTo(
            "{\"__type\":\"com.amazon.coral.service#InvalidSignatureException\",\"message\":"
                + "\"Signature expired: 20261122T102030Z is now earlier than 20261122T104500Z "
                + "(20261122T110000Z - 15 min.)\"}");
  }

  @Test
  void no_signature_is_refused() throws IOException {
    String headers = HEADERS.substring(0, HEADERS.indexOf("Authorization"));
    assertThat(post(headers, BODY).text())
        .isEqualTo(
            "{\"__type\":\"com.amazon.coral.service#MissingAuthenticationTokenException\","
                + "\"message\":\"Request is missing Authentication Token\"}");
  }

  @Test
  void broken_json_goes_before_the_signature_and_the_target_too() throws IOException {
    byte[] broken = "{\"TableName\":".getBytes(StandardCharsets.UTF_8);
    assertThat(post(HEADERS + SIGNATURE + "\r\n", broken).text())
        .isEqualTo("{\"__type\":\"com.amazon.coral.service#SerializationException\"}");
    String unknown = HEADERS.replace("GetItem", "Nothing");
    assertThat(post(unknown + SIGNATURE + "\r\n", BODY).text())
        .isEqualTo("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
  }

  @Test
  void an_empty_body_is_told_only_to_who_signed() throws IOException {
    assertThat(post(HEADERS + SIGNATURE + "\r\n", new byte[0]).text())
        .contains("InvalidSignatureException");
  }

  private Response post(String headers, byte[] body) throws IOException {
    client.send(
        "POST / HTTP/1.1\r\nHost: localhost:8000\r\nContent-Length: "
            + body.length
            + "\r\n"
            + headers
            + "\r\n");
    return client.send(body).read();
  }
}
