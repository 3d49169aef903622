package dev.partita.kube.cli;

import dev.partita.kube.Progress;
import dev.partita.kube.tools.ToolCache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Unmatched;

@Command(name = "helm", description = "Run Helm against the cluster.")
final class HelmCommand implements Callable<Integer> {

  @ParentCommand private KubeCommand kube = new KubeCommand();
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    var helm = ToolCache.ofUser().helm(Progress.to(System.err));
    return Tool.run(helm, kube.cluster().kubeconfig(), arguments);
  }
}
