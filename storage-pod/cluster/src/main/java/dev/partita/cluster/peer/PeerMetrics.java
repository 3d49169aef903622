package dev.partita.cluster.peer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/// What is counted about peer traffic.
final class PeerMetrics {
  private final MeterRegistry registry;
  private final Counter badFrames;
  private final Counter refusedConnections;

  PeerMetrics(MeterRegistry registry) {
    this.registry = registry;
    badFrames =
        Counter.builder("partita_peer_bad_frames")
            .description("connections closed for bytes that are no frame or out of place")
            .register(registry);
    refusedConnections =
        Counter.builder("partita_peer_refused_connections")
            .description("connections closed for a foreign hello or above the bound")
            .register(registry);
  }

  void badFrame() {
    badFrames.increment();
  }

  void refusedConnection() {
    refusedConnections.increment();
  }

  Counter droppedMessages(String peer) {
    return Counter.builder("partita_peer_dropped_messages")
        .description("consensus messages dropped: no connection, or too many bytes waiting")
        .tag("peer", peer)
        .register(registry);
  }

  Counter refusedRequests(String peer) {
    return Counter.builder("partita_peer_refused_requests")
        .description("requests to the pod refused because a bound was reached")
        .tag("peer", peer)
        .register(registry);
  }

  Counter connects(String peer) {
    return Counter.builder("partita_peer_connects")
        .description("connections to the pod that got as far as its hello")
        .tag("peer", peer)
        .register(registry);
  }

  void queuedBytes(String peer, Supplier<Number> bytes) {
    Gauge.builder("partita_peer_queued_bytes", bytes)
        .description("bytes waiting to be written to the pod")
        .tag("peer", peer)
        .register(registry);
  }

  void requestsInFlight(String peer, Supplier<Number> requests) {
    Gauge.builder("partita_peer_requests_in_flight", requests)
        .description("requests to the pod without an answer")
        .tag("peer", peer)
        .register(registry);
  }
}
