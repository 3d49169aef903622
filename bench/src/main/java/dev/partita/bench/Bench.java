package dev.partita.bench;

import dev.partita.e2e.process.DynamoDbLocal;
import dev.partita.e2e.process.EtcdCluster;
import dev.partita.e2e.process.JavaProcess;
import dev.partita.e2e.process.PartitaCluster;
import dev.partita.e2e.process.PartitaDev;
import dev.partita.e2e.wire.Credentials;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
      paramLabel = "SUITE",
      description = {
        "Suites to run (default: ${DEFAULT-VALUE}):",
        "node: single items, one node against DynamoDB Local in memory;",
        "floor: GetItem against a bare server that does the least possible;",
        "cluster: three pods against DynamoDB Local and etcd;",
        "pages: Query and BatchWriteItem against DynamoDB Local;",
        "scan: Scan against it; it needs minutes for that;",
        "large: GetItem of 20,000,000 items against 100,000;",
        "ttl: one million expired items go while another table is used."
      },
      split = ",",
      defaultValue = "node,floor,cluster")
  private List<Suite> suites = List.of();

  @Option(
      names = "--items",
      paramLabel = "COUNT",
      description =
          "Items of the table that is scanned (scan: 200,000), read (large: 20,000,000) or"
              + " expires (ttl: 1,000,000)")
  private @Nullable Integer items;

  enum Suite {
    NODE,
    FLOOR,
    CLUSTER,
    PAGES,
    SCAN,
    LARGE,
    TTL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Scratch scratch = new Scratch();
    Failures failures = new Failures();
    PrintStream out = System.out;
    Comparison comparison = new Comparison(rounds, seconds, out, failures);
    out.println("Figures are minimum / median / maximum over " + rounds + " rounds.");
    for (Suite suite : suites) {
      out.println();
      out.println("## " + suite);
      out.println();
      switch (suite) {
        case NODE -> node(comparison, scratch);
        case FLOOR -> floor(comparison, scratch);
        case CLUSTER -> cluster(comparison, scratch);
        case PAGES -> new PagesSuite(scratch, comparison, out).run();
        case SCAN ->
            new ScanSuite(scratch, failures, rounds, items(ScanSuite.SCANNED_ITEMS), out).run();
        case LARGE ->
            new LargeSuite(scratch, failures, rounds, seconds, items(LargeSuite.LARGE_ITEMS), out)
                .run();
        case TTL ->
            new TtlSuite(scratch, failures, rounds, seconds, items(TtlSuite.EXPIRED_ITEMS), out)
                .run();
      }
    }
    int code = failures.report(out);
    if (code == 0) {
      scratch.succeeded();
    }
    return code;
  }

  private int items(int standard) {
    return items == null ? standard : items;
  }

  /// The share of the least possible that a whole GetItem reaches.
  private static void floor(Comparison comparison, Scratch scratch) throws Exception {
    List<String> options =
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx256m");
    try (PartitaDev dev =
            PartitaDev.start(scratch.resolve("dev-floor"), scratch.resolve("dev-floor.log"));
        JavaProcess bare =
            JavaProcess.start(
                scratch.resolve("floor.log"),
                options,
                Floor.class.getName(),
                Files.createDirectory(scratch.resolve("floor")).toString())) {
      Target ours = dev(dev);
      ours.load();
      Target floor =
          new Target(
              "bare Vert.x + JSON + SigV4 + RocksDB",
              List.of(bare.endpoint()),
              PartitaDev.CREDENTIALS,
              PartitaDev.REGION,
              List.of(bare.pid()));
      Comparison.header(System.out);
      comparison.run(Workload.gets(), ours, floor, 64);
      comparison.run(Workload.strongGets(), ours, floor, 64);
      System.out.println();
    }
  }

  /// Three pods against one node in memory, and against three members of etcd.
  private static void cluster(Comparison comparison, Scratch scratch) throws Exception {
    try (PartitaCluster pods =
            PartitaCluster.start(scratch.resolve("pods"), scratch.resolve("pods.log"));
        DynamoDbLocal local = DynamoDbLocal.start(scratch.folder());
        EtcdCluster etcd = EtcdCluster.start(scratch.folder())) {
      Target ours =
          new Target(
              "three pods, durable on a quorum",
              IntStream.range(0, pods.count()).mapToObj(pods::endpoint).toList(),
              PartitaCluster.CREDENTIALS,
              PartitaCluster.REGION,
              pods.pids().stream().flatMap(Optional::stream).toList());
      Target theirs = local(local);
      Target keys =
          new Target(
              "etcd, three members",
              etcd.endpoints(),
              new Credentials("none", "none"),
              PartitaDev.REGION,
              List.of());
      ours.load();
      theirs.load();
      Comparison.header(System.out);
      comparison.run(Workload.puts(), ours, theirs, 64);
      comparison.run(Workload.puts(), Workload.etcdPuts(), ours, keys, 64);
      System.out.println();
    }
  }

  private static void node(Comparison comparison, Scratch scratch) throws Exception {
    try (PartitaDev dev = PartitaDev.start(scratch.resolve("dev"), scratch.resolve("dev.log"));
        DynamoDbLocal local = DynamoDbLocal.start(scratch.folder())) {
      Target ours = dev(dev);
      Target theirs = local(local);
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

  static Target local(DynamoDbLocal local) {
    return new Target(
        "DynamoDB Local, in memory",
        List.of(local.endpoint()),
        new Credentials("local", "local"),
        PartitaDev.REGION,
        List.of(local.pid()));
  }

  static Target dev(PartitaDev dev) throws IOException {
    return new Target(
        "partita dev",
        List.of(dev.endpoint()),
        PartitaDev.CREDENTIALS,
        PartitaDev.REGION,
        List.of(dev.pid()));
  }
}
