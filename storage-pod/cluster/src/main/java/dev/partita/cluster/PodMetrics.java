package dev.partita.cluster;

import dev.partita.cluster.catalog.Catalog;
import dev.partita.cluster.partitions.PartitionSet;
import dev.partita.engine.log.SegmentedLog;
import dev.partita.replication.GroupHost;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/// What is measured about a pod beside its peers and requests.
final class PodMetrics {
  private PodMetrics() {}

  static void register(
      MeterRegistry registry,
      PartitionSet partitions,
      Catalog catalog,
      GroupHost host,
      SegmentedLog log) {
    gauge(registry, "partita_replicas", "open replicas", () -> partitions.open().size());
    gauge(
        registry,
        "partita_leaders",
        "partitions that this pod leads",
        () -> partitions.open().stream().filter(p -> p.report().role().equals("LEADER")).count());
    gauge(
        registry,
        "partita_unanswered_writes",
        "write commands that wait or are in flight here",
        () -> partitions.open().stream().mapToLong(p -> p.report().unanswered()).sum());
    gauge(
        registry,
        "partita_catalog_applied_index",
        "log index up to which this pod's copy of the catalog goes",
        () -> catalog.applied().index());
    gauge(
        registry,
        "partita_replication_dropped_messages",
        "consensus messages that could not be read or used",
        host::droppedMessages);
    gauge(
        registry,
        "partita_replication_helped_by_entries",
        "messages that brought back a replica which was a little behind",
        () -> host.helped().byEntries());
    gauge(
        registry,
        "partita_replication_helped_by_images",
        "images of whole partitions begun to be sent to replicas that were far behind",
        () -> host.helped().byImages());
    gauge(
        registry,
        "partita_replication_early_marks",
        "marks in a log that were taken for the size of the entries before them",
        host::earlyMarks);
    gauge(registry, "partita_log_written_bytes", "bytes logged", log::writtenBytes);
  }

  static Timer writeTimer(MeterRegistry registry) {
    return Timer.builder("partita_write")
        .description("from a write's routing to its outcome: decision, quorum and apply included")
        .register(registry);
  }

  static Counter expired(MeterRegistry registry) {
    return Counter.builder("partita_expired_items")
        .description("items deleted here because their time had come")
        .register(registry);
  }

  private static void gauge(
      MeterRegistry registry, String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }
}
