package dev.partita.server.pod;

import dev.partita.cluster.PodConfig;

/// From where a pod learns which cluster it is part of.
public sealed interface PodSource {

  /// The pod's own name, known from the start.
  String name();

  /// Waits until it is known; for ever, if need be.
  ///
  /// @throws IllegalArgumentException if what is known makes no cluster
  PodConfig await() throws InterruptedException;

  /// Known from the start.
  record Known(PodConfig config) implements PodSource {
    @Override
    public String name() {
      return config.name();
    }

    @Override
    public PodConfig await() {
      return config;
    }
  }

  /// Written by somebody who knows where all pods are, which may be long after this one started.
  record Awaited(PodsFile file) implements PodSource {
    @Override
    public String name() {
      return file.name();
    }

    @Override
    public PodConfig await() throws InterruptedException {
      return file.await();
    }
  }
}
