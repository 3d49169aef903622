package dev.partita.server.admin;

import dev.partita.server.credentials.AccessKey;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.tls.TlsMaterial;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What a pod is and what it uses, as JSON.
final class PodJson {

  /// Enough to tell two secrets apart, too little to find one.
  private static final int FINGERPRINT_BYTES = 8;

  private PodJson() {}

  static byte[] write(PodState pod) {
    JsonBuffer json = new JsonBuffer();
    json.startObject().name("name").string(pod.name());
    String zone = pod.zone();
    if (zone != null) {
      json.name("zone").string(zone);
    }
    json.name("version")
        .string(PodState.version())
        .name("ready")
        .bool(pod.ready())
        .name("draining")
        .bool(pod.draining())
        .name("startedAt")
        .number(pod.startedAt().getEpochSecond())
        .name("accessKeys")
        .startArray();
    for (AccessKey key : pod.keys()) {
      json.startObject()
          .name("id")
          .string(key.id())
          .name("fingerprint")
          .string(fingerprint(key.secret()))
          .endObject();
    }
    json.endArray();
    certificate("tls", pod.tls(), json);
    certificate("internalTls", pod.internalTls(), json);
    return json.endObject().toByteArray();
  }

  private static void certificate(String name, @Nullable TlsMaterial material, JsonBuffer json) {
    if (material != null) {
      json.name(name)
          .startObject()
          .name("serial")
          .string(material.serial())
          .name("notAfter")
          .number(material.notAfter().getEpochSecond())
          .endObject();
    }
  }

  /// The first digits of the secret's SHA-256.
  static String fingerprint(String secret) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
