package dev.partita.server.pod;

import dev.partita.cluster.PodStartException;
import dev.partita.server.tls.FollowedTls;
import dev.partita.server.tls.TlsFolder;
import dev.partita.server.tls.TlsMaterial;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The certificates of one pod: one for those who send requests, one for the other pods and the
/// admin port. Either may be missing, and then that side talks in the clear.
final class PodTls {

  private final @Nullable FollowedTls requests;
  private final @Nullable FollowedTls internal;

  private PodTls(@Nullable FollowedTls requests, @Nullable FollowedTls internal) {
    this.requests = requests;
    this.internal = internal;
  }

  static PodTls open(ServingSettings settings, Vertx vertx, MeterRegistry registry) {
    return new PodTls(
        open("--tls", settings.tls(), false, vertx, registry),
        open("--internal-tls", settings.internalTls(), true, vertx, registry));
  }

  private static @Nullable FollowedTls open(
      String option,
      @Nullable Path folder,
      boolean authorities,
      Vertx vertx,
      MeterRegistry registry) {
    if (folder == null) {
      return null;
    }
    try {
      FollowedTls opened = FollowedTls.open(new TlsFolder(folder, authorities), vertx);
      Gauge.builder(
              "partita.certificate.not.after",
              opened,
              tls -> (double) tls.current().notAfter().getEpochSecond())
          .description("when the certificate in use ends, in seconds since 1970")
          .tag("use", authorities ? "internal" : "requests")
          .strongReference(true)
          .register(registry);
      return opened;
    } catch (IOException e) {
      throw new PodStartException(option + ": " + e.getMessage(), e);
    }
  }

  @Nullable TlsMaterial forRequests() {
    return requests == null ? null : requests.current();
  }

  @Nullable TlsMaterial forInside() {
    return internal == null ? null : internal.current();
  }

  /// @param inUse what {@link #forRequests} gave
  void exchangeForRequests(
      @Nullable TlsMaterial inUse, Function<TlsMaterial, CompletionStage<?>> user) {
    if (requests != null && inUse != null) {
      requests.use(inUse, user);
    }
  }

  /// @param inUse what {@link #forInside} gave
  void exchangeForInside(
      @Nullable TlsMaterial inUse, Function<TlsMaterial, CompletionStage<?>> user) {
    if (internal != null && inUse != null) {
      internal.use(inUse, user);
    }
  }

  void followIn(Looks looks) {
    if (requests != null) {
      looks.add(requests::look);
    }
    if (internal != null) {
      looks.add(internal::look);
    }
  }
}
