package dev.partita.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signatures were made with botocore 1.43.11 at a fixed time.
class SignatureVerifierTest {

  private static final Instant SIGNED_AT = Instant.parse("2026-11-22T10:20:30Z");
  private static final byte[] BODY = "{\"TableName\":\"orders\"}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] EMPTY = new byte[0];
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String SCOPE = "20261122/local-1/dynamodb/aws4_request";
  private static final String SIGNED_HEADERS = "content-type;host;x-amz-date;x-amz-target";
  private static final String SIGNATURE =
      "7698d8dc29c1765e52ec44369e2ce5d59e1d3fff1a77b89b8bc3cb921b815796";
  private static final String UNRECOGNIZED =
      "The security token included in the request is invalid.";
  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. "
          + "Check your AWS Secret Access Key and signing method. "
          + "Consult the service documentation for details.";

  private static final Map<String, SecretKey> KEYS =
      Map.of(
          "AKIDEXAMPLE",
          SecretKey.of("AKIDEXAMPLE", SECRET, "000000000000"),
          "AKIDTEMP",
          new SecretKey("AKIDTEMP", SECRET, "token", "arn:temp"));

  @Test
  void a_right_signature_names_its_principal_again_and_again() {
    SignatureVerifier verifier = verifier(SIGNED_AT);
    for (int i = 0; i < 3; i++) {
      assertThat(verifier.authenticate(head(headers()), BODY))
          .isEqualTo("arn:aws:iam::000000000000:user/AKIDEXAMPLE");
    }
  }

  @Test
  void paths_queries_and_spaces_are_brought_to_one_form() {
    MultiMap headers =
        headers()
            .set("X-Amz-Meta", "  two   spaces ")
            .set(
                "Authorization",
                authorization(
                    "AKIDEXAMPLE",
                    SCOPE,
                    "content-type;host;x-amz-date;x-amz-meta;x-amz-target",
                    "dd30bd4d3c23195e1adf37079dc1162272dc536720341fa3f3cf6e63ba2da722"));
    RequestHead head = new RequestHead("POST", "/a%20b/c", "z=1&a=x%20y&a=b", headers);
    assertThat(verifier(SIGNED_AT).authenticate(head, BODY)).isNotEmpty();
  }

  @Test
  void a_signature_may_come_in_the_query() {
    assertThat(verifier(SIGNED_AT.plusSeconds(299)).authenticate(presigned(), EMPTY))
        .isEqualTo("arn:aws:iam::000000000000:user/AKIDEXAMPLE");
  }

  @Test
  void a_query_signature_expires() {
    refused(
        verifier(SIGNED_AT.plusSeconds(301)),
        presigned(),
        EMPTY,
        ErrorType.INVALID_SIGNATURE,
        "Signature expired: 20261122T102030Z is now earlier than 20261122T102031Z "
            + "(20261122T102531Z - 5 min.)");
  }

  private static RequestHead presigned() {
    String query =
        "b=2&a=1&TableName=orders&X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIDEXAMPLE%2F20261122%2Flocal-1%2Fdynamodb%2Faws4_request"
            + "&X-Amz-Date=20261122T102030Z&X-Amz-Expires=300"
            + "&X-Amz-SignedHeaders=content-type%3Bhost%3Bx-amz-target"
            + "&X-Amz-Signature=3f0d108d775ba55102e188ca83637f0fd1d179d904dd39e4f3e354cbb6984894";
    MultiMap headers = headers().remove("Authorization").remove("X-Amz-Date");
    return new RequestHead("POST", "/", query, headers);
  }

  @Test
  void any_change_of_what_is_signed_is_found() {
    byte[] otherBody = BODY.clone();
    otherBody[5] ^= 1;
    refused(head(headers()), otherBody, ErrorType.INVALID_SIGNATURE, MISMATCH);
    refused(head(headers().set("Host", "other:8000")), BODY, ErrorType.INVALID_SIGNATURE, MISMATCH);
    refused(
        head(headers().set("X-Amz-Target", "DynamoDB_20120810.PutItem")),
        BODY,
        ErrorType.INVALID_SIGNATURE,
        MISMATCH);
    refused(
        new RequestHead("POST", "/", "x=1", headers()),
        BODY,
        ErrorType.INVALID_SIGNATURE,
        MISMATCH);
    refused(
        new RequestHead("POST", "/x", "", headers()), BODY, ErrorType.INVALID_SIGNATURE, MISMATCH);
    refused(
        head(headers().set("X-Amz-Date", "20261122T102031Z")),
        BODY,
        ErrorType.INVALID_SIGNATURE,
        MISMATCH);
    refused(
        with(authorization("AKIDEXAMPLE", SCOPE, SIGNED_HEADERS, SIGNATURE.replace('7', '8'))),
        BODY,
        ErrorType.INVALID_SIGNATURE,
        MISMATCH);
    refused(
        with(authorization("AKIDEXAMPLE", SCOPE, SIGNED_HEADERS, "short")),
        BODY,
        ErrorType.INVALID_SIGNATURE,
        MISMATCH);
  }

