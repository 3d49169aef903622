package dev.partita.e2e.witness;

import dev.partita.e2e.wire.Credentials;
import dev.partita.e2e.wire.Trust;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// What the Secret of an AccessKey puts into the environment.
final class Surroundings {

  private static final String AUTHORITY = "PARTITA_CA";

  private Surroundings() {}

  static Credentials credentials() {
    return new Credentials(needed("AWS_ACCESS_KEY_ID"), needed("AWS_SECRET_ACCESS_KEY"));
  }

  /// The pod's name.
  static String host() {
    return needed("HOSTNAME");
  }

  static String region() {
    return needed("AWS_REGION");
  }

  /// @return null where the cluster's certificate is one that the JVM trusts anyhow
  static @Nullable SSLContext tls() {
    String pem = System.getenv(AUTHORITY);
    return pem == null ? null : Trust.in(pem);
  }

  /// @return null as {@link #tls}
  static TrustManager @Nullable [] trust() {
    String pem = System.getenv(AUTHORITY);
    return pem == null ? null : Trust.managers(pem);
  }

  /// Prints, once, what the test waits for before it breaks anything.
  static void sayAtWork(AtomicBoolean said) {
    if (said.compareAndSet(false, true)) {
      System.out.println("at work");
    }
  }

  private static String needed(String variable) {
    String value = System.getenv(variable);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException(variable + " is not set");
    }
    return value;
  }
}
