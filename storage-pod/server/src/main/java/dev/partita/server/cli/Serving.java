package dev.partita.server.cli;

import dev.partita.cluster.PodStartException;
import dev.partita.server.pod.ServingPod;
import dev.partita.server.pod.ServingSettings;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// Runs a pod until the process is asked to end.
final class Serving {
  private Serving() {}

  /// @param started is told once the pod listens
  /// @return exit code
  /// @throws UserError if it cannot start for a reason that the user can put right
  static int untilStopped(ServingSettings settings, Consumer<ServingPod> started)
      throws InterruptedException {
    ServingPod pod;
    try {
      pod = ServingPod.start(settings);
    } catch (PodStartException e) {
      throw new UserError(UserError.CANNOT, String.valueOf(e.getMessage()));
    }
    // A signal runs the hooks while this thread waits for ever; the process ends with them.
    Runtime.getRuntime().addShutdownHook(new Thread(pod::close, "partita-stop"));
    started.accept(pod);
    new CountDownLatch(1).await();
    return 0;
  }
}
