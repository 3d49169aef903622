package dev.partita.kube;

import dev.partita.kube.engine.GivenCluster;
import dev.partita.kube.engine.KindCluster;
import dev.partita.kube.machine.Layout;
import dev.partita.kube.machine.MachineCluster;
import dev.partita.kube.tools.Command;
import dev.partita.kube.tools.StateFolder;
import dev.partita.kube.tools.ToolCache;
import java.nio.file.Path;
import java.util.Map;

/// Finds the cluster of a name, or says what a new one will run on.
public final class Clusters {

  /// The name that is meant where none is given.
  public static final String USUAL_NAME = "partita";

  private Clusters() {}

  /// The cluster of this name. If there is none yet, it is one in Docker where an engine answers
  /// and kind is installed, else one of namespaces.
  public static TestCluster named(String name) {
    Layout layout = Layout.named(name);
    StateFolder state = new StateFolder(layout.folder());
    String kind =
        state
            .kind()
            .orElseGet(
                () ->
                    KindCluster.isPossible(Command::run) ? KindCluster.KIND : MachineCluster.KIND);
    if (kind.startsWith(GivenCluster.KIND)) {
      return new GivenCluster(state, Path.of(kind.substring(GivenCluster.KIND.length()).strip()));
    }
    return kind.equals(KindCluster.KIND)
        ? new KindCluster(name, state, Command::run)
        : new MachineCluster(layout, ToolCache.ofUser());
  }

  /// The cluster that kubectl talks to here, under this name from now on.
  public static TestCluster given(String name, Map<String, String> environment) {
    return new GivenCluster(
        new StateFolder(Layout.named(name).folder()), GivenCluster.usualKubeconfig(environment));
  }
}
