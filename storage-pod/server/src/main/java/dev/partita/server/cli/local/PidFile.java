package dev.partita.server.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Remembers a process by its id and the time it started, because the system gives ids away again:
/// a process that has the id and another start is somebody else's, and is left alone.
final class PidFile {

  /// The system derives a start from ticks since boot, so it may come out a little different when
  /// the clock is corrected. Ids come round again far slower.
  private static final Duration TOLERANCE = Duration.ofSeconds(3);

  private PidFile() {}

  static void write(Path file, ProcessHandle process) throws IOException {
    Instant start = process.info().startInstant().orElseGet(Instant::now);
    Files.writeString(file, process.pid() + " " + start.toEpochMilli() + "\n");
  }

  /// The process, if it still runs.
  static Optional<ProcessHandle> find(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String[] parts = Files.readString(file).strip().split(" ", -1);
    try {
      long pid = Long.parseLong(parts[0]);
      Instant start = Instant.ofEpochMilli(Long.parseLong(parts[1]));
      return ProcessHandle.of(pid).filter(p -> p.isAlive() && startedAt(p, start));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException(file + " does not hold a process id and its start", e);
    }
  }

  private static boolean startedAt(ProcessHandle process, Instant start) {
    return process
        .info()
        .startInstant()
        .map(actual -> Duration.between(actual, start).abs().compareTo(TOLERANCE) <= 0)
        .orElse(false);
  }
}
