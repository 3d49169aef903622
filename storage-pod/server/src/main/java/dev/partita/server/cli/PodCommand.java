package dev.partita.server.cli;

import dev.partita.cluster.PodAddress;
import dev.partita.cluster.PodConfig;
import dev.partita.cluster.PodLimits;
import dev.partita.server.http.HttpLimits;
import dev.partita.server.log.Logs;
import dev.partita.server.pod.PodSource;
import dev.partita.server.pod.PodsFile;
import dev.partita.server.pod.ServingPod;
import dev.partita.server.pod.ServingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `partita pod`: one storage pod of a cluster.
@Command(
    name = "pod",
    description = "Runs one storage pod of a cluster.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PodCommand implements Callable<Integer> {

  /// With it and the bound on stopping the pod is gone within a minute.
  private static final int MAX_DRAIN_SECONDS = 25;

  @Option(names = "--name", paramLabel = "NAME", description = "This pod's name", required = true)
  String name = "";

  @Option(
      names = "--pods",
      paramLabel = "NAME/ZONE@HOST:PORT",
      description =
          "Every pod of the cluster, this one too, with the port of its peer traffic; the same list"
              + " on every pod",
      split = ",")
  List<String> pods = List.of();

  @Option(
      names = "--pods-file",
      paramLabel = "FILE",
      description =
          "The same list in a file, one pod a line, '#' begins a comment; waits until the file is"
              + " there and names this pod")
  @Nullable Path podsFile;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "The cluster's name (default: ${DEFAULT-VALUE})",
      defaultValue = "partita")
  String cluster = "partita";

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "This pod's own folder",
      required = true)
  Path data = Path.of("data");

  @Option(
      names = "--tls",
      paramLabel = "FOLDER",
      description = "tls.crt and tls.key for the port for requests; changes are followed")
  @Nullable Path tls;

  @Option(
      names = "--internal-tls",
      paramLabel = "FOLDER",
      description =
          "tls.crt, tls.key and ca.crt for the other pods and the admin port; changes are followed")
  @Nullable Path internalTls;

  @Option(
      names = "--memory",
      paramLabel = "BYTES",
      description =
          "What the process may use in all, for example 1Gi; caches and buffers get their shares"
              + " of it (default: fixed small sizes)")
  @Nullable String memory;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      description =
          "How long to go on as before, but not ready, when asked to stop (default:"
              + " ${DEFAULT-VALUE}; at most "
              + MAX_DRAIN_SECONDS
              + ")",
      defaultValue = "0")
  int drainSeconds;

  @Mixin ServingOptions serving = new ServingOptions();

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Logs.setUp(serving.debug ? Logs.Detail.DEBUG : Logs.Detail.CLUSTER);
    if (drainSeconds < 0 || drainSeconds > MAX_DRAIN_SECONDS) {
      throw new UserError(
          UserError.USAGE, "--drain: 0 to " + MAX_DRAIN_SECONDS + " seconds, not " + drainSeconds);
    }
    @Nullable MemorySplit split = memory == null ? null : MemorySplit.of(memory);
    PodSource source =
        source(split == null ? PodLimits.DEFAULT : split.limits(Runtime.getRuntime().maxMemory()));
    if (split != null) {
      split.apply();
    }
    ServingSettings plain = serving.settings(source, serving.access.keys(data));
    ServingSettings settings =
        new ServingSettings(
            plain.pod(),
            plain.host(),
            plain.port(),
            plain.adminPort(),
            plain.region(),
            plain.access(),
            tls,
            internalTls,
            split == null
                ? HttpLimits.standard()
                : MemorySplit.httpLimits(Runtime.getRuntime().maxMemory()));
    return Serving.pod(settings, Duration.ofSeconds(drainSeconds), this::tell);
  }

  private void tell(ServingPod pod) {
    if (spec != null) {
      spec.commandLine()
          .getOut()
          .printf(
              "pod %s serves %s, admin %s%n",
              name,
              Banner.url(tls != null, serving.host, pod.port()),
              Banner.url(internalTls != null, serving.host, pod.adminPort()));
    }
  }

  private PodSource source(PodLimits limits) {
    Path file = podsFile;
    if ((file == null) == pods.isEmpty()) {
      throw new UserError(UserError.USAGE, "give one of --pods and --pods-file");
    }
    if (file != null) {
      return new PodSource.Awaited(new PodsFile(file, name, known -> config(known, limits)));
    }
    try {
      return new PodSource.Known(config(pods.stream().map(PodsFile::address).toList(), limits));
    } catch (IllegalArgumentException e) {
      throw new UserError(UserError.USAGE, "--pods: " + e.getMessage());
    }
  }

  private PodConfig config(List<PodAddress> known, PodLimits limits) {
    return new PodConfig(cluster, name, data, serving.host, known, limits);
  }
}
