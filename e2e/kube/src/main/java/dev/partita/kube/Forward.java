package dev.partita.kube;

/// A port on 127.0.0.1 that leads to an address in the cluster's network, until it is closed.
public interface Forward extends AutoCloseable {

  int port();

  @Override
  void close();
}
