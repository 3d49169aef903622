package dev.partita.kube.cli;

import dev.partita.kube.TestCluster;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "api",
    description = "Kill the API server, or start it again. Pods run on meanwhile.",
    mixinStandardHelpOptions = true)
final class ApiCommand implements Callable<Integer> {

  enum Verb {
    stop,
    start
  }

  @ParentCommand private KubeCommand kube = new KubeCommand();

  @Parameters(paramLabel = "stop|start")
  private Verb verb = Verb.start;

  @Override
  public Integer call() {
    TestCluster cluster = kube.cluster();
    switch (verb) {
      case stop -> cluster.stopApi();
      case start -> cluster.startApi();
    }
    return 0;
  }
}
