package dev.partita.replication;

import dev.partita.replication.microraft.MicroRaftGroupHost;

/// Makes group hosts. Nothing outside this module knows which consensus core is behind them.
public final class GroupHosts {

  /// @param podName under which peers reach this process; the `pod` of all its replicas
  /// @param logs opened by the caller, who closes it after the host
  public static GroupHost create(
      String podName, LogStore logs, Transport transport, GroupHostOptions options) {
    return new MicroRaftGroupHost(podName, logs, transport, options);
  }

  private GroupHosts() {}
}
