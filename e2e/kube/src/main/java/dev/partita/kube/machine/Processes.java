package dev.partita.kube.machine;

import dev.partita.kube.ClusterException;
import dev.partita.kube.Zone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/// The processes of a cluster.
///
/// Each has a file with its id and the time it started, by which it can be ended without hitting
/// another that has got the same id since. Besides, each carries the cluster's folder in its
/// environment, and so do its children: that finds them all even where a file was never written.
final class Processes {

  static final String MARK = "PARTITA_KUBE";
  private static final Duration END_LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int START_TIME_FIELD = 22;

  private final Layout layout;

  Processes(Layout layout) {
    this.layout = layout;
  }

  /// Starts a process that outlives this one and its terminal.
  void start(String name, List<String> command) {
    List<String> words = new ArrayList<>(List.of("setsid"));
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(layout.log(name).toFile()));
    builder.environment().put(MARK, layout.folder().toString());
    // What a test or a terminal set for itself is not the cluster's.
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("KUBE") || key.equals("JAVA_TOOL_OPTIONS"));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Files.writeString(file(name), process.pid() + " " + startTime(process.pid()).orElse(0));
    } catch (IOException e) {
      throw new ClusterException("cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  /// Starts a process in the control plane's network.
  void startInControlPlane(String name, List<String> command) {
    List<String> words =
        new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + layout.controlPlaneNetwork()));
    words.addAll(command);
    start(name, words);
  }

  /// The id of a process that runs.
  OptionalLong id(String name) {
    try {
      if (!Files.exists(file(name))) {
        return OptionalLong.empty();
      }
      String[] parts = Files.readString(file(name)).split(" ", 2);
      long pid = Long.parseLong(parts[0]);
      OptionalLong started = startTime(pid);
      boolean same = started.isPresent() && started.getAsLong() == Long.parseLong(parts[1]);
      return same ? OptionalLong.of(pid) : OptionalLong.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
      // Half written by an `up` that was killed; the mark in the environment finds the process.
      return OptionalLong.empty();
    }
  }

  boolean runs(String name) {
    return id(name).isPresent();
  }

  /// The first process inside a node: it is the only child of the one that made its namespaces.
  OptionalLong nodeInit(Zone zone) {
    OptionalLong outer = id(zone.node());
    return outer.isEmpty()
        ? outer
        : ProcessHandle.of(outer.getAsLong()).stream()
            .flatMap(ProcessHandle::children)
            .mapToLong(ProcessHandle::pid)
            .findFirst();
  }

  /// Kills a process and returns when it is gone.
  void kill(String name) {
    OptionalLong pid = id(name);
    if (pid.isPresent()) {
      signalKill(pid.getAsLong());
      await(() -> !runs(name), name + " does not die");
    }
  }

  /// Kills every process of the cluster and returns when they are gone.
  void killAll() {
    await(
        () -> {
          List<Long> left = all();
          left.forEach(Processes::signalKill);
          return left.isEmpty();
        },
        "some processes of the cluster do not die");
  }

  /// Kills every process in the cgroups that a kubelet made for a pod, and returns when they are
  /// dead.
  ///
  /// @return how many there were
  int killPod(String uid) {
    List<Long> victims = machine(pid -> read(pid, "cgroup").contains("/pod" + uid));
    victims.forEach(Processes::signalKill);
    await(
        () -> victims.stream().noneMatch(pid -> startTime(pid).isPresent()),
        "the processes of a pod do not die");
    return victims.size();
  }

  /// Everything that carries the cluster's mark.
  List<Long> all() {
    String mark = MARK + "=" + layout.folder();
    return machine(pid -> List.of(read(pid, "environ").split("\0", -1)).contains(mark));
  }

  /// Processes of this machine of which something is true.
  private static List<Long> machine(LongPredicate wanted) {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> name.chars().allMatch(c -> c >= '0' && c <= '9'))
          .map(Long::parseLong)
          .filter(wanted::test)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns when `condition` holds.
  ///
  /// @throws ClusterException with `sentence` when it takes too long
  static void await(BooleanSupplier condition, String sentence) {
    await(condition, END_LIMIT, sentence);
  }

  static void await(BooleanSupplier condition, Duration limit, String sentence) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new ClusterException(sentence + " (waited " + limit.toSeconds() + " s)");
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClusterException("interrupted: " + sentence, e);
      }
    }
  }

  private Path file(String name) {
    return layout.run(name + ".pid");
  }

  private static void signalKill(long pid) {
    Optional<ProcessHandle> handle = ProcessHandle.of(pid);
    handle.ifPresent(ProcessHandle::destroyForcibly);
  }

  /// A file that the kernel keeps about a process.
  private static String read(long pid, String name) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), name));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException _) {
      // It has ended meanwhile, or it is the kernel's.
      return "";
    }
  }

  /// In clock ticks since the machine started; empty for what is gone or only waits to be buried.
  private static OptionalLong startTime(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The second field is the program's name in parentheses, which may hold spaces.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean gone = "Z".equals(fields[0]) || "X".equals(fields[0]);
      return gone
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(fields[START_TIME_FIELD - 3]));
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }
}
