package dev.partita.server.cli.local;

import dev.partita.server.credentials.AccessKey;
import dev.partita.server.credentials.CredentialFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Three pods in one folder. Everything that another shell needs to know stands there:
///
/// ```
/// cluster.properties   ports and region, as it was started last
/// credentials          the keys of all pods, wherever they came from; readable by its owner alone
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
  private final ClusterSettings settings;

  private LocalCluster(Path folder, ClusterSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /// The cluster of a folder as it was started last, but for what is wished otherwise; or a new
  /// one.
  ///
  /// @param defaults of a new one
  /// @throws IOException if the folder cannot be used, or its cluster runs with other settings
  public static LocalCluster openOrCreate(
      Path folder, ClusterSettings defaults, ClusterSettings.Wish wish) throws IOException {
    Optional<LocalCluster> known = open(folder);
    if (known.isPresent() && known.get().anyRunning()) {
      known.get().check(wish);
      return known.get();
    }
    ClusterSettings settings = known.map(c -> c.settings).orElse(defaults).with(wish);
    Files.createDirectories(folder);
    settings.save(settingsFile(folder));
    return new LocalCluster(folder, settings);
  }

  /// The cluster of a folder, if one was ever started there.
  public static Optional<LocalCluster> open(Path folder) throws IOException {
    return ClusterSettings.load(settingsFile(folder))
        .map(settings -> new LocalCluster(folder, settings));
  }

  private static Path settingsFile(Path folder) {
    return folder.resolve("cluster.properties");
  }

  /// Settings are those of all pods, so one pod alone cannot have others.
  ///
  /// @throws IOException if they are wished otherwise
  public void check(ClusterSettings.Wish wish) throws IOException {
    if (!settings.with(wish).equals(settings)) {
      throw new IOException(
          "the cluster in "
              + folder
              + " has other settings (ports from "
              + settings.basePort()
              + ", region "
              + settings.region()
              + (settings.auth() ? "" : ", --no-auth")
              + "); stop it and start all of it with the new ones");
    }
  }

  /// The keys that all pods accept. They stand in the cluster's folder, so that a pod that is
  /// started later, from whatever shell, accepts what its siblings do.
  ///
  /// @param given keys for a cluster that does not run; null for those it has, or a new pair
  /// @throws IOException if it runs with other keys
  public List<AccessKey> keys(@Nullable List<AccessKey> given) throws IOException {
    Path file = credentials();
    if (given == null) {
      return CredentialFile.readOrCreate(file);
    }
    if (Files.exists(file) && CredentialFile.read(file).equals(given)) {
      return given;
    }
    if (anyRunning()) {
      throw new IOException(
          "the cluster in "
              + folder
              + " runs with other credentials, those in "
              + file
              + "; stop it first");
    }
    CredentialFile.replace(file, given);
    return given;
  }

  /// Where the keys stand.
  public Path credentials() {
    return folder.resolve("credentials");
  }

  public String region() {
    return settings.region();
  }

  /// Whether signatures are checked.
  public boolean auth() {
    return settings.auth();
  }

  /// The pod with this number.
  public LocalPod pod(int number) {
    int port = settings.basePort() + number - 1;
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

  /// Starts a pod's process and returns at once. Does nothing if it runs. The keys must be settled.
  public ProcessHandle start(LocalPod pod) throws IOException {
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
                region()));
    arguments.addAll(
        auth() ? List.of("--credentials", credentials().toString()) : List.of("--no-auth"));
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
