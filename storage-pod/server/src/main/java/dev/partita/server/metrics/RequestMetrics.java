package dev.partita.server.metrics;

import dev.partita.model.error.ErrorType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Times and counts of requests. Every label value comes from a fixed set: operations that the
/// server has, or `unknown`; `ok`, or an error of the catalogue. Thread-safe.
public final class RequestMetrics {

  /// Label for a request whose operation is not known.
  public static final String UNKNOWN = "unknown";

  private static final String OK = "OK";

  private static final Duration[] BUCKETS = {
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
  };

  private final MeterRegistry registry;
  private final Set<String> operations;
  private final Map<String, Map<String, Timer>> timers = new ConcurrentHashMap<>();
  private final Counter requestBytes;
  private final Counter responseBytes;
  private final Counter refusedConnections;
  private final Counter timedOutConnections;

  /// @param operations names that may appear as a label
  public RequestMetrics(MeterRegistry registry, Set<String> operations) {
    this.registry = registry;
    this.operations = Set.copyOf(operations);
    this.requestBytes = Counter.builder("partita.request.bytes").register(registry);
    this.responseBytes = Counter.builder("partita.response.bytes").register(registry);
    this.refusedConnections = Counter.builder("partita.connections.refused").register(registry);
    this.timedOutConnections = Counter.builder("partita.connections.timed.out").register(registry);
  }

  /// Shows a number that somebody else counts, as a gauge.
  public void watch(String name, LongSupplier value) {
    Gauge.builder(name, value, LongSupplier::getAsLong).strongReference(true).register(registry);
  }

  /// One request is answered.
  ///
  /// @param error null for none
  public void answered(
      String operation, @Nullable ErrorType error, long nanos, int bytesIn, int bytesOut) {
    timer(operations.contains(operation) ? operation : UNKNOWN, error)
        .record(nanos, TimeUnit.NANOSECONDS);
    requestBytes.increment(bytesIn);
    responseBytes.increment(bytesOut);
  }

  public void connectionRefused() {
    refusedConnections.increment();
  }

  public void connectionTimedOut() {
    timedOutConnections.increment();
  }

  private Timer timer(String operation, @Nullable ErrorType error) {
    return timers
        .computeIfAbsent(operation, _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            error == null ? OK : error.name(),
            outcome ->
                Timer.builder("partita.request")
                    .description("From a request's header to its answer")
                    .tag("operation", operation)
                    .tag("outcome", outcome.toLowerCase(Locale.ROOT))
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry));
  }
}
