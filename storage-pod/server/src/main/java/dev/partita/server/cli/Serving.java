package dev.partita.server.cli;

import dev.partita.cluster.PodStartException;
import dev.partita.server.manifest.ManifestException;
import dev.partita.server.manifest.Manifests;
import dev.partita.server.pod.ServingPod;
import dev.partita.server.pod.ServingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a pod until the process is asked to end.
final class Serving {

  private static final Logger log = LoggerFactory.getLogger(Serving.class);

  /// How long a pod without others may take until it can serve.
  private static final long READY_SECONDS = 60;

  /// Where the data folder remembers what manifests had.
  private static final String MANIFESTS = "manifests";

  /// Exit code when the pod stops because it cannot keep its promises.
  private static final int BROKEN = 3;

  private Serving() {}

  /// Starts a pod of a cluster, whose others it does not wait for.
  static int pod(ServingSettings settings, Consumer<ServingPod> started)
      throws InterruptedException {
    ServingPod pod = start(settings);
    stopWithTheProcess(pod, List.of());
    started.accept(pod);
    return forever();
  }

  /// Starts the only pod there is, applies manifests and then says that it serves.
  ///
  /// @throws UserError if it cannot start for a reason that the user can put right
  static int alone(ServingSettings settings, List<Path> files, Consumer<ServingPod> started)
      throws InterruptedException {
    try {
      Manifests manifests = Manifests.read(files);
      ServingPod pod = start(settings);
      stopWithTheProcess(pod, List.of(manifests));
      if (!pod.awaitReady(READY_SECONDS)) {
        throw new UserError(UserError.CANNOT, "not ready after " + READY_SECONDS + " s");
      }
      manifests.start(pod.cluster(), settings.pod().dataDirectory().resolve(MANIFESTS));
      started.accept(pod);
      return forever();
    } catch (ManifestException e) {
      throw new UserError(UserError.USAGE, e.getMessage());
    }
  }

  private static ServingPod start(ServingSettings settings) {
    try {
      return ServingPod.start(settings, Serving::stopAtOnce);
    } catch (PodStartException e) {
      throw new UserError(UserError.CANNOT, String.valueOf(e.getMessage()));
    }
  }

  /// A pod that cannot keep a promise does not tidy up either: what is on disk is right.
  private static void stopAtOnce(Throwable reason) {
    log.error("this pod cannot go on and stops", reason);
    Runtime.getRuntime().halt(BROKEN);
  }

  private static void stopWithTheProcess(ServingPod pod, List<Manifests> manifests) {
    Thread hook =
        new Thread(
            () -> {
              manifests.forEach(Manifests::close);
              pod.close();
            },
            "partita-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// A signal runs the hooks while this thread waits for ever; the process ends with them.
  private static int forever() throws InterruptedException {
    new CountDownLatch(1).await();
    return 0;
  }
}
