package dev.partita.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Requests signed by the AWS SDK for Java, with odd bodies, header values and parameters.
class SdkSignerTest {

  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
  private static final int CASES = 200;

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final SignatureVerifier verifier =
      new SignatureVerifier(
          id -> SecretKey.of(id, "secret of " + id, "000000000000"), null, () -> NOW);

  @Test
  void what_the_sdk_signs_is_right() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < CASES; i++) {
      boolean inQuery = i % 2 == 0;
      byte[] body = text(random, 200).getBytes(StandardCharsets.UTF_8);
      SdkHttpRequest.Builder request =
          SdkHttpRequest.builder()
              .method(SdkHttpMethod.POST)
              .uri(URI.create("http://127.0.0.1:8000/"))
              .putHeader("X-Amz-Target", "DynamoDB_20120810.PutItem")
              .putHeader("X-Odd", "  a   " + text(random, 20).replace('é', 'e') + "  b ");
      if (random.nextBoolean()) {
        request.putRawQueryParameter("q" + text(random, 3), text(random, 9));
        request.putRawQueryParameter("p", List.of("2", "1"));
      }
      String key = "AKID" + random.nextInt(5);
      SignedRequest signed = sign(request.build(), body, key, inQuery);
      assertThat(verifier.authenticate(head(signed.request()), body))
          .as("case %s", i)
          .isEqualTo("arn:aws:iam::000000000000:user/" + key);
    }
  }

  private SignedRequest sign(SdkHttpRequest request, byte[] body, String key, boolean inQuery) {
    return signer.sign(
        r -> {
          r.identity(AwsCredentialsIdentity.create(key, "secret of " + key))
              .request(request)
              .payload(ContentStreamProvider.fromByteArray(body))
              .putProperty(AwsV4HttpSigner.REGION_NAME, "local-1")
              .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
              .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
          if (inQuery) {
            r.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(5));
          }
        });
  }

  private static RequestHead head(SdkHttpRequest request) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    request.forEachHeader((name, values) -> headers.add(name, values));
    if (!headers.contains("Host")) {
      headers.add("Host", "127.0.0.1:8000");
    }
    return new RequestHead(
        "POST", request.encodedPath(), request.encodedQueryParameters().orElse(""), headers);
  }

  private static String text(SplittableRandom random, int maxLength) {
    String alphabet = "abcXYZ019-_.~ /=&%+é,;:\"{}";
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(maxLength);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
