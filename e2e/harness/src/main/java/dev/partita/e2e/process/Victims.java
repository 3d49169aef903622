package dev.partita.e2e.process;

import java.io.IOException;
import java.net.URI;

/// Pods that a test may harm. Pods are numbered from 0.
public interface Victims {
  int count();

  URI endpoint(int pod);

  /// `kill -9`; returns when the process is gone.
  void kill(int pod) throws IOException, InterruptedException;

  /// Starts a killed pod; does not wait until it serves.
  void start(int pod) throws IOException, InterruptedException;

  /// `SIGSTOP`.
  void pause(int pod) throws IOException, InterruptedException;

  /// `SIGCONT`.
  void resume(int pod) throws IOException, InterruptedException;
}
