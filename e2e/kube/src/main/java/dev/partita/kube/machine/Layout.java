package dev.partita.kube.machine;

import dev.partita.kube.ClusterException;
import dev.partita.kube.Zone;
import dev.partita.kube.tools.Folders;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What one cluster is called and where it keeps things.
///
/// ```
/// kubeconfig               for people and tests, by way of 127.0.0.1
/// conf/ pki/ images/ log/  what all nodes read
/// etcd/                    the API server's data
/// nodes/a|b|c/             a node's disk: survives the node, not the cluster
/// run/                     process ids, the forwarder's port, marks
/// ```
///
/// @param name of the cluster; several may run beside each other
/// @param folder all of it
public record Layout(String name, Path folder) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");

  public Layout {
    if (!NAME.matcher(name).matches()) {
      throw new ClusterException(
          "'" + name + "' cannot be a cluster's name: up to 32 small letters, digits and hyphens");
    }
  }

  /// The cluster of this name of this user.
  public static Layout named(String name) {
    return new Layout(name, Folders.state().resolve(name));
  }

  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  public Path conf(String file) {
    return folder.resolve("conf").resolve(file);
  }

  public Path pki(String file) {
    return folder.resolve("pki").resolve(file);
  }

  public Path log(String process) {
    return folder.resolve("log").resolve(process + ".log");
  }

  public Path run(String file) {
    return folder.resolve("run").resolve(file);
  }

  public Path images() {
    return folder.resolve("images");
  }

  public Path node(Zone zone) {
    return folder.resolve("nodes").resolve(zone.letter());
  }

  public Path lock() {
    return folder.resolve("lock");
  }

  /// Set once an `up` came to its end.
  public Path whole() {
    return run("up");
  }

  /// The port on 127.0.0.1 that leads to the API server.
  public Path port() {
    return run("port");
  }

  /// The agent waits for this file.
  public Path networkReady() {
    return run("network-ready");
  }

  /// Nodes wait for this file.
  public Path apiReady() {
    return run("api-ready");
  }

  /// How the names of the cluster's network namespaces and cgroups begin.
  public String prefix() {
    return "partita-kube-" + name;
  }

  public String controlPlaneNetwork() {
    return prefix() + "-cp";
  }

  public String network(Zone zone) {
    return prefix() + "-" + zone.letter();
  }
}
