package dev.partita.operator;

import dev.partita.operator.log.Logs;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the process starts.
public final class Main {

  private static final int EXIT_NOT_STARTED = 1;

  private Main() {}

  public static void main(String[] args) {
    Logs.chooseManager();
    Logs.setUp("true".equals(System.getenv("PARTITA_DEBUG")));
    Logger log = LoggerFactory.getLogger(Main.class);
    try {
      OperatorProcess.start(Settings.of(System.getenv()));
    } catch (IllegalArgumentException e) {
      log.error("the operator does not start: {}", e.getMessage());
      System.exit(EXIT_NOT_STARTED);
    } catch (IOException | RuntimeException e) {
      // Other threads are running already, and would keep a process that does nothing alive.
      log.error("the operator does not start", e);
      System.exit(EXIT_NOT_STARTED);
    }
  }
}
