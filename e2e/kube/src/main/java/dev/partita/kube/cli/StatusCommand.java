package dev.partita.kube.cli;

import dev.partita.kube.ClusterStatus;
import dev.partita.kube.TestCluster;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "status",
    description = "Show whether the cluster is up, and its nodes. Exit code 0 if it is up, else 1.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @ParentCommand private KubeCommand kube = new KubeCommand();

  @Override
  public Integer call() {
    TestCluster cluster = kube.cluster();
    ClusterStatus status = cluster.status();
    String how =
        switch (status.state()) {
          case ABSENT -> "there is no cluster";
          case UNFINISHED -> "unfinished: 'up' is at work or was ended; 'down' removes it";
          case UP -> status.api() ? "up" : "up, but the API server does not answer";
        };
    System.out.println(how + " (" + status.what() + ")");
    for (ClusterStatus.Node node : status.nodes()) {
      System.out.printf(
          "  %-28s zone %-10s %-9s %s%n",
          node.name(), node.zone(), node.ready() ? "Ready" : "NotReady", node.note());
    }
    if (status.state() == ClusterStatus.State.UP) {
      System.out.println("  export KUBECONFIG=" + cluster.kubeconfig());
    }
    return status.state() == ClusterStatus.State.UP ? 0 : KubeCommand.FAILED;
  }
}
