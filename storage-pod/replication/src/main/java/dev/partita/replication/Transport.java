package dev.partita.replication;

/// Port: carries messages to the same group on other pods, best effort and without waiting.
/// Messages may be lost, late, doubled or out of order. Never throws for a pod that cannot be
/// reached.
public interface Transport {
  /// @param toPod as in {@link Replica#pod}
  void send(String toPod, GroupId group, byte[] message);

  /// Whether a connection to the pod stands now: a hint that saves work.
  boolean reachable(String pod);
}
