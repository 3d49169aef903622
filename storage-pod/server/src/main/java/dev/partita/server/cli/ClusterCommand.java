package dev.partita.server.cli;

import dev.partita.server.cli.local.ClusterSettings;
import dev.partita.server.cli.local.LocalCluster;
import dev.partita.server.cli.local.LocalPod;
import dev.partita.server.cli.local.Readiness;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// `partita cluster`: three pods on this machine, to see what replication does.
@Command(
    name = "cluster",
    description = {
      "Runs three storage pods on this machine, in three made-up zones.",
      "They go on in the background; every pod answers for every table.",
      "Without a verb of its own it starts what does not run.",
      "What no option says is as it was at the last start; keys are kept in the folder."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ClusterCommand implements Callable<Integer> {

  /// A pod that is not ready after this has a problem that waiting does not solve.
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final int DEFAULT_BASE_PORT = 8001;

  private static final ClusterSettings DEFAULTS =
      new ClusterSettings(DEFAULT_BASE_PORT, AccessOptions.DEFAULT_REGION, true);

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "One folder for all three pods (default: ${DEFAULT-VALUE})",
      defaultValue = "data/cluster",
      scope = ScopeType.INHERIT)
  Path data = Path.of("data/cluster");

  @Option(
      names = "--base-port",
      paramLabel = "PORT",
      description =
          "First port for requests; the pods take this and the next two, plus 100 for the admin"
              + " port and plus 200 for peers (default: "
              + DEFAULT_BASE_PORT
              + ")",
      scope = ScopeType.INHERIT)
  @Nullable Integer basePort;

  @Option(
      names = "--auth",
      description = "Check signatures again, after a start with --no-auth",
      scope = ScopeType.INHERIT)
  boolean auth;

  @Mixin AccessOptions access = new AccessOptions();

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return start(null);
  }

  @Command(name = "start", description = "Starts the pods that do not run, or one of them.")
  int start(
      @Parameters(arity = "0..1", paramLabel = "N", description = "1, 2 or 3")
          @Nullable Integer number)
      throws InterruptedException {
    try {
      ClusterSettings.Wish wish = wish();
      LocalCluster cluster =
          number == null ? LocalCluster.openOrCreate(data, DEFAULTS, wish) : existing();
      cluster.check(wish);
      // One pod of a cluster has the keys of the others, whatever this shell's environment says.
      AccessOptions.Keys keys =
          cluster.auth()
              ? AccessOptions.Keys.of(
                  cluster.keys(access.given(number == null)), cluster.credentials())
              : AccessOptions.Keys.of(List.of(), null);
      List<LocalPod> pods = number == null ? cluster.pods() : List.of(pod(cluster, number));
      List<ProcessHandle> processes = new ArrayList<>();
      for (LocalPod pod : pods) {
        processes.add(cluster.start(pod));
      }
      for (int i = 0; i < pods.size(); i++) {
        if (!Readiness.await(pods.get(i), processes.get(i), START_LIMIT)) {
          throw new UserError(
              UserError.CANNOT,
              pods.get(i).name() + " is not ready after " + START_LIMIT.toSeconds() + " s");
        }
      }
      if (number == null) {
        print(cluster, keys);
      } else {
        out().println(pods.getFirst().name() + " serves " + pods.getFirst().endpoint());
      }
      return 0;
    } catch (IOException e) {
      throw new UserError(UserError.CANNOT, Problems.text(e));
    }
  }

  private ClusterSettings.Wish wish() {
    if (auth && access.noAuth) {
      throw new UserError(UserError.USAGE, "--auth and --no-auth exclude each other");
    }
    Integer port = basePort;
    if (port != null) {
      Ports.checked("--base-port", port);
      Ports.checked("--base-port", port + LocalCluster.PODS + Ports.PEER_OFFSET);
    }
    return new ClusterSettings.Wish(
        port, access.region, (auth || access.noAuth) ? Boolean.valueOf(auth) : null);
  }

  @Command(name = "stop", description = "Stops all pods, or one of them.")
  int stop(
      @Parameters(arity = "0..1", paramLabel = "N", description = "1, 2 or 3")
          @Nullable Integer number)
      throws InterruptedException {
    try {
      LocalCluster cluster = existing();
      for (LocalPod pod : number == null ? cluster.pods() : List.of(pod(cluster, number))) {
        out().println(pod.name() + (cluster.stop(pod) ? " stopped" : " did not run"));
      }
      return 0;
    } catch (IOException e) {
      throw new UserError(UserError.CANNOT, Problems.text(e));
    }
  }

  @Command(name = "kill", description = "Ends one pod as a crash would (kill -9).")
  int kill(@Parameters(paramLabel = "N", description = "1, 2 or 3") int number)
      throws InterruptedException {
    try {
      LocalCluster cluster = existing();
      LocalPod pod = pod(cluster, number);
      if (!cluster.kill(pod)) {
        throw new UserError(UserError.CANNOT, pod.name() + " does not run");
      }
      out().println(pod.name() + " killed; 'cluster start " + number + "' brings it back");
      return 0;
    } catch (IOException e) {
      throw new UserError(UserError.CANNOT, Problems.text(e));
    }
  }

  @Command(name = "status", description = "Shows which pods run and which are ready.")
  int status() {
    try {
      LocalCluster cluster = existing();
      for (LocalPod pod : cluster.pods()) {
        Optional<ProcessHandle> process = cluster.process(pod);
        String state =
            process.isEmpty() ? "stopped" : Readiness.of(pod) ? "ready" : "running, not ready";
        out()
            .printf(
                "%-6s %-7s %-22s %-19s %s%n",
                pod.name(),
                pod.zone(),
                pod.endpoint(),
                state,
                process.map(p -> "pid " + p.pid()).orElse(""));
      }
      return 0;
    } catch (IOException e) {
      throw new UserError(UserError.CANNOT, Problems.text(e));
    }
  }

  private LocalCluster existing() throws IOException {
    return LocalCluster.open(data)
        .orElseThrow(
            () ->
                new UserError(
                    UserError.CANNOT,
                    "there is no cluster in " + data + "; 'cluster start' makes one"));
  }

  private static LocalPod pod(LocalCluster cluster, int number) {
    if (number < 1 || number > LocalCluster.PODS) {
      throw new UserError(UserError.USAGE, "there is no pod " + number + ": it is 1, 2 or 3");
    }
    return cluster.pod(number);
  }

  private void print(LocalCluster cluster, AccessOptions.Keys keys) {
    PrintWriter out = out();
    out.println();
    out.println("Three storage pods serve; every one answers for every table.");
    out.println();
    for (LocalPod pod : cluster.pods()) {
      Banner.row(out, "endpoint", pod.endpoint() + "  (" + pod.name() + ", " + pod.zone() + ")");
    }
    Banner.credentials(out, keys.keys(), keys);
    Banner.row(out, "region", cluster.region());
    Banner.row(out, "data", data.toAbsolutePath().normalize().toString());
    Banner.paste(out, keys.keys(), cluster.region(), cluster.pod(1).endpoint());
    out.println("Go on with: ./partita cluster status | kill 2 | start 2 | stop");
    out.flush();
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
