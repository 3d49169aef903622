package dev.partita.operator.table;

import dev.partita.crds.DynamoTableStatus;
import dev.partita.crds.DynamoTableStatus.Partitions;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.kube.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From the status before and a verdict to the status now. Pure: what has not changed comes out
/// equal to what it was, so that nothing needs to be written.
final class Statuses {

  static final DynamoTableStatus NONE =
      new DynamoTableStatus(null, null, null, null, null, null, null, null, null, null, List.of());

  private Statuses() {}

  /// @param before what the resource has; null for nothing
  /// @param generation of the manifest that was judged
  /// @param look what was seen
  static DynamoTableStatus next(
      @Nullable DynamoTableStatus before,
      @Nullable Long generation,
      Look look,
      Verdict verdict,
      Instant now) {
    DynamoTableStatus old = before == null ? NONE : before;
    List<Condition> conditions = conditions(old, generation, verdict, now);
    return switch (look) {
      case Look.Unknown(String endpoint) ->
          new DynamoTableStatus(
              generation,
              old.tableStatus(),
              old.tableId(),
              old.tableArn(),
              endpoint == null ? old.endpoint() : endpoint,
              old.billingMode(),
              old.itemCount(),
              old.tableSizeBytes(),
              old.size(),
              old.partitions(),
              conditions);
      case Look.Nothing(String endpoint, String status) ->
          new DynamoTableStatus(
              generation, status, null, null, endpoint, null, null, null, null, null, conditions);
      case Look.Seen(String endpoint, TableState table, boolean own, Numbers last, Integer count) ->
          seen(
              old,
              generation,
              endpoint,
              table,
              own ? table.tableId() : null,
              last,
              count,
              conditions);
    };
  }

  private static DynamoTableStatus seen(
      DynamoTableStatus old,
      @Nullable Long generation,
      String endpoint,
      TableState table,
      @Nullable String tableId,
      @Nullable Numbers last,
      @Nullable Integer partitions,
      List<Condition> conditions) {
    long items =
        Shown.number(old.itemCount(), last == null ? null : last.items(), table.itemCount());
    long bytes =
        Shown.number(old.tableSizeBytes(), last == null ? null : last.bytes(), table.sizeBytes());
    return new DynamoTableStatus(
        generation,
        table.status(),
        tableId,
        table.arn(),
        endpoint,
        table.billingMode(),
        items,
        bytes,
        Shown.size(bytes),
        partitions == null ? old.partitions() : new Partitions(partitions),
        conditions);
  }

  private static List<Condition> conditions(
      DynamoTableStatus old, @Nullable Long generation, Verdict verdict, Instant now) {
    Conditions conditions = new Conditions(old.conditions(), generation, now);
    set(conditions, old, Verdict.READY, verdict.ready());
    set(conditions, old, Verdict.SYNCED, verdict.synced());
    Claim drift = verdict.drift();
    if (drift != null) {
      set(conditions, old, Verdict.DRIFT, afterDrift(old, generation, drift));
    }
    Claim blocked = verdict.blocked();
    if (blocked == null) {
      conditions.remove(Verdict.BLOCKED);
    } else {
      set(conditions, old, Verdict.BLOCKED, blocked);
    }
    return conditions.all();
  }

  /// What was put back stays to be read until the manifest changes.
  private static Claim afterDrift(DynamoTableStatus old, @Nullable Long generation, Claim drift) {
    Optional<Condition> before = Conditions.find(old.conditions(), Verdict.DRIFT);
    if (before.isEmpty() || !Objects.equals(before.get().getObservedGeneration(), generation)) {
      return drift;
    }
    Condition last = before.get();
    if (drift.truth() != Claim.Truth.FALSE) {
      // What is put back step by step is told as a whole.
      return Verdict.CHANGED_THROUGH_API.equals(last.getReason())
              && last.getMessage().contains(drift.message())
          ? Claim.yes(drift.reason(), last.getMessage())
          : drift;
    }
    if (Verdict.DRIFT_GONE.equals(last.getReason())) {
      return Claim.no(Verdict.DRIFT_GONE, last.getMessage());
    }
    return "True".equals(last.getStatus())
        ? Claim.no(Verdict.DRIFT_GONE, "no longer so: " + last.getMessage())
        : drift;
  }

  private static void set(Conditions conditions, DynamoTableStatus old, String type, Claim claim) {
    switch (claim.truth()) {
      case TRUE -> conditions.isTrue(type, claim.reason(), claim.message());
      case FALSE -> conditions.isFalse(type, claim.reason(), claim.message());
      case UNKNOWN -> conditions.isUnknown(type, claim.reason(), sentence(old, type, claim));
    }
  }

  /// A cluster that does not answer fails in many words; the first ones stay.
  private static String sentence(DynamoTableStatus old, String type, Claim claim) {
    return Conditions.find(old.conditions(), type)
        .filter(c -> "Unknown".equals(c.getStatus()) && claim.reason().equals(c.getReason()))
        .map(Condition::getMessage)
        .orElse(claim.message());
  }
}
