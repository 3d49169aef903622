package dev.partita.testing.apiserver;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// One API server for all tests of this JVM.
public final class ApiServers {

  /// On a busy machine; a start takes a few seconds.
  private static final Duration MAX_START = Duration.ofMinutes(2);

  private static final Duration POLL = Duration.ofMillis(100);

  /// Ports are free when they are chosen, and may be taken before they are bound.
  private static final int MAX_ATTEMPTS = 3;

  private static @Nullable ApiServer shared;

  private ApiServers() {}

  /// Starts it when it is first asked for; it ends with the JVM. Aborts the test with one sentence
  /// where the programs are missing.
  public static synchronized ApiServer shared() {
    if (shared == null) {
      Optional<Binaries> binaries = Binaries.find();
      if (binaries.isEmpty()) {
        System.err.println("SKIPPED: " + Binaries.MISSING);
        Assumptions.abort(Binaries.MISSING);
      }
      shared = start(binaries.orElseThrow());
    }
    return shared;
  }

  private static ApiServer start(Binaries binaries) {
    try {
      IOException last = new IOException("never tried");
      for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        Path folder = Files.createTempDirectory("partita-apiserver");
        Servers servers = Servers.start(binaries, folder);
        Thread end =
            new Thread(
                () -> {
                  servers.close();
                  delete(folder);
                });
        Runtime.getRuntime().addShutdownHook(end);
        try {
          awaitReady(servers);
          return new ApiServer(servers, Kubectl.of(binaries, servers, folder));
        } catch (IOException e) {
          last = e;
          servers.close();
        }
      }
      throw last;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the API server did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the API server started", e);
    }
  }

  private static void awaitReady(Servers servers)
      throws IOException, GeneralSecurityException, InterruptedException {
    long end = System.nanoTime() + MAX_START.toNanos();
    while (System.nanoTime() - end < 0) {
      if (isReady(servers)) {
        return;
      }
      if (!servers.isAlive()) {
        break;
      }
      Thread.sleep(POLL);
    }
    throw new IOException("the API server is not ready\n" + servers.tail());
  }

  private static boolean isReady(Servers servers)
      throws GeneralSecurityException, InterruptedException {
    if (!Files.exists(servers.certificate())) {
      return false;
    }
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(trusting(servers.certificate())).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(servers.url().resolve("/readyz"))
              .header("Authorization", "Bearer " + servers.token())
              .timeout(Duration.ofSeconds(5))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static SSLContext trusting(Path certificate)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int count = 0;
    try (var in = Files.newInputStream(certificate)) {
      for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("apiserver-" + count++, each);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      System.err.println("could not delete " + folder + ": " + e.getMessage());
    }
  }
}
