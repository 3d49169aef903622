package dev.partita.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// What went wrong in a run, so that no figure stands beside failed requests unseen. Used by one
/// thread.
final class Failures {

  private final List<String> said = new ArrayList<>();

  void add(String what) {
    said.add(what);
  }

  /// @param failed how often; nothing is noted for 0
  void count(String where, long failed) {
    if (failed != 0) {
      add(where + ": " + failed + " requests failed or were answered wrong");
    }
  }

  /// @return the exit code: 0 for none
  int report(PrintStream out) {
    said.forEach(what -> out.println("FAILED: " + what));
    return said.isEmpty() ? 0 : 1;
  }
}
