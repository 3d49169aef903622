package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import dev.partita.crds.DynamoTableStatus;
import dev.partita.operator.kube.Conditions;
import dev.partita.operator.kube.Events;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One turn for one resource: the resource as it is now, and the one place that writes its status.
final class Turn {

  private static final Duration COUNTED_WITHIN = Duration.ofMinutes(1);

  private final Surroundings around;
  private final Events events;
  private final Pace pace;
  private final Instant now;
  private DynamoTable resource;

  Turn(DynamoTable resource, Surroundings around, Events events, Pace pace, Instant now) {
    this.resource = resource;
    this.around = around;
    this.events = events;
    this.pace = pace;
    this.now = now;
  }

  DynamoTable resource() {
    return resource;
  }

  Surroundings around() {
    return around;
  }

  Instant now() {
    return now;
  }

  String table() {
    return TableWishes.tableName(resource);
  }

  /// Whether the resource has a table, or may have one that was asked for.
  boolean mayHaveTable() {
    DynamoTableStatus status = resource.getStatus();
    return status != null && (status.tableId() != null || Recall.asked(status));
  }

  /// Whether the resource's cluster was there once, with a way to it.
  boolean hadCluster() {
    DynamoTableStatus status = resource.getStatus();
    return status != null && status.endpoint() != null;
  }

  boolean isReady() {
    DynamoTableStatus status = resource.getStatus();
    return status != null && Conditions.holds(status.conditions(), Verdict.READY);
  }

  /// Writes what is so into the status, if it is not there yet, and tells what is new.
  void tell(Look look, Verdict verdict) {
    DynamoTableStatus before = resource.getStatus();
    DynamoTableStatus next =
        Statuses.next(before, resource.getMetadata().getGeneration(), look, verdict, now);
    if (next.equals(before)) {
      return;
    }
    DynamoTable about = resource;
    resource = around.writeStatus(resource, next);
    Stories.between(before, next)
        .forEach(s -> events.publish(s.type(), about, s.reason(), s.action(), s.note()));
  }

  void event(Events.Type type, String reason, String action, String note) {
    events.publish(type, resource, reason, action, note);
  }

  void letGo() {
    resource = around.removeFinalizer(resource);
  }

  Duration rest() {
    return pace.rest();
  }

  /// While the table becomes what was asked for.
  Duration settling() {
    return pace.settling(Recall.since(resource, Verdict.SYNCED), now);
  }

  /// While the pods have not said how many partitions a table has, which a user waits to see. Not
  /// for ever: they may not answer.
  Duration uncounted() {
    Instant since = Recall.since(resource, Verdict.SYNCED);
    return since != null && Duration.between(since, now).compareTo(COUNTED_WITHIN) > 0
        ? rest()
        : settling();
  }

  /// @param since when it began to fail; null where its condition knows
  Duration failing(@Nullable Instant since) {
    return pace.failing(since == null ? Recall.since(resource, Verdict.SYNCED) : since, now);
  }
}
