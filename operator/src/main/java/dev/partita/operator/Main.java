package dev.partita.operator;

import dev.partita.logging.Logging;
import dev.partita.operator.log.Logs;
import dev.partita.operator.table.Farewell;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the process starts: without arguments as the operator, with `farewell` to let go of what
/// the operator holds, when it is uninstalled.
public final class Main {

  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;

  private Main() {}

  public static void main(String[] args) {
    Logging.chooseManager();
    Logs.setUp("true".equals(System.getenv("PARTITA_DEBUG")));
    Logger log = LoggerFactory.getLogger(Main.class);
    List<String> words = List.of(args);
    try {
      Settings settings = Settings.of(System.getenv());
      if (words.isEmpty()) {
        OperatorProcess.start(settings);
      } else if (words.equals(List.of("farewell"))) {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
          Farewell.letGo(client, settings.watchNamespaces());
        }
      } else {
        System.err.println("partita-operator takes no arguments, or 'farewell'; not " + words);
        System.exit(EXIT_USAGE);
      }
    } catch (IllegalArgumentException e) {
      log.error("cannot start: {}", e.getMessage());
      System.exit(EXIT_FAILED);
    } catch (IOException | RuntimeException e) {
      // Other threads are running already, and would keep a process that does nothing alive.
      log.error("cannot start", e);
      System.exit(EXIT_FAILED);
    }
  }
}
