package dev.partita.operator.cluster.certificates;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/// The operator's own access key in a cluster.
record OperatorKey(String id, String secret) {

  private static final String ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ID_CHARS = 13;
  private static final int SECRET_BYTES = 30;
  private static final SecureRandom RANDOM = new SecureRandom();

  /// The one in a Secret, else a new one.
  static OperatorKey of(Map<String, String> texts) {
    String id = texts.get("accessKeyId");
    String secret = texts.get("secretAccessKey");
    return id == null || secret == null ? create() : new OperatorKey(id, secret);
  }

  private static OperatorKey create() {
    StringBuilder id = new StringBuilder("PARTITA");
    for (int i = 0; i < ID_CHARS; i++) {
      id.append(ID_LETTERS.charAt(RANDOM.nextInt(ID_LETTERS.length())));
    }
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return new OperatorKey(id.toString(), Base64.getEncoder().encodeToString(secret));
  }

  Map<String, String> data() {
    return Map.of("accessKeyId", id, "secretAccessKey", secret);
  }

  /// In the format of the AWS tools.
  String credentialsFile() {
    return "[operator]\naws_access_key_id = " + id + "\naws_secret_access_key = " + secret + "\n";
  }

  @Override
  public String toString() {
    return "OperatorKey[" + id + "]";
  }
}
