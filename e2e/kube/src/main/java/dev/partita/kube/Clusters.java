package dev.partita.kube;

import dev.partita.kube.machine.Layout;
import dev.partita.kube.machine.MachineCluster;
import dev.partita.kube.tools.ToolCache;

/// Finds the cluster of a name.
public final class Clusters {

  /// The name that is meant where none is given.
  public static final String USUAL_NAME = "partita";

  private Clusters() {}

  /// The cluster of this name, whether it is up or not.
  public static TestCluster named(String name) {
    return new MachineCluster(Layout.named(name), ToolCache.ofUser());
  }
}