  @Test
  void an_unknown_key_is_not_recognized() {
    refused(
        with(authorization("NOBODY", SCOPE, SIGNED_HEADERS, SIGNATURE)),
        BODY,
        ErrorType.UNRECOGNIZED_CLIENT,
        UNRECOGNIZED);
  }

  @Test
  void a_key_that_is_taken_away_is_not_recognized_any_more() {
    SecretKey[] key = {SecretKey.of("AKIDEXAMPLE", SECRET, "000000000000")};
    SignatureVerifier verifier = new SignatureVerifier(_ -> key[0], null, () -> SIGNED_AT);
    assertThat(verifier.authenticate(head(headers()), BODY)).isNotEmpty();
    key[0] = SecretKey.of("AKIDEXAMPLE", "another secret", "000000000000");
    refused(verifier, head(headers()), BODY, ErrorType.INVALID_SIGNATURE, MISMATCH);
  }

  @Test
  void a_session_token_must_be_the_keys() {
    SecretKey temporary = new SecretKey("AKIDEXAMPLE", SECRET, "a/session+token==", "arn:temp");
    SignatureVerifier verifier = new SignatureVerifier(_ -> temporary, null, () -> SIGNED_AT);
    MultiMap headers =
        headers()
            .set("X-Amz-Security-Token", "a/session+token==")
            .set(
                "Authorization",
                authorization(
                    "AKIDEXAMPLE",
                    SCOPE,
                    "content-type;host;x-amz-date;x-amz-security-token;x-amz-target",
                    "f6d81b5d056b91cd498f9315ac3920d92a44a58e92fd518c27a2de324dc38c57"));
    assertThat(verifier.authenticate(head(headers), BODY)).isEqualTo("arn:temp");
    refused(verifier, head(headers()), BODY, ErrorType.UNRECOGNIZED_CLIENT, UNRECOGNIZED);
    refused(verifier(SIGNED_AT), head(headers), BODY, ErrorType.UNRECOGNIZED_CLIENT, UNRECOGNIZED);
  }

  @Test
  void clocks_may_be_off_by_a_quarter_of_an_hour() {
    for (long seconds : new long[] {-900, 900}) {
      assertThat(verifier(SIGNED_AT.plusSeconds(seconds)).authenticate(head(headers()), BODY))
          .isNotEmpty();
    }
    refused(
        verifier(SIGNED_AT.plusSeconds(901)),
        head(headers()),
        BODY,
        ErrorType.INVALID_SIGNATURE,
        "Signature expired: 20261122T102030Z is now earlier than 20261122T102031Z "
            + "(20261122T103531Z - 15 min.)");
    refused(
        verifier(SIGNED_AT.minusSeconds(901)),
        head(headers()),
        BODY,
        ErrorType.INVALID_SIGNATURE,
        "Signature not yet current: 20261122T102030Z is still later than 20261122T102029Z "
            + "(20261122T100529Z + 15 min.)");
  }

  @Test
  void no_signature_is_a_missing_token() {
    for (String authorization : new String[] {"", "Basic abc", "AWS AKID:sig"}) {
      refused(
          with(authorization),
          BODY,
          ErrorType.MISSING_AUTHENTICATION_TOKEN,
          "Request is missing Authentication Token");
    }
    refused(
        head(headers().remove("Authorization")),
        BODY,
        ErrorType.MISSING_AUTHENTICATION_TOKEN,
        "Request is missing Authentication Token");
  }

  @Test
  void two_signatures_are_one_too_many() {
    refused(
        new RequestHead("POST", "/", "X-Amz-Algorithm=AWS4-HMAC-SHA256", headers()),
        BODY,
        ErrorType.INVALID_SIGNATURE,
        "Found both 'X-Amz-Algorithm' as a query-string param "
            + "and 'Authorization' as HTTP header.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS4-HMAC-SHA256 Credential=c, SignedHeaders=host|Authorization header requires 'Signature' parameter. Authorization=AWS4-HMAC-SHA256 Credential=c, SignedHeaders=host",
        "AWS4-HMAC-SHA256 Credential=c, Signature=s|Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256 Credential=c, Signature=s",
        "AWS4-HMAC-SHA256|Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256",
      })
  void missing_pieces_are_named(String authorization, String message) {
    refused(with(authorization), BODY, ErrorType.INCOMPLETE_SIGNATURE, message);
  }

  @Test
  void a_date_is_needed_and_may_be_the_http_one() {
    String authorization = authorization("AKIDEXAMPLE", SCOPE, SIGNED_HEADERS, SIGNATURE);
    refused(
        head(headers().remove("X-Amz-Date")),
        BODY,
        ErrorType.INCOMPLETE_SIGNATURE,
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
            + "Authorization="
            + authorization);
    refused(
        head(headers().remove("X-Amz-Date").set("Date", "Sun, 22 Nov 2026 10:20:30 GMT")),
        BODY,
        ErrorType.INVALID_SIGNATURE,
        MISMATCH);
    refused(
        head(headers().set("X-Amz-Date", "2026-11-22")),
        BODY,
        ErrorType.INCOMPLETE_SIGNATURE,
        "Date must be in ISO-8601 'basic format'. Got '2026-11-22'. "
            + "See http://en.wikipedia.org/wiki/ISO_8601");
  }

