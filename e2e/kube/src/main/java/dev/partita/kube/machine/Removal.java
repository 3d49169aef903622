package dev.partita.kube.machine;

import dev.partita.kube.Zone;
import dev.partita.kube.tools.Command;
import dev.partita.kube.tools.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Takes away all of a cluster, however much of it there is. Each step finds what is left by
/// itself, so it works after an `up` or a `down` that was killed anywhere.
final class Removal {

  private static final Path NETWORKS = Path.of("/run/netns");
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(20);

  private final Layout layout;

  Removal(Layout layout) {
    this.layout = layout;
  }

  void run() {
    new Processes(layout).killAll();
    networks();
    cgroups();
    mounts();
    new StateFolder(layout.folder()).remove();
  }

  private void networks() {
    List<String> names = new ArrayList<>(List.of(layout.controlPlaneNetwork()));
    for (Zone zone : Zone.values()) {
      names.add(layout.network(zone));
    }
    for (String name : names) {
      if (Files.exists(NETWORKS.resolve(name))) {
        Command.must(COMMAND_LIMIT, "ip", "netns", "delete", name);
      }
    }
    // `ip netns add` makes the folder a mount of its own, and nobody else undoes that.
    if (isEmptyFolder(NETWORKS)) {
      Command.run(List.of("umount", NETWORKS.toString()), "", COMMAND_LIMIT);
      NETWORKS.toFile().delete();
    }
  }

  private void cgroups() {
    List<Path> roots = new ArrayList<>(Cgroups.ofThisProcess(layout).roots());
    roots.addAll(Cgroups.recorded(layout));
    Cgroups.remove(roots.stream().distinct().toList());
  }

  /// There are none unless a namespace leaked one; but removing files through a mount would be bad.
  private void mounts() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo")).reversed()) {
        String point = line.split(" ", -1)[4];
        if (point.startsWith(layout.folder() + "/")) {
          Command.must(COMMAND_LIMIT, "umount", "--lazy", point);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEmptyFolder(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException _) {
      return false;
    }
  }
}
