package dev.partita.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an SDK hides: headers, checksums, compression, status codes, `__type`, signatures.
class WireTest {

  private static final byte[] EMPTY = new byte[0];
  private static final String LIST = "{\"Limit\":1}";
  private static final String CORAL = "com.amazon.coral.service#";

  private static RawWire wire;

  @BeforeAll
  static void connect() {
    wire = new RawWire(Endpoint.shared());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static RawWire.Reply spoilt(String header, String value)
      throws IOException, InterruptedException {
    Map<String, String> headers =
        new HashMap<>(wire.signed("ListTables", utf8(LIST), Instant.now()));
    if (value.isEmpty()) {
      headers.remove(header);
    } else {
      headers.put(header, value);
    }
    return wire.send("POST", "/", utf8(LIST), headers);
  }

  private static RawWire.Reply missingTable() throws IOException, InterruptedException {
    return wire.call("DescribeTable", "{\"TableName\":\"no-such-table\"}");
  }

  @Test
  void anAnswerHasStatus200() throws Exception {
    assertThat(wire.call("ListTables", LIST).status()).isEqualTo(200);
  }

  @Test
  void anAnswerIsAmazonsJson() throws Exception {
    assertThat(wire.call("ListTables", LIST).header("content-type"))
        .isEqualTo("application/x-amz-json-1.0");
  }

  @Test
  void anAnswerCarriesTheChecksumOfItsBody() throws Exception {
    RawWire.Reply reply = wire.call("ListTables", LIST);

    assertThat(reply.header("x-amz-crc32")).isEqualTo(reply.crc());
  }

  @Test
  void anErrorCarriesTheChecksumOfItsBody() throws Exception {
    RawWire.Reply reply = missingTable();

    assertThat(reply.header("x-amz-crc32")).isEqualTo(reply.crc());
  }

  @Test
  void anAnswerHasAnIdOf52Characters() throws Exception {
    assertThat(wire.call("ListTables", LIST).header("x-amzn-RequestId")).matches("[A-Z0-9]{52}");
  }

  @Test
  void eachAnswerHasAnIdOfItsOwn() throws Exception {
    assertThat(wire.call("ListTables", LIST).header("x-amzn-RequestId"))
        .isNotEqualTo(wire.call("ListTables", LIST).header("x-amzn-RequestId"));
  }

  @Test
  void anAnswerHasItsLength() throws Exception {
    RawWire.Reply reply = wire.call("ListTables", LIST);

    assertThat(reply.header("content-length")).isEqualTo(Integer.toString(reply.body().length));
  }

  @Test
  void anAnswerHasADate() throws Exception {
    assertThat(wire.call("ListTables", LIST).header("date"))
        .matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
  }

  @Test
  void anErrorOfTheModelHasTheServicesNamespace() throws Exception {
    assertThat(missingTable().json().path("__type").asText())
        .isEqualTo("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException");
  }

  @Test
  void anErrorOfTheModelHasStatus400() throws Exception {
    assertThat(missingTable().status()).isEqualTo(400);
  }

  @Test
  void anErrorOfTheModelHasASmallMessage() throws Exception {
    assertThat(missingTable().json().path("message").asText())
        .isEqualTo("Requested resource not found: Table: no-such-table not found");
  }

  @Test
  void aViolationHasTheNamespaceOfValidation() throws Exception {
    assertThat(wire.call("GetItem", "{}").json().path("__type").asText())
        .isEqualTo("com.amazon.coral.validate#ValidationException");
  }

  @Test
  void aViolationHasASmallMessage() throws Exception {
    assertThat(wire.call("ListTables", "{\"Limit\":0}").json().path("message").asText())
        .isEqualTo(
            "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint:"
                + " Member must have value greater than or equal to 1");
  }

  @ParameterizedTest(name = "{1} for {0}.{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GetItem|{\"TableName\":23}|NUMBER_VALUE cannot be converted to String",
        "GetItem|{\"TableName\":3.5}|DECIMAL_VALUE cannot be converted to String",
        "GetItem|{\"TableName\":true}|TRUE_VALUE cannot be converted to String",
        "GetItem|{\"TableName\":false}|FALSE_VALUE cannot be converted to String",
        "GetItem|{\"TableName\":[]}|Unrecognized collection type class java.lang.String",
        "GetItem|{\"TableName\":{}}|Start of structure or map found where not expected",
        "GetItem|{\"Key\":\"x\"}|Unexpected field type",
        "GetItem|{\"Key\":[]}|Unrecognized collection type java.util.Map<java.lang.String,"
            + " com.amazonaws.dynamodb.v20120810.AttributeValue>",
        "GetItem|{\"Key\":{\"a\":{\"N\":1}}}|NUMBER_VALUE cannot be converted to String",
        "GetItem|{\"Key\":{\"a\":{\"S\":1}}}|NUMBER_VALUE cannot be converted to String",
        "GetItem|{\"Key\":{\"a\":{\"B\":\"abc\"}}}|Base64 encoded length is expected a multiple of 4"
            + " bytes but found: 3",
        "GetItem|{\"Key\":{\"a\":{\"B\":1}}}|only base-64-encoded strings are convertible to bytes",
        "GetItem|{\"Key\":{\"a\":{\"L\":{}}}}|Start of structure or map found where not expected",
        "GetItem|{\"Key\":{\"a\":\"x\"}}|Unexpected value type in payload",
        "GetItem|{\"ConsistentRead\":\"x\"}|Unexpected token received from parser",
        "GetItem|{\"ConsistentRead\":[]}|Unrecognized collection type class java.lang.Boolean",
        "GetItem|{\"AttributesToGet\":\"x\"}|Unexpected field type",
        "ListTables|{\"Limit\":\"1\"}|STRING_VALUE cannot be converted to Integer",
        "ListTables|{\"Limit\":true}|TRUE_VALUE cannot be converted to Integer",
      })
  void whatHasTheWrongJsonTypeIsTold(String operation, String json, String message)
      throws Exception {
    assertThat(wire.call(operation, json).json().path("Message").asText()).isEqualTo(message);
  }

