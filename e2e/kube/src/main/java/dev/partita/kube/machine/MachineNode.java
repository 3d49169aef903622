package dev.partita.kube.machine;

import dev.partita.kube.ClusterException;
import dev.partita.kube.Zone;
import dev.partita.kube.tools.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The node of one zone: a tree of processes in namespaces of their own, and a link to the others.
final class MachineNode {

  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);
  private static final Duration IMPORT_LIMIT = Duration.ofMinutes(5);

  private final Layout layout;
  private final Path tools;
  private final Zone zone;
  private final Processes processes;

  MachineNode(Layout layout, Path tools, Zone zone, Processes processes) {
    this.layout = layout;
    this.tools = tools;
    this.zone = zone;
    this.processes = processes;
  }

  boolean runs() {
    return processes.runs(zone.node());
  }

  void start() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "sh",
                layout.conf("node.sh").toString(),
                zone.letter(),
                layout.network(zone),
                layout.folder().toString(),
                tools.toString()));
    for (Path root : Cgroups.recorded(layout)) {
      words.add(root.resolve(zone.node()).toString());
    }
    processes.start(zone.node(), words);
  }

  /// Kills the node's first process; the kernel then kills all others in the node.
  void kill() {
    OptionalLong init = processes.nodeInit(zone);
    if (init.isEmpty()) {
      throw new ClusterException(zone.node() + " does not run");
    }
    ProcessHandle.of(init.getAsLong()).ifPresent(ProcessHandle::destroyForcibly);
    Processes.await(() -> !runs(), zone.node() + " does not die");
  }

  /// Takes the node's cable out, or puts it in.
  void link(boolean up) {
    Command.must(
        COMMAND_LIMIT,
        "ip",
        "-n",
        layout.controlPlaneNetwork(),
        "link",
        "set",
        "v" + zone.letter(),
        up ? "up" : "down");
  }

  boolean isCut() {
    String line =
        Command.must(
            COMMAND_LIMIT,
            "ip",
            "-n",
            layout.controlPlaneNetwork(),
            "-oneline",
            "link",
            "show",
            "v" + zone.letter());
    // <BROADCAST,MULTICAST,UP,LOWER_UP>
    return !line.matches("(?s).*<([^>]*,)?UP[,>].*");
  }

  /// Lets the node import the images that it lacks, if it runs.
  void importImages() {
    OptionalLong init = processes.nodeInit(zone);
    if (init.isPresent()) {
      String pid = Long.toString(init.getAsLong());
      Command.must(
          IMPORT_LIMIT,
          "nsenter",
          "--target",
          pid,
          "--mount",
          "--pid",
          "--uts",
          "--ipc",
          "--net",
          "sh",
          "/run/cluster/conf/import.sh");
    }
  }
}
