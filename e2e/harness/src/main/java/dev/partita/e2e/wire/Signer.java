package dev.partita.e2e.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signature Version 4 in header form, written from its specification and independent of the
/// server's verifier, so that the two check each other.
public final class Signer {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Credentials credentials;
  private final String region;

  public Signer(Credentials credentials, String region) {
    this.credentials = credentials;
    this.region = region;
  }

  /// @param host value of the Host header
  /// @param target value of X-Amz-Target
  /// @return the headers to send beside Host
  public Map<String, String> headers(String host, String target, byte[] body, Instant at) {
    String stamp = STAMP.format(at);
    String day = stamp.substring(0, 8);
    SortedMap<String, String> signed = new TreeMap<>();
    signed.put("content-type", "application/x-amz-json-1.0");
    signed.put("host", host);
    signed.put("x-amz-date", stamp);
    signed.put("x-amz-target", target);
    StringBuilder canonicalHeaders = new StringBuilder();
    signed.forEach((k, v) -> canonicalHeaders.append(k).append(':').append(v).append('\n'));
    String names = String.join(";", signed.keySet());
    String canonical =
        "POST\n/\n\n%s\n%s\n%s".formatted(canonicalHeaders, names, hex(sha256(body)));
    String scope = "%s/%s/dynamodb/aws4_request".formatted(day, region);
    String toSign =
        "AWS4-HMAC-SHA256\n%s\n%s\n%s".formatted(stamp, scope, hex(sha256(utf8(canonical))));
    byte[] key = utf8("AWS4" + credentials.secretAccessKey());
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    String authorization =
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(credentials.accessKeyId(), scope, names, hex(hmac(key, toSign)));
    return Map.of(
        "Content-Type", "application/x-amz-json-1.0",
        "X-Amz-Date", stamp,
        "X-Amz-Target", target,
        "Authorization", authorization);
  }

  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] b) {
    return HexFormat.of().formatHex(b);
  }

  private static byte[] sha256(byte[] b) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(b);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