  @Test
  void aWrongJsonTypeIsASerializationException() throws Exception {
    assertThat(wire.call("GetItem", "{\"TableName\":23}").json().path("__type").asText())
        .isEqualTo(CORAL + "SerializationException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "x", "{\"TableName\":}", "{\"TableName\":\"a\"", "[1", "{'a':1}"})
  void whatIsNoJsonHasNoMessage(String json) throws Exception {
    assertThat(wire.call("ListTables", json).text())
        .isEqualTo("{\"__type\":\"" + CORAL + "SerializationException\"}");
  }

  @Test
  void anEmptyBodyIsASerializationException() throws Exception {
    assertThat(wire.call("ListTables", EMPTY, Map.of()).json().path("__type").asText())
        .isEqualTo(CORAL + "SerializationException");
  }

  @Test
  void unknownMembersAreIgnored() throws Exception {
    assertThat(wire.call("ListTables", "{\"Limit\":1,\"What\":[{}]}").status()).isEqualTo(200);
  }

  @Test
  void nullIsAbsent() throws Exception {
    assertThat(wire.call("ListTables", "{\"Limit\":null}").status()).isEqualTo(200);
  }

  @Test
  void anOperationThatIsNotThereIsUnknown() throws Exception {
    assertThat(wire.call("MakeCoffee", "{}").text())
        .isEqualTo("{\"__type\":\"" + CORAL + "UnknownOperationException\"}");
  }

  @Test
  void anUnknownOperationHasStatus400() throws Exception {
    assertThat(wire.call("MakeCoffee", "{}").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ListTables", "DynamoDB_20120810", "DynamoDB_19990101.ListTables", "x.y"})
  void anotherTargetIsUnknown(String target) throws Exception {
    assertThat(spoilt("X-Amz-Target", target).json().path("__type").asText())
        .isEqualTo(CORAL + "UnknownOperationException");
  }

  @Test
  void aRequestWithoutTargetIsUnknown() throws Exception {
    assertThat(spoilt("X-Amz-Target", "").json().path("__type").asText())
        .isEqualTo(CORAL + "UnknownOperationException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
  void anotherContentTypeHasStatus404(String type) throws Exception {
    assertThat(spoilt("Content-Type", type).status()).isEqualTo(404);
  }

  @Test
  void anotherMethodHasStatus404() throws Exception {
    assertThat(wire.send("PUT", "/", utf8(LIST), Map.of()).status()).isEqualTo(404);
  }

  @Test
  void anotherMethodAnswersInMarkup() throws Exception {
    assertThat(wire.send("DELETE", "/", EMPTY, Map.of()).text())
        .isEqualTo("<UnknownOperationException/>\n");
  }

  @Test
  void aGetTellsThatTheServiceIsHealthy() throws Exception {
    assertThat(wire.send("GET", "/", EMPTY, Map.of()).text())
        .isEqualTo("healthy: dynamodb." + Endpoint.shared().region() + ".amazonaws.com ");
  }

  @Test
  void browsersMayAskFromAnywhere() throws Exception {
    assertThat(
            wire.send("OPTIONS", "/", EMPTY, Map.of("Origin", "http://example.com"))
                .header("access-control-max-age"))
        .isEqualTo("172800");
  }

  @Test
  void aRequestMayBeCompressed() throws Exception {
    assertThat(
            wire.call("ListTables", gzip(utf8(LIST)), Map.of("Content-Encoding", "gzip")).status())
        .isEqualTo(200);
  }

  @Test
  void aCompressedRequestMayComeInTwoParts() throws Exception {
    byte[] one = gzip(utf8("{\"Limit\""));
    byte[] two = gzip(utf8(":1}"));
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);

    assertThat(wire.call("ListTables", both, Map.of("Content-Encoding", "gzip")).status())
        .isEqualTo(200);
  }

  @Test
  void aBrokenCompressionHasStatus500() throws Exception {
    byte[] whole = gzip(utf8(LIST));

    assertThat(
            wire.call(
                    "ListTables",
                    Arrays.copyOf(whole, whole.length - 5),
                    Map.of("Content-Encoding", "gzip"))
                .status())
        .isEqualTo(500);
  }

  @Test
  void anUnknownCompressionIsRefused() throws Exception {
    assertThat(wire.call("ListTables", utf8(LIST), Map.of("Content-Encoding", "br")).status())
        .isGreaterThanOrEqualTo(400);
  }

  @Test
  void aSmallAnswerIsNotCompressed() throws Exception {
    assertThat(
            wire.call("ListTables", utf8(LIST), Map.of("Accept-Encoding", "gzip"))
                .header("content-encoding"))
        .isEmpty();
  }

  /// An error that repeats a long part of the request.
  private static RawWire.Reply large(String encoding) throws IOException, InterruptedException {
    String json = "{\"Limit\":1,\"ExclusiveStartTableName\":\"" + "+".repeat(8000) + "\"}";
    return wire.call("ListTables", utf8(json), Map.of("Accept-Encoding", encoding));
  }

  @Test
  void aLargeAnswerIsCompressedIfAsked() throws Exception {
    assertThat(large("gzip").header("content-encoding")).isEqualTo("gzip");
  }

  @Test
  void aLargeAnswerIsPlainIfNotAsked() throws Exception {
    assertThat(large("identity").header("content-encoding")).isEmpty();
  }

  @Test
  void theChecksumIsOfTheCompressedBytes() throws Exception {
    RawWire.Reply reply = large("gzip");

    assertThat(reply.header("x-amz-crc32")).isEqualTo(reply.crc());
  }

  @Test
  void aCompressedAnswerUnfolds() throws Exception {
    byte[] plain =
        new GZIPInputStream(new ByteArrayInputStream(large("gzip").body())).readAllBytes();

    assertThat(new String(plain, StandardCharsets.UTF_8)).startsWith("{\"__type\":");
  }

  @Test
  void aRequestWithoutSignatureLacksItsToken() throws Exception {
    assertThat(spoilt("Authorization", "").json().path("__type").asText())
        .isEqualTo(CORAL + "MissingAuthenticationTokenException");
  }

  @Test
  void aRequestWithoutSignatureIsToldSo() throws Exception {
    assertThat(spoilt("Authorization", "").json().path("message").asText())
        .isEqualTo("Request is missing Authentication Token");
  }

  @Test
  void anotherSchemeOfSignaturesLacksTheToken() throws Exception {
    assertThat(spoilt("Authorization", "Basic abc").json().path("__type").asText())
        .isEqualTo(CORAL + "MissingAuthenticationTokenException");
  }

  @Test
  void aSignatureWithoutItsPartsIsIncomplete() throws Exception {
    assertThat(spoilt("Authorization", "AWS4-HMAC-SHA256 x=y").json().path("__type").asText())
        .isEqualTo(CORAL + "IncompleteSignatureException");
  }

  @Test
  void aSignatureOfAnotherBodyIsInvalid() throws Exception {
    Map<String, String> headers = wire.signed("ListTables", utf8("{}"), Instant.now());

    assertThat(wire.send("POST", "/", utf8(LIST), headers).json().path("__type").asText())
        .isEqualTo(CORAL + "InvalidSignatureException");
  }

  @Test
  void aSignatureOfAnotherBodyIsToldSo() throws Exception {
    Map<String, String> headers = wire.signed("ListTables", utf8("{}"), Instant.now());

    assertThat(wire.send("POST", "/", utf8(LIST), headers).json().path("message").asText())
        .startsWith(
            "The request signature we calculated does not match the signature you provided.");
  }

  @Test
  void aSignatureOfAnHourAgoHasExpired() throws Exception {
    Map<String, String> headers =
        wire.signed("ListTables", utf8(LIST), Instant.now().minusSeconds(3600));

    assertThat(wire.send("POST", "/", utf8(LIST), headers).json().path("message").asText())
        .startsWith("Signature expired: ");
  }

  @Test
  void aSignatureOfTenMinutesAgoIsTaken() throws Exception {
    Map<String, String> headers =
        wire.signed("ListTables", utf8(LIST), Instant.now().minusSeconds(600));

    assertThat(wire.send("POST", "/", utf8(LIST), headers).status()).isEqualTo(200);
  }

  @Test
  void anUnknownKeyIsNotRecognised() throws Exception {
    Map<String, String> headers =
        new HashMap<>(wire.signed("ListTables", utf8(LIST), Instant.now()));
    headers.computeIfPresent(
        "Authorization",
        (_, v) -> v.replaceFirst("Credential=[^/]+", "Credential=AKIDNOBODYKNOWS"));

    assertThat(wire.send("POST", "/", utf8(LIST), headers).json().path("__type").asText())
        .isEqualTo(CORAL + "UnrecognizedClientException");
  }

  @Test
  void anEmptyListIsThere() throws Exception {
    assertThat(wire.call("ListTables", "{\"ExclusiveStartTableName\":\"zzzzzzzzzz\"}").text())
        .isEqualTo("{\"TableNames\":[]}");
  }

  @Test
  void aRequestOfMoreThan16MegabytesHasStatus413() throws Exception {
    byte[] body = utf8("{\"a\":\"" + "x".repeat(16 * 1024 * 1024) + "\"}");

    assertThat(wire.call("ListTables", body, Map.of()).status()).isEqualTo(413);
  }
}
