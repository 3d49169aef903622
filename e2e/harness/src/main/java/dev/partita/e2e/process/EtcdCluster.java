package dev.partita.e2e.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Three etcd members on loopback with their defaults (Debian package `etcd-server`): the yardstick
/// for a write on a quorum's disks.
public final class EtcdCluster implements AutoCloseable {

  private static final int MEMBERS = 3;

  private final List<Process> processes;
  private final int[] clientPorts;

  private EtcdCluster(List<Process> processes, int[] clientPorts) {
    this.processes = processes;
    this.clientPorts = clientPorts;
  }

  public static EtcdCluster start(Path scratch) throws IOException, InterruptedException {
    int[] client = new int[MEMBERS];
    int[] peer = new int[MEMBERS];
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < MEMBERS; i++) {
      client[i] = Jvm.freePort();
      peer[i] = Jvm.freePort();
      members.append(i == 0 ? "" : ",").append("m" + i + "=http://127.0.0.1:" + peer[i]);
    }
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      Path log = scratch.resolve("etcd-" + i + ".log");
      ProcessBuilder builder =
          new ProcessBuilder(
                  "etcd",
                  "--name=m" + i,
                  "--data-dir=" + Files.createDirectories(scratch.resolve("etcd-" + i)),
                  "--listen-client-urls=http://127.0.0.1:" + client[i],
                  "--advertise-client-urls=http://127.0.0.1:" + client[i],
                  "--listen-peer-urls=http://127.0.0.1:" + peer[i],
                  "--initial-advertise-peer-urls=http://127.0.0.1:" + peer[i],
                  "--initial-cluster=" + members,
                  "--initial-cluster-state=new")
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      try {
        processes.add(builder.start());
      } catch (IOException e) {
        processes.forEach(Jvm::end);
        throw new IllegalStateException("etcd is needed (Debian package `etcd-server`)", e);
      }
    }
    for (int i = 0; i < MEMBERS; i++) {
      Jvm.awaitPort(
          processes.get(i),
          client[i],
          Duration.ofSeconds(30),
          scratch.resolve("etcd-" + i + ".log"));
    }
    return new EtcdCluster(processes, client);
  }

  public List<URI> endpoints() {
    return Arrays.stream(clientPorts).mapToObj(Jvm::loopback).toList();
  }

  @Override
  public void close() {
    processes.forEach(Jvm::end);
  }
}
