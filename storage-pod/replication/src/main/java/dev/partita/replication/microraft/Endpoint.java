package dev.partita.replication.microraft;

import dev.partita.replication.Replica;
import io.microraft.RaftEndpoint;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A replica as MicroRaft wants to see it.
record Endpoint(Replica replica) implements RaftEndpoint {

  @Override
  public Object getId() {
    return replica.toString();
  }

  static Replica replica(RaftEndpoint endpoint) {
    return ((Endpoint) endpoint).replica();
  }

  static @Nullable Replica replicaOrNull(@Nullable RaftEndpoint endpoint) {
    return endpoint == null ? null : replica(endpoint);
  }

  static List<RaftEndpoint> of(Collection<Replica> replicas) {
    return replicas.stream().<RaftEndpoint>map(Endpoint::new).toList();
  }

  static List<Replica> replicas(Collection<RaftEndpoint> endpoints) {
    return endpoints.stream().map(Endpoint::replica).toList();
  }
}
