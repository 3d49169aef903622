package dev.partita.kube.cli;

import dev.partita.kube.Progress;
import dev.partita.kube.tools.ToolCache;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "tools",
    description = {
      "Build what is missing of Kubernetes' programs and Helm, and print the folder they are in.",
      "No cluster is needed; tests that need only an API server look there."
    },
    mixinStandardHelpOptions = true)
final class ToolsCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    ToolCache cache = ToolCache.ofUser();
    cache.kubernetes(Progress.to(System.err));
    cache.helm(Progress.to(System.err));
    System.out.println(cache.bin());
    return 0;
  }
}
