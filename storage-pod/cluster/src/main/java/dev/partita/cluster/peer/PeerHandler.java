package dev.partita.cluster.peer;

import dev.partita.replication.GroupId;
import java.util.concurrent.CompletableFuture;

/// Takes what other pods send. Called on event loops: must not block.
public interface PeerHandler {

  /// One consensus message.
  void message(String fromPod, GroupId group, byte[] message);

  /// One request. An exception, thrown or in the future, is answered as a failure whose effect is
  /// unknown.
  CompletableFuture<byte[]> request(String fromPod, byte operation, byte[] body);
}
