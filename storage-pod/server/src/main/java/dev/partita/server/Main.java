package dev.partita.server;

import dev.partita.server.cli.CommandLineInterface;
import dev.partita.server.log.Logs;

/// Where the process starts.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Logs.chooseManager();
    System.exit(CommandLineInterface.run(args, System.out, System.err));
  }
}
