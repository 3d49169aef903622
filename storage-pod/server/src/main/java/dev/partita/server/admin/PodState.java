package dev.partita.server.admin;

import dev.partita.cluster.Cluster;
import dev.partita.server.credentials.AccessKey;
import dev.partita.server.tls.TlsMaterial;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a pod can say of itself, from the moment at which its process runs. Thread-safe.
public final class PodState {

  private final String name;
  private final Supplier<List<AccessKey>> keys;
  private final Supplier<@Nullable TlsMaterial> tls;
  private final Supplier<@Nullable TlsMaterial> internalTls;
  private final Instant startedAt = Instant.now();
  private volatile @Nullable String zone;
  private volatile @Nullable Cluster cluster;
  private volatile boolean draining;

  /// @param keys in force now, by id
  /// @param tls what requests are served with; gives null in the clear
  /// @param internalTls what other pods and the admin port are served with; gives null in the clear
  public PodState(
      String name,
      Supplier<List<AccessKey>> keys,
      Supplier<@Nullable TlsMaterial> tls,
      Supplier<@Nullable TlsMaterial> internalTls) {
    this.name = name;
    this.keys = keys;
    this.tls = tls;
    this.internalTls = internalTls;
  }

  /// The pod knows its cluster, and begins to open its data.
  public void placed(String inZone) {
    zone = inZone;
  }

  /// The pod's data is open.
  public void opened(Cluster itsCluster) {
    cluster = itsCluster;
  }

  /// From now on the pod is not ready: load balancers look elsewhere while it finishes.
  public void drain() {
    draining = true;
  }

  /// In one word.
  String standing() {
    Cluster opened = cluster;
    if (draining) {
      return "draining";
    } else if (opened != null) {
      return opened.ready() ? "ready" : "opening";
    }
    return zone == null ? "waiting" : "opening";
  }

  boolean ready() {
    return standing().equals("ready");
  }

  boolean draining() {
    return draining;
  }

  /// Null until its data is open.
  @Nullable Cluster cluster() {
    return cluster;
  }

  String name() {
    return name;
  }

  @Nullable String zone() {
    return zone;
  }

  Instant startedAt() {
    return startedAt;
  }

  List<AccessKey> keys() {
    return keys.get();
  }

  @Nullable TlsMaterial tls() {
    return tls.get();
  }

  @Nullable TlsMaterial internalTls() {
    return internalTls.get();
  }

  /// The version that the build wrote into the jar.
  public static String version() {
    String version = PodState.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
