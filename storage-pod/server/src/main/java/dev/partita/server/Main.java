package dev.partita.server;

import dev.partita.server.cli.CommandLineInterface;

/// Where the process starts.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(CommandLineInterface.run(args, System.out, System.err));
  }
}
