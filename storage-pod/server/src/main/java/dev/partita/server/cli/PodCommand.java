package dev.partita.server.cli;

import dev.partita.cluster.PodAddress;
import dev.partita.cluster.PodConfig;
import dev.partita.cluster.PodLimits;
import dev.partita.server.log.Logs;
import dev.partita.server.pod.ServingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern PEER =
      Pattern.compile("(?<name>[^/@]+)/(?<zone>[^/@]+)@(?<host>.+):(?<port>[0-9]{1,5})");

  @Option(names = "--name", paramLabel = "NAME", description = "This pod's name", required = true)
  String name = "";

  @Option(
      names = "--pods",
      paramLabel = "NAME/ZONE@HOST:PORT",
      description =
          "Every pod of the cluster, this one too, with the port of its peer traffic; the same list"
              + " on every pod",
      split = ",",
      required = true)
  List<String> pods = List.of();

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

  @Mixin ServingOptions serving = new ServingOptions();

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Logs.setUp(serving.debug ? Logs.Detail.DEBUG : Logs.Detail.CLUSTER);
    ServingSettings settings = serving.settings(config(), serving.access.keys(data));
    return Serving.pod(
        settings,
        pod -> {
          if (spec != null) {
            spec.commandLine()
                .getOut()
                .printf(
                    "pod %s serves %s, admin %s%n",
                    name,
                    Banner.url(serving.host, pod.port()),
                    Banner.url(serving.host, pod.adminPort()));
          }
        });
  }

  private PodConfig config() {
    try {
      return new PodConfig(
          cluster,
          name,
          data,
          serving.host,
          pods.stream().map(PodCommand::address).toList(),
          PodLimits.DEFAULT);
    } catch (IllegalArgumentException e) {
      throw new UserError(UserError.USAGE, "--pods: " + e.getMessage());
    }
  }

  private static PodAddress address(String text) {
    Matcher m = PEER.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("expected NAME/ZONE@HOST:PORT, got '" + text + "'");
    }
    return new PodAddress(
        m.group("name"), m.group("zone"), m.group("host"), Integer.parseInt(m.group("port")));
  }
}
