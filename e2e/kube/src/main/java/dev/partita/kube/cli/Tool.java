package dev.partita.kube.cli;

import dev.partita.kube.ClusterException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program that takes over the terminal, with the cluster's kubeconfig.
final class Tool {

  private Tool() {}

  /// @return its exit code
  static int run(Path program, Path kubeconfig, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(program.toString()));
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new ClusterException("cannot run " + program + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted", e);
    }
  }
}
