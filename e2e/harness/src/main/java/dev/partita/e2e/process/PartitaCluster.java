package dev.partita.e2e.process;

import dev.partita.e2e.wire.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// `./partita cluster` as a user starts it: three pods on loopback that a test may harm. Pods are
/// numbered from 0 here, from 1 on the command line.
public final class PartitaCluster implements Victims, AutoCloseable {

  public static final Credentials CREDENTIALS = PartitaDev.CREDENTIALS;
  public static final String REGION = PartitaDev.REGION;

  private static final int PODS = 3;
  private static final int ADMIN_OFFSET = 100;
  private static final int PEER_OFFSET = 200;
  private static final long COMMAND_LIMIT_SECONDS = 90;
  private static final long END_LIMIT_SECONDS = 10;
  private static final long POLL_MILLIS = 10;
  private static final Pattern ERROR = Pattern.compile("^\\S+Z ERROR ");

  private final Path data;
  private final Path log;
  private final int basePort;
  private final List<Process> starting = new ArrayList<>();

  private PartitaCluster(Path data, Path log, int basePort) {
    this.data = data;
    this.log = log;
    this.basePort = basePort;
  }

  /// @param data folder of the whole cluster
  /// @param log file for what the commands print
  public static PartitaCluster start(Path data, Path log) throws IOException, InterruptedException {
    PartitaCluster cluster = new PartitaCluster(data, log, freeBasePort());
    cluster.verb("start", "--base-port", Integer.toString(cluster.basePort));
    return cluster;
  }

  private static int freeBasePort() {
    for (int tries = 0; tries < 100; tries++) {
      int base = 20_000 + (int) (Math.random() * 20_000);
      boolean free = true;
      for (int pod = 0; pod < PODS && free; pod++) {
        free =
            Jvm.isFree(base + pod)
                && Jvm.isFree(base + ADMIN_OFFSET + pod)
                && Jvm.isFree(base + PEER_OFFSET + pod);
      }
      if (free) {
        return base;
      }
    }
    throw new IllegalStateException("no free ports for a cluster");
  }

  @Override
  public int count() {
    return PODS;
  }

  @Override
  public URI endpoint(int pod) {
    return Jvm.loopback(basePort + pod);
  }

  public URI admin(int pod) {
    return Jvm.loopback(basePort + ADMIN_OFFSET + pod);
  }

  /// Process ids of the pods that run, by pod.
  public List<Optional<Long>> pids() throws IOException {
    List<Optional<Long>> pids = new ArrayList<>();
    for (int pod = 0; pod < PODS; pod++) {
      pids.add(process(pod).map(ProcessHandle::pid));
    }
    return pids;
  }

  /// The pod's process while it runs; by the file that the command line keeps.
  public Optional<ProcessHandle> process(int pod) throws IOException {
    Path file = folder(pod).resolve("pid");
    String text = Files.exists(file) ? Files.readString(file).strip() : "";
    // The file is written in one go, but may be seen before that.
    return text.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(text.split(" ", -1)[0])).filter(ProcessHandle::isAlive);
  }

  /// Lines of the pod's log that tell of an error; a pod that is only harmed from outside has none.
  public List<String> errors(int pod) throws IOException {
    return Files.readAllLines(folder(pod).resolve("pod.log")).stream()
        .filter(line -> ERROR.matcher(line).find())
        .toList();
  }

  private Path folder(int pod) {
    return data.resolve("pod-" + (pod + 1));
  }

  private ProcessHandle running(int pod) throws IOException {
    return process(pod)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "pod " + pod + " ended by itself, see " + folder(pod).resolve("pod.log")));
  }

  @Override
  public void kill(int pod) throws IOException, InterruptedException {
    ProcessHandle process = running(pod);
    process.destroyForcibly();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_LIMIT_SECONDS);
    while (process.isAlive()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("pod " + pod + " outlives kill -9");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  @Override
  public void stop(int pod) throws IOException, InterruptedException {
    running(pod);
    verb("stop", Integer.toString(pod + 1));
  }

  @Override
  public void start(int... pods) throws IOException, InterruptedException {
    List<Process> commands = new ArrayList<>();
    for (int pod : pods) {
      // The command waits until the pod is ready, which it may only be once others are back.
      commands.add(
          launch(
              List.of("start", Integer.toString(pod + 1)),
              ProcessBuilder.Redirect.appendTo(log.toFile())));
    }
    starting.addAll(commands);
    for (int i = 0; i < pods.length; i++) {
      awaitRunning(pods[i], commands.get(i));
    }
  }

  private void awaitRunning(int pod, Process command) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(COMMAND_LIMIT_SECONDS);
    while (process(pod).isEmpty()) {
      if (System.nanoTime() > deadline || (!command.isAlive() && process(pod).isEmpty())) {
        throw new IllegalStateException("pod " + pod + " does not start, see " + log);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  @Override
  public void pause(int pod) throws IOException, InterruptedException {
    signal(pod, "-STOP");
  }

  @Override
  public void resume(int pod) throws IOException, InterruptedException {
    signal(pod, "-CONT");
  }

  private void signal(int pod, String signal) throws IOException, InterruptedException {
    long pid = running(pod).pid();
    int code = new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("kill " + signal + " " + pid + " ended with " + code);
    }
  }

  private Process launch(List<String> verb, ProcessBuilder.Redirect output) throws IOException {
    List<String> line =
        new ArrayList<>(List.of(Jvm.root().resolve("partita").toString(), "cluster"));
    line.addAll(verb);
    line.addAll(List.of("--data", data.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output);
    builder.environment().put("PARTITA_ACCESS_KEY_ID", CREDENTIALS.accessKeyId());
    builder.environment().put("PARTITA_SECRET_ACCESS_KEY", CREDENTIALS.secretAccessKey());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  /// Runs `./partita cluster VERB...` to its end.
  ///
  /// @return what it printed
  /// @throws IllegalStateException if it fails
  public String verb(String... verb) throws IOException, InterruptedException {
    Path output = Files.createTempFile("cluster", ".out");
    Process process = launch(List.of(verb), ProcessBuilder.Redirect.to(output.toFile()));
    boolean ended = process.waitFor(COMMAND_LIMIT_SECONDS, TimeUnit.SECONDS);
    String said = Files.readString(output);
    Files.delete(output);
    Files.writeString(
        log,
        String.join(" ", verb) + "\n" + said,
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    if (!ended || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException("cluster " + String.join(" ", verb) + " failed:\n" + said);
    }
    return said;
  }

  /// Stops all pods.
  @Override
  public void close() {
    try {
      starting.forEach(Jvm::end);
      verb("stop");
    } catch (IOException e) {
      throw new UncheckedIOException("pods may still run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
