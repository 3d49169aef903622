package dev.partita.server.cli;

import dev.partita.cluster.PodConfig;
import dev.partita.server.log.Logs;
import dev.partita.server.pod.PodSource;
import dev.partita.server.pod.ServingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `partita dev`: the whole database in one process, for laptops and tests.
@Command(
    name = "dev",
    description = {
      "Serves the DynamoDB API from one process.",
      "Every acknowledged write is on disk; start it again with the same folder and go on."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DevCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where data is kept (default: ${DEFAULT-VALUE})",
      defaultValue = "data")
  Path data = Path.of("data");

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description =
          "DynamoTable manifests to apply at the start and whenever the file changes; may be given"
              + " several times")
  List<Path> manifests = List.of();

  @Mixin ServingOptions serving = new ServingOptions();

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Logs.setUp(serving.debug ? Logs.Detail.DEBUG : Logs.Detail.ALONE);
    AccessOptions.Keys keys = serving.access.keys(data);
    ServingSettings settings =
        serving.settings(new PodSource.Known(PodConfig.embedded(data)), keys);
    return Serving.alone(
        settings,
        data,
        manifests,
        pod -> {
          if (spec != null) {
            Banner.dev(spec.commandLine().getOut(), settings, data, pod, keys);
          }
        });
  }
}
