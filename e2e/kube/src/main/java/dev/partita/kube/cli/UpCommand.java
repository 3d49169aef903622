package dev.partita.kube.cli;

import dev.partita.kube.Progress;
import dev.partita.kube.TestCluster;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "up",
    description = {
      "Bring the cluster up: three Ready nodes, one in each of the zones a, b and c.",
      "What it needs is built or installed first, which takes minutes the first time."
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  @ParentCommand private KubeCommand kube = new KubeCommand();

  @Option(
      names = "--use-kubeconfig",
      description = {
        "Use the cluster that KUBECONFIG or ~/.kube/config leads to instead of making one.",
        "It is only checked; its zones cannot be lost, nor images loaded."
      })
  private boolean given;

  @Override
  public Integer call() {
    TestCluster cluster = given ? kube.givenCluster() : kube.cluster();
    cluster.up(Progress.to(System.out));
    System.out.println();
    System.out.println("  export KUBECONFIG=" + cluster.kubeconfig());
    System.out.println("  ./partita kube kubectl get nodes");
    System.out.println("  ./partita kube down          when you are done");
    return 0;
  }
}
