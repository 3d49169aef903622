package dev.partita.e2e.witness;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program in the witness image.
@Command(
    name = "witness",
    description = "Clients that a test runs inside the cluster.",
    subcommands = {RegistersCommand.class, ApplicationCommand.class},
    mixinStandardHelpOptions = true)
public final class Witness {

  private Witness() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Witness()).execute(args));
  }
}
