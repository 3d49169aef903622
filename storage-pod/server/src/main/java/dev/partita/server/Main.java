package dev.partita.server;

import dev.partita.logging.Logging;
import dev.partita.server.cli.CommandLineInterface;
import java.security.Security;

/// Where the process starts.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // Pods come back with other addresses under their old names, and names appear late: the JDK
    // would remember what it was told for half a minute, and that there was nothing for ten
    // seconds.
    Security.setProperty("networkaddress.cache.ttl", "1");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    Logging.chooseManager();
    System.exit(CommandLineInterface.run(args, System.out, System.err));
  }
}
