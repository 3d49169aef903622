package dev.partita.bench;

import dev.partita.e2e.process.DynamoDbLocal;
import dev.partita.e2e.process.PartitaDev;
import dev.partita.e2e.wire.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./partita bench`: the figures that the project promises, as ratios measured in one run.
@Command(
    name = "bench",
    description = "Measures Partita against other servers on this machine, round by round.",
    mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {

  @Option(
      names = "--rounds",
      description = "Alternating rounds per line (default: ${DEFAULT-VALUE})",
      defaultValue = "5")
  private int rounds;

  @Option(
      names = "--seconds",
      description = "Length of one round per server (default: ${DEFAULT-VALUE})",
      defaultValue = "5")
  private int seconds;

  @Option(
      names = "--only",
      description = "Suites to run: node, floor, cluster (default: all)",
      split = ",",
      defaultValue = "node,floor,cluster")
  private List<String> suites = List.of();

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path scratch = Files.createTempDirectory("partita-bench");
    Comparison comparison = new Comparison(rounds, seconds, System.out);
    System.out.println("Figures are minimum / median / maximum over " + rounds + " rounds.");
    System.out.println();
    if (suites.contains("node")) {
      node(comparison, scratch);
    }
    return 0;
  }

  private static void node(Comparison comparison, Path scratch) throws Exception {
    try (PartitaDev dev = PartitaDev.start(scratch.resolve("dev"), scratch.resolve("dev.log"));
        DynamoDbLocal local = DynamoDbLocal.start(scratch)) {
      Target ours = dev(dev);
      Target theirs =
          new Target(
              "DynamoDB Local, in memory",
              local.endpoint(),
              new Credentials("local", "local"),
              PartitaDev.REGION,
              List.of(local.pid()));
      long idle = ours.residentMegabytes();
      ours.load();
      theirs.load();
      Comparison.header(System.out);
      for (int connections : new int[] {64, 16}) {
        for (Workload workload :
            List.of(Workload.gets(), Workload.strongGets(), Workload.puts(), Workload.adds())) {
          comparison.run(workload, ours, theirs, connections);
        }
      }
      System.out.println();
      System.out.printf(
          "Resident memory of ours: %d MB idle, %d MB after the load; theirs %d MB%n",
          idle, ours.residentMegabytes(), theirs.residentMegabytes());
    }
  }

  static Target dev(PartitaDev dev) throws IOException {
    return new Target(
        "partita dev",
        dev.endpoint(),
        PartitaDev.CREDENTIALS,
        PartitaDev.REGION,
        List.of(dev.pid()));
  }
}
