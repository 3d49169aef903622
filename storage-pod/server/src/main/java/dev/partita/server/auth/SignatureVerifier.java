package dev.partita.server.auth;

import dev.partita.model.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Verifies AWS signature version 4. An instance belongs to one event loop: it reuses its digests
/// and keeps derived signing keys. Checks run in the service's order, so that a request with
/// several faults gets the same answer.
public final class SignatureVerifier implements Authenticator {

  /// How far a client's clock may be off, in seconds.
  static final long MAX_SKEW_SECONDS = 15 * 60;

  /// Derived signing keys that are kept; the eldest goes.
  static final int MAX_SIGNING_KEYS = 1_024;

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String HMAC = "HmacSHA256";
  private static final String SERVICE = "dynamodb";
  private static final String TERMINATOR = "aws4_request";
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final CredentialStore credentials;
  private final @Nullable String requiredRegion;
  private final InstantSource clock;
  private final MessageDigest sha256;
  private final CanonicalRequest canonical = new CanonicalRequest();
  private final SigningTimes times = new SigningTimes();
  private final Map<String, SigningKey> signingKeys =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SigningKey> eldest) {
          return size() > MAX_SIGNING_KEYS;
        }
      };

  /// @param credentials where secret keys are found
  /// @param requiredRegion the region that requests must be signed for; null for any
  /// @param clock against which dates are checked
  public SignatureVerifier(
      CredentialStore credentials, @Nullable String requiredRegion, InstantSource clock) {
    this.credentials = credentials;
    this.requiredRegion = requiredRegion;
    this.clock = clock;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String authenticate(RequestHead head, byte[] body) {
    Claim claim = Claim.of(head);
    SigningTimes.Time time = times.parse(claim.date());
    checkTime(claim, time);
    if (!names(claim.signedHeaders(), "host")) {
      throw AuthErrors.hostNotSigned();
    }
    if (!claim.algorithm().equals(ALGORITHM)) {
      throw AuthErrors.badAlgorithm(claim.algorithm());
    }
    SigningKey known = signingKeys.get(claim.credential());
    Scope scope = known != null ? known.scope : Scope.parse(claim.credential());
    scope.check(time, requiredRegion);
    SecretKey key = credentials.find(scope.accessKeyId());
    if (key == null) {
      throw AuthErrors.unrecognized();
    }
    if (known == null || !known.key.equals(key)) {
      known = new SigningKey(scope, key);
      signingKeys.put(claim.credential(), known);
    }
    if (!isSignatureRight(claim, time, head, body, known)) {
      throw AuthErrors.mismatch();
    }
    checkSessionToken(claim, key);
    return key.principal();
  }

  int keptSigningKeys() {
    return signingKeys.size();
  }

  private void checkTime(Claim claim, SigningTimes.Time time) {
    long now = clock.instant().getEpochSecond();
    if (time.epochSecond() < now - claim.expiresSeconds()) {
      throw AuthErrors.expired(
          time.basic(),
          SigningTimes.format(now - claim.expiresSeconds()),
          SigningTimes.format(now),
          claim.expiresSeconds() / 60);
    }
    if (time.epochSecond() > now + MAX_SKEW_SECONDS) {
      throw AuthErrors.notYet(
          time.basic(),
          SigningTimes.format(now + MAX_SKEW_SECONDS),
          SigningTimes.format(now),
          MAX_SKEW_SECONDS / 60);
    }
  }

  private static void checkSessionToken(Claim claim, SecretKey key) {
    String sent = claim.sessionToken();
    String expected = key.sessionToken();
    boolean right =
        (sent == null || expected == null)
            ? sent == null && expected == null
            : MessageDigest.isEqual(
                sent.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    if (!right) {
      throw AuthErrors.unrecognized();
    }
  }

  private boolean isSignatureRight(
      Claim claim, SigningTimes.Time time, RequestHead head, byte[] body, SigningKey key) {
    byte[] bodyHash = hex(sha256.digest(body));
    canonical.build(head, claim.signedHeaders(), claim.inQuery(), bodyHash);
    sha256.update(canonical.octets(), 0, canonical.length());
    byte[] requestHash = hex(sha256.digest());
    Mac mac = key.mac;
    mac.update(key.prefix);
    mac.update(time.basicOctets());
    mac.update(key.middle);
    mac.update(requestHash);
    byte[] expected = hex(mac.doFinal());
    return MessageDigest.isEqual(expected, claim.signature().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean names(String signedHeaders, String name) {
    int from = 0;
    while (from <= signedHeaders.length()) {
      int semicolon = signedHeaders.indexOf(';', from);
      int to = semicolon < 0 ? signedHeaders.length() : semicolon;
      if (to - from == name.length()
          && signedHeaders.regionMatches(true, from, name, 0, name.length())) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }

  private static byte[] hex(byte[] bytes) {
    byte[] digits = new byte[bytes.length * 2];
    for (int i = 0; i < bytes.length; i++) {
      digits[2 * i] = HEX[(bytes[i] >> 4) & 0xf];
      digits[2 * i + 1] = HEX[bytes[i] & 0xf];
    }
    return digits;
  }

  /// The five parts of a credential: `keyid/date/region/service/aws4_request`.
  private record Scope(
      String accessKeyId, String date, String region, String service, String terminator) {

    static Scope parse(String credential) {
      int end = credential.length();
      while (end > 0 && credential.charAt(end - 1) == '/') {
        end--;
      }
      String[] parts = credential.substring(0, end).split("/", -1);
      if (parts.length != 5) {
        throw AuthErrors.badCredential(credential);
      }
      return new Scope(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    /// @throws ApiException with one sentence per part that is wrong
    void check(SigningTimes.Time time, @Nullable String requiredRegion) {
      boolean regionRight =
          requiredRegion == null ? !region.isEmpty() : region.equals(requiredRegion);
      if (regionRight
          && service.equals(SERVICE)
          && terminator.equals(TERMINATOR)
          && date.equals(time.day())) {
        return;
      }
      StringBuilder text = new StringBuilder();
      if (!regionRight) {
        text.append("Credential should be scoped to a valid region, not '")
            .append(region)
            .append("'. ");
      }
      if (!service.equals(SERVICE)) {
        text.append("Credential should be scoped to correct service: 'dynamodb'. ");
      }
      if (!terminator.equals(TERMINATOR)) {
        text.append("Credential should be scoped with a valid terminator: 'aws4_request', not '")
            .append(terminator)
            .append("'. ");
      }
      if (!date.equals(time.day())) {
        text.append("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of ")
            .append("date from HTTP: '")
            .append(date)
            .append("' != '")
            .append(time.day())
            .append("', from '")
            .append(time.basic())
            .append("'.");
      }
      throw AuthErrors.invalid(text.toString());
    }

    String text() {
      return date + "/" + region + "/" + service + "/" + terminator;
    }
  }

  /// A derived key in a Mac that is ready for the next request.
  private static final class SigningKey {
    final Scope scope;
    final SecretKey key;
    final Mac mac;
    final byte[] prefix = (ALGORITHM + "\n").getBytes(StandardCharsets.US_ASCII);
    final byte[] middle;

    SigningKey(Scope scope, SecretKey key) {
      this.scope = scope;
      this.key = key;
      this.middle = ("\n" + scope.text() + "\n").getBytes(StandardCharsets.UTF_8);
      byte[] derived = ("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8);
      derived = hmac(derived).doFinal(scope.date().getBytes(StandardCharsets.UTF_8));
      derived = hmac(derived).doFinal(scope.region().getBytes(StandardCharsets.UTF_8));
      derived = hmac(derived).doFinal(scope.service().getBytes(StandardCharsets.UTF_8));
      derived = hmac(derived).doFinal(scope.terminator().getBytes(StandardCharsets.UTF_8));
      this.mac = hmac(derived);
    }

    private static Mac hmac(byte[] key) {
      try {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + HMAC, e);
      }
    }
  }
}
