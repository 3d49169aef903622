package dev.partita.e2e.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What the processes of a test have in common.
public final class Jvm {

  private Jvm() {}

  /// The `java` that runs this test.
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// The checkout's root: the folder with the launcher.
  public static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("storage-pod"))) {
      at = at.getParent();
    }
    if (at == null) {
      throw new IllegalStateException("not inside a checkout: " + Path.of("").toAbsolutePath());
    }
    return at;
  }

  /// A loopback port that was free a moment ago.
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }

  /// Whether nothing listens on a loopback port now.
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  public static URI loopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// Waits until something listens.
  ///
  /// @throws IllegalStateException if the process ended first or the time is over
  public static void awaitPort(Process process, int port, Duration limit, Path log)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "process ended with " + process.exitValue() + " before it listened, see " + log);
      }
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return;
      } catch (IOException notYet) {
        Thread.sleep(20);
      }
    }
    end(process);
    throw new IllegalStateException(
        "nothing listens on " + port + " after " + limit + ", see " + log);
  }

  /// Ends a process that this JVM started, hard.
  public static void end(Process process) {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
