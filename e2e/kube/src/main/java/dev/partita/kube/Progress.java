package dev.partita.kube;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Hears what a long piece of work is at.
@FunctionalInterface
public interface Progress {

  /// One step is done, or one sentence of news.
  void say(String line);

  /// Tells nobody.
  static Progress silent() {
    return _ -> {};
  }

  /// One line per step, with the seconds since now.
  static Progress to(PrintStream out) {
    long start = System.nanoTime();
    return line -> {
      Duration since = Duration.ofNanos(System.nanoTime() - start);
      out.printf(Locale.ROOT, "%6.1f s  %s%n", since.toMillis() / 1000.0, line);
      out.flush();
    };
  }
}
