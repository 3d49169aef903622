package dev.partita.testing.apiserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that ends when this JVM does, even if the JVM is killed: a shell that holds the other
/// end of a pipe stands between, and ends the program when the pipe closes.
final class Child implements AutoCloseable {

  private static final String UNTIL_EOF =
      "\"$@\" </dev/null & child=$!; trap '' TERM INT; read -r _; kill \"$child\"; wait \"$child\"";

  private static final Duration MAX_END = Duration.ofSeconds(10);

  private static final int LOG_TAIL_CHARS = 4_000;

  private final Process shell;
  private final Path log;

  private Child(Process shell, Path log) {
    this.shell = shell;
    this.log = log;
  }

  static Child start(Path log, List<String> command) throws IOException {
    List<String> all = new ArrayList<>(List.of("sh", "-c", UNTIL_EOF, "sh"));
    all.addAll(command);
    Process shell =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Child(shell, log);
  }

  /// What it said last, for messages.
  String tail() {
    try {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - LOG_TAIL_CHARS));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /// Whether the program itself, not only the shell, is there.
  boolean isAlive() {
    return shell.children().findAny().isPresent();
  }

  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      if (shell.waitFor(MAX_END.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (IOException e) {
      // The pipe is gone, and with it the reason to be polite.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
  }
}
