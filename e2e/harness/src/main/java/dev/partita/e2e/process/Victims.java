package dev.partita.e2e.process;

import java.io.IOException;
import java.net.URI;

/// Pods that a test may harm. Pods are numbered from 0. A pod that is not as its last call left it
/// has ended by itself, which is a fault: then every call throws `IllegalStateException`.
public interface Victims {
  int count();

  URI endpoint(int pod);

  /// `kill -9`; returns when the process is gone.
  void kill(int pod) throws IOException, InterruptedException;

  /// Asks a pod to end; returns when its process is gone.
  void stop(int pod) throws IOException, InterruptedException;

  /// Starts pods that were killed or stopped, all at once; returns when their processes run, which
  /// is before they serve.
  void start(int... pods) throws IOException, InterruptedException;

  /// `SIGSTOP`.
  void pause(int pod) throws IOException, InterruptedException;

  /// `SIGCONT`.
  void resume(int pod) throws IOException, InterruptedException;
}
