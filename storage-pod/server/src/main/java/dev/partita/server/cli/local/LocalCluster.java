package dev.partita.server.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Three pods in one folder. Everything that another shell needs to know stands there:
///
/// ```
/// cluster.properties   ports and region, written when the cluster was first started
/// credentials          shared by all pods
/// pod-1/pid            process id and start
/// pod-1/pod.log        what it said
/// pod-1/data/          its data
/// ```
public final class LocalCluster {

  public static final int PODS = 3;

  /// Admin ports follow the request ports at this distance, peer ports at twice that.
  private static final int PORT_STRIDE = 100;

  /// A pod that is asked to end and does not is killed after this.
  private static final long STOP_SECONDS = 15;

  private static final long KILL_SECONDS = 5;

  private final Path folder;
  private final int basePort;
  private final String region;
  private final boolean auth;

  private LocalCluster(Path folder, int basePort, String region, boolean auth) {
    this.folder = folder;
    this.basePort = basePort;
    this.region = region;
    this.auth = auth;
  }

  /// The cluster of a folder as it was first started, or a new one with these settings.
  ///
  /// @throws IOException if the folder cannot be used, or holds a cluster with other settings
  public static LocalCluster openOrCreate(Path folder, int basePort, String region, boolean auth)
      throws IOException {
    LocalCluster wanted = new LocalCluster(folder, basePort, region, auth);
    Optional<LocalCluster> known = open(folder);
    if (known.isPresent() && known.get().anyRunning() && !wanted.sameAs(known.get())) {
      throw new IOException(
          "the cluster in "
              + folder
              + " runs with other settings (ports from "
              + known.get().basePort
              + "); stop it first");
    }
    wanted.save();
    return wanted;
  }

  /// The cluster of a folder, if one was ever started there.
  public static Optional<LocalCluster> open(Path folder) throws IOException {
    Path file = settingsFile(folder);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties p = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      p.load(reader);
      return Optional.of(
          new LocalCluster(
              folder,
              Integer.parseInt(p.getProperty("basePort", "")),
              p.getProperty("region", "local-1"),
              Boolean.parseBoolean(p.getProperty("auth", "true"))));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is broken: " + e.getMessage(), e);
    }
  }

  private static Path settingsFile(Path folder) {
    return folder.resolve("cluster.properties");
  }

  private void save() throws IOException {
    Files.createDirectories(folder);
    Properties p = new Properties();
    p.setProperty("basePort", Integer.toString(basePort));
    p.setProperty("region", region);
    p.setProperty("auth", Boolean.toString(auth));
    try (var writer = Files.newBufferedWriter(settingsFile(folder))) {
      p.store(writer, "Written when the cluster was started.");
    }
  }

  private boolean sameAs(LocalCluster other) {
    return basePort == other.basePort && region.equals(other.region) && auth == other.auth;
  }

  public String region() {
    return region;
  }

  /// Whether signatures are checked.
  public boolean auth() {
    return auth;
  }

  /// The pod with this number.
  public LocalPod pod(int number) {
    int port = basePort + number - 1;
    return new LocalPod(
        number, folder.resolve("pod-" + number), port, port + PORT_STRIDE, port + 2 * PORT_STRIDE);
  }

  public List<LocalPod> pods() {
    List<LocalPod> pods = new ArrayList<>();
    for (int number = 1; number <= PODS; number++) {
      pods.add(pod(number));
    }
    return pods;
  }

  /// The pod's process if it runs.
  public Optional<ProcessHandle> process(LocalPod pod) throws IOException {
    return PidFile.find(pod.pidFile());
  }

  private boolean anyRunning() throws IOException {
    for (LocalPod pod : pods()) {
      if (process(pod).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /// Starts a pod's process and returns at once. Does nothing if it runs.
  public ProcessHandle start(LocalPod pod, Path credentials) throws IOException {
    Optional<ProcessHandle> running = process(pod);
    if (running.isPresent()) {
      return running.get();
    }
    Files.createDirectories(pod.folder());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "pod",
                "--name",
                pod.name(),
                "--pods",
                String.join(",", pods().stream().map(LocalPod::peer).toList()),
                "--port",
                Integer.toString(pod.port()),
                "--admin-port",
                Integer.toString(pod.adminPort()),
                "--data",
                pod.data().toString(),
                "--region",
                region));
    arguments.addAll(
        auth ? List.of("--credentials", credentials.toString()) : List.of("--no-auth"));
    ProcessHandle process = OwnJvm.start(arguments, pod.log());
    PidFile.write(pod.pidFile(), process);
    return process;
  }

  /// Asks a pod to end, and kills it if it does not in time.
  ///
  /// @return false if it did not run
  public boolean stop(LocalPod pod) throws IOException, InterruptedException {
    Optional<ProcessHandle> process = process(pod);
    if (process.isEmpty()) {
      return false;
    }
    process.get().destroy();
    if (!ended(process.get(), STOP_SECONDS)) {
      process.get().destroyForcibly();
      ended(process.get(), KILL_SECONDS);
    }
    Files.deleteIfExists(pod.pidFile());
    return true;
  }

  /// Ends a pod as a crash would, `kill -9`.
  ///
  /// @return false if it did not run
  public boolean kill(LocalPod pod) throws IOException, InterruptedException {
    Optional<ProcessHandle> process = process(pod);
    if (process.isEmpty()) {
      return false;
    }
    process.get().destroyForcibly();
    ended(process.get(), KILL_SECONDS);
    Files.deleteIfExists(pod.pidFile());
    return true;
  }

  private static boolean ended(ProcessHandle process, long seconds) throws InterruptedException {
    CompletableFuture<ProcessHandle> exit = process.onExit();
    try {
      exit.get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return !process.isAlive();
    }
  }
}
