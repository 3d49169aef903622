package dev.partita.server.cli;

import dev.partita.cluster.PodStartException;
import dev.partita.server.manifest.ManifestException;
import dev.partita.server.manifest.Manifests;
import dev.partita.server.pod.ServingPod;
import dev.partita.server.pod.ServingSettings;
import java.nio.file.Path;
import java.time.Duration;
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

  /// How long stopping may take behind the drain: far above what it takes, and with the longest
  /// drain still below the 60 s that Kubernetes gives.
  private static final Duration STOP_LIMIT = Duration.ofSeconds(25);

  /// Where the data folder remembers what manifests had.
  private static final String MANIFESTS = "manifests";

  /// Exit code when the pod stops because it cannot keep its promises.
  private static final int BROKEN = 3;

  private Serving() {}

  /// Starts a pod of a cluster, whose others it does not wait for.
  ///
  /// @param drain how long it goes on when it is asked to stop
  static int pod(ServingSettings settings, Duration drain, Consumer<ServingPod> started)
      throws InterruptedException {
    ServingPod pod = start(settings);
    stopWithTheProcess(pod, drain, List.of());
    started.accept(pod);
    return forever();
  }

  /// Starts the only pod there is, applies manifests and then says that it serves.
  ///
  /// @throws UserError if it cannot start for a reason that the user can put right
  ///
  /// @param data its folder
  static int alone(
      ServingSettings settings, Path data, List<Path> files, Consumer<ServingPod> started)
      throws InterruptedException {
    try {
      Manifests manifests = Manifests.read(files);
      ServingPod pod = start(settings);
      stopWithTheProcess(pod, Duration.ZERO, List.of(manifests));
      if (!pod.awaitReady(READY_SECONDS)) {
        throw new UserError(UserError.CANNOT, "not ready after " + READY_SECONDS + " s");
      }
      manifests.start(pod.cluster(), data.resolve(MANIFESTS));
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

  private static void stopWithTheProcess(
      ServingPod pod, Duration drain, List<Manifests> manifests) {
    Thread hook =
        new Thread(
            () -> {
              endLater(drain.plus(STOP_LIMIT));
              manifests.forEach(Manifests::close);
              pod.stop(drain);
            },
            "partita-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Whoever asked the process to stop will kill it after a while; that must not be sooner than it
  /// ends by itself. What is on disk is right at any moment.
  private static void endLater(Duration limit) {
    Thread.ofPlatform()
        .daemon()
        .name("partita-stop-limit")
        .start(
            () -> {
              try {
                Thread.sleep(limit);
                log.error("stopping takes longer than {} s: ends now", limit.toSeconds());
                Runtime.getRuntime().halt(BROKEN);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /// A signal runs the hooks while this thread waits for ever; the process ends with them.
  private static int forever() throws InterruptedException {
    new CountDownLatch(1).await();
    return 0;
  }
}
