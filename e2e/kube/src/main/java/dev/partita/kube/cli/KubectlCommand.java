package dev.partita.kube.cli;

import dev.partita.kube.Progress;
import dev.partita.kube.tools.ToolCache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Unmatched;

@Command(name = "kubectl", description = "Run kubectl against the cluster.")
final class KubectlCommand implements Callable<Integer> {

  @ParentCommand private KubeCommand kube = new KubeCommand();
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    var kubectl = ToolCache.ofUser().kubernetes(Progress.to(System.err)).resolve("kubectl");
    return Tool.run(kubectl, kube.cluster().kubeconfig(), arguments);
  }
}
