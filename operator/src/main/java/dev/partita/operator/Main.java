package dev.partita.operator;

import dev.partita.operator.log.Logs;
import java.io.IOException;

/// Where the process starts.
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    Logs.chooseManager();
    Logs.setUp("true".equals(System.getenv("PARTITA_DEBUG")));
    OperatorProcess.start(Settings.of(System.getenv()));
  }
}
