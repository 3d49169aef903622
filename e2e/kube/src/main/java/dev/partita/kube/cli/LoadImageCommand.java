package dev.partita.kube.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "load-image",
    description = {
      "Make images known to every node.",
      "Pods that use them need imagePullPolicy IfNotPresent or Never."
    },
    mixinStandardHelpOptions = true)
final class LoadImageCommand implements Callable<Integer> {

  @ParentCommand private KubeCommand kube = new KubeCommand();

  @Parameters(
      paramLabel = "TAR",
      arity = "1..*",
      description = "Image as tar file: OCI layout or docker save, as Jib's buildTar makes it.")
  private List<Path> tars = List.of();

  @Override
  public Integer call() {
    kube.cluster().loadImages(tars).forEach(System.out::println);
    return 0;
  }
}
