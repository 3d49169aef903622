package dev.partita.kube.machine;

import dev.partita.kube.ClusterException;
import dev.partita.kube.Zone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A cgroup of its own for each node, in which its kubelet believes it sees the whole machine.
///
/// With cgroup v1 there is one per hierarchy, below the group that this process is in: on shared
/// machines that is the part that it may use. With cgroup v2 it lies at the top, because a group
/// that holds processes, as this one's does, cannot hand out controllers to children.
final class Cgroups {

  /// One hierarchy of cgroups.
  ///
  /// @param base where this process is in it, in the file system
  record Hierarchy(Path base, boolean cpuset) {}

  private static final String RECORD = "cgroups";

  private final int version;
  private final List<Hierarchy> hierarchies;
  private final String prefix;

  private Cgroups(int version, List<Hierarchy> hierarchies, String prefix) {
    this.version = version;
    this.hierarchies = hierarchies;
    this.prefix = prefix;
  }

  static Cgroups ofThisProcess(Layout layout) {
    try {
      return of(
          Files.readAllLines(Path.of("/proc/self/mountinfo")),
          Files.readAllLines(Path.of("/proc/self/cgroup")),
          layout.prefix());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param mounts lines of `/proc/self/mountinfo`
  /// @param membership lines of `/proc/self/cgroup`
  static Cgroups of(List<String> mounts, List<String> membership, String prefix) {
    List<Hierarchy> found = new ArrayList<>();
    Path unified = null;
    for (String mount : mounts) {
      String[] halves = mount.split(" - ", 2);
      String[] fields = halves[0].split(" ", -1);
      String[] type = halves[1].split(" ", -1);
      Path point = Path.of(fields[4]);
      if (type[0].equals("cgroup2")) {
        unified = point;
      } else if (type[0].equals("cgroup")) {
        List<String> options = List.of(type[2].split(",", -1));
        String path = path(options, membership);
        String root = fields[3];
        String below = path.startsWith(root) ? path.substring(root.length()) : path;
        found.add(
            new Hierarchy(
                point.resolve(below.replaceFirst("^/+", "")), options.contains("cpuset")));
      }
    }
    if (!found.isEmpty()) {
      return new Cgroups(1, found, prefix);
    }
    if (unified == null) {
      throw new ClusterException("no cgroups are mounted, and a kubelet needs them");
    }
    return new Cgroups(2, List.of(new Hierarchy(unified, false)), prefix);
  }

  int version() {
    return version;
  }

  /// The groups of the cluster; the nodes' are inside them.
  List<Path> roots() {
    return hierarchies.stream().map(hierarchy -> hierarchy.base().resolve(prefix)).toList();
  }

  /// Writes down which groups are made: a later command may be in other ones itself.
  void record(Layout layout) throws IOException {
    Files.write(layout.run(RECORD), roots().stream().map(Path::toString).toList());
  }

  /// The groups of the cluster, as they were written down; empty if they never were.
  static List<Path> recorded(Layout layout) {
    try {
      Path file = layout.run(RECORD);
      return Files.exists(file)
          ? Files.readAllLines(file).stream().map(Path::of).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void create() {
    try {
      for (Hierarchy hierarchy : hierarchies) {
        Path root = hierarchy.base().resolve(prefix);
        create(hierarchy.base(), root, hierarchy.cpuset());
        for (Zone zone : Zone.values()) {
          create(root, root.resolve(zone.node()), hierarchy.cpuset());
        }
      }
    } catch (IOException e) {
      throw new ClusterException("cannot make cgroups: " + e.getMessage(), e);
    }
  }

  /// Removes groups whose processes are gone, and all that is inside them.
  static void remove(List<Path> roots) {
    for (Path root : roots) {
      if (!Files.isDirectory(root)) {
        continue;
      }
      try (Stream<Path> inside = Files.walk(root)) {
        for (Path group :
            inside.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList()) {
          // The kernel takes a moment to forget the last process of a group.
          Processes.await(() -> gone(group), "cannot remove the cgroup " + group);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static boolean gone(Path group) {
    return group.toFile().delete() || !Files.exists(group);
  }

  private void create(Path parent, Path group, boolean cpuset) throws IOException {
    Files.createDirectories(group);
    if (version == 2) {
      String controllers = Files.readString(parent.resolve("cgroup.controllers")).trim();
      for (String controller : controllers.split(" ", -1)) {
        Files.writeString(parent.resolve("cgroup.subtree_control"), "+" + controller);
      }
    } else if (cpuset) {
      // A new cpuset allows nothing, and then no process can enter it.
      for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
        Files.writeString(group.resolve(file), Files.readString(parent.resolve(file)));
      }
    }
  }

  /// Where this process is in the hierarchy with these mount options.
  private static String path(List<String> options, List<String> membership) {
    for (String line : membership) {
      String[] parts = line.split(":", 3);
      List<String> controllers = List.of(parts[1].split(",", -1));
      if (!parts[1].isEmpty() && options.containsAll(controllers)) {
        return parts[2];
      }
    }
    return "/";
  }
}
