package dev.partita.kube.cli;

import dev.partita.kube.ClusterStatus;
import dev.partita.kube.TestCluster;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "down",
    description = "End the cluster with all its data and leave nothing of it behind.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  @ParentCommand private KubeCommand kube = new KubeCommand();

  @Override
  public Integer call() {
    TestCluster cluster = kube.cluster();
    boolean none = cluster.status().state() == ClusterStatus.State.ABSENT;
    cluster.down();
    System.out.println(none ? "there is no cluster" : "the cluster is gone");
    return 0;
  }
}