  @Test
  void pieces_of_a_query_signature_are_named() {
    MultiMap headers = headers().remove("Authorization");
    refused(
        new RequestHead("POST", "/", "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=x", headers),
        BODY,
        ErrorType.INCOMPLETE_SIGNATURE,
        "AWS query-string parameters must include 'X-Amz-Credential'. "
            + "AWS query-string parameters must include 'X-Amz-Signature'. "
            + "AWS query-string parameters must include 'X-Amz-SignedHeaders'. "
            + "Re-examine the query-string parameters.");
  }

  @Test
  void the_host_must_be_signed() {
    refused(
        with(authorization("AKIDEXAMPLE", SCOPE, "content-type;x-amz-date", SIGNATURE)),
        BODY,
        ErrorType.INVALID_SIGNATURE,
        "'Host' must be a 'SignedHeader' in the AWS Authorization.");
  }

  @Test
  void only_one_algorithm_is_known() {
    String authorization = authorization("AKIDEXAMPLE", SCOPE, SIGNED_HEADERS, SIGNATURE);
    refused(
        with(authorization.replace("SHA256", "SHA25")),
        BODY,
        ErrorType.INCOMPLETE_SIGNATURE,
        "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA25' (only AWS4-HMAC-SHA256 for now). ");
  }

  @Test
  void a_credential_has_five_parts_each_of_which_is_checked() {
    refused(
        with(authorization("a", "b/c/d", SIGNED_HEADERS, SIGNATURE)),
        BODY,
        ErrorType.INCOMPLETE_SIGNATURE,
        "Credential must have exactly 5 slash-delimited elements, "
            + "e.g. keyid/date/region/service/term, got 'a/b/c/d'");
    SignatureVerifier strict = new SignatureVerifier(KEYS::get, "local-1", () -> SIGNED_AT);
    refused(
        strict,
        with(authorization("a", "b/c/d/e", SIGNED_HEADERS, SIGNATURE)),
        BODY,
        ErrorType.INVALID_SIGNATURE,
        "Credential should be scoped to a valid region, not 'c'. "
            + "Credential should be scoped to correct service: 'dynamodb'. "
            + "Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. "
            + "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
            + "from HTTP: 'b' != '20261122', from '20261122T102030Z'.");
    assertThat(strict.authenticate(head(headers()), BODY)).isNotEmpty();
  }

  @Test
  void signing_keys_in_memory_are_bounded() {
    SignatureVerifier verifier = verifier(SIGNED_AT);
    for (int i = 0; i < SignatureVerifier.MAX_SIGNING_KEYS + 10; i++) {
      String scope = SCOPE.replace("local-1", "region-" + i);
      refused(
          verifier,
          with(authorization("AKIDEXAMPLE", scope, SIGNED_HEADERS, SIGNATURE)),
          BODY,
          ErrorType.INVALID_SIGNATURE,
          MISMATCH);
    }
    assertThat(verifier.keptSigningKeys()).isEqualTo(SignatureVerifier.MAX_SIGNING_KEYS);
  }

  private static SignatureVerifier verifier(Instant now) {
    return new SignatureVerifier(KEYS::get, null, () -> now);
  }

  private static MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap()
        .set("Host", "localhost:8000")
        .set("Content-Type", "application/x-amz-json-1.0")
        .set("X-Amz-Target", "DynamoDB_20120810.GetItem")
        .set("X-Amz-Date", "20261122T102030Z")
        .set("Authorization", authorization("AKIDEXAMPLE", SCOPE, SIGNED_HEADERS, SIGNATURE));
  }

  private static String authorization(
      String key, String scope, String signedHeaders, String signature) {
    return "AWS4-HMAC-SHA256 Credential="
        + key
        + "/"
        + scope
        + ", SignedHeaders="
        + signedHeaders
        + ", Signature="
        + signature;
  }

  private static RequestHead head(MultiMap headers) {
    return new RequestHead("POST", "/", "", headers);
  }

  private static RequestHead with(String authorization) {
    return head(headers().set("Authorization", authorization));
  }

  private static void refused(RequestHead head, byte[] body, ErrorType type, String message) {
    refused(verifier(SIGNED_AT), head, body, type, message);
  }

  private static void refused(
      SignatureVerifier verifier, RequestHead head, byte[] body, ErrorType type, String message) {
    assertThatThrownBy(() -> verifier.authenticate(head, body))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.getMessage()).isEqualTo(message);
              assertThat(e.type()).isEqualTo(type);
            });
  }
}
