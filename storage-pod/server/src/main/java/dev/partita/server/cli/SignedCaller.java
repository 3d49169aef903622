package dev.partita.server.cli;

import dev.partita.server.credentials.AccessKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The smallest client that signs: calls one endpoint with one key.
final class SignedCaller {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String SIGNED = "host;x-amz-date;x-amz-target";
  private static final int TIMEOUT_MILLIS = 10_000;

  private final URI endpoint;
  private final String region;
  private final AccessKey key;

  SignedCaller(URI endpoint, String region, AccessKey key) {
    this.endpoint = endpoint;
    this.region = region;
    this.key = key;
  }

  /// @return the body of the answer, whatever its status
  String call(String operation, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String time = TIME.format(Instant.now());
    String target = "DynamoDB_20120810." + operation;
    HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
    connection.setRequestProperty("X-Amz-Date", time);
    connection.setRequestProperty("X-Amz-Target", target);
    connection.setRequestProperty("Authorization", authorization(time, target, bytes));
    connection.getOutputStream().write(bytes);
    boolean good = connection.getResponseCode() < 400;
    try (InputStream in = good ? connection.getInputStream() : connection.getErrorStream()) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String authorization(String time, String target, byte[] body) {
    String date = time.substring(0, 8);
    String scope = date + "/" + region + "/dynamodb/aws4_request";
    String canonical =
        "POST\n/\n\nhost:"
            + endpoint.getAuthority()
            + "\nx-amz-date:"
            + time
            + "\nx-amz-target:"
            + target
            + "\n\n"
            + SIGNED
            + "\n"
            + sha256(body);
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + time
            + "\n"
            + scope
            + "\n"
            + sha256(canonical.getBytes(StandardCharsets.UTF_8));
    byte[] signing = ("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {date, region, "dynamodb", "aws4_request", toSign}) {
      signing = hmac(signing, part);
    }
    return "AWS4-HMAC-SHA256 Credential="
        + key.id()
        + "/"
        + scope
        + ", SignedHeaders="
        + SIGNED
        + ", Signature="
        + HexFormat.of().formatHex(signing);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
