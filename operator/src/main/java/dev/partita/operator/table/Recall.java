package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import dev.partita.crds.DynamoTableStatus;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.kube.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a resource's status remembers of earlier reconciles: it is the operator's only memory that
/// outlives it.
final class Recall {

  private Recall() {}

  static TableFacts facts(
      DynamoTable resource, @Nullable String rival, @Nullable TableState table) {
    DynamoTableStatus status = resource.getStatus();
    return new TableFacts(
        TableWishes.of(resource),
        Rivals.observesOnly(resource),
        adopts(resource),
        status == null ? null : status.tableId(),
        asked(status),
        wasInSync(resource),
        refused(resource),
        rival,
        table);
  }

  private static boolean adopts(DynamoTable resource) {
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    return annotations != null && "true".equals(annotations.get(Annotations.ADOPT));
  }

  /// Whether it was written down that the table is being made, and it has not been seen since. A
  /// table that is seen has an ARN.
  static boolean asked(@Nullable DynamoTableStatus status) {
    return status != null
        && status.tableId() == null
        && status.tableArn() == null
        && TableState.CREATING.equals(status.tableStatus());
  }

  /// Whether this generation of the manifest was carried out once; what differs later came through
  /// the API. Before it is, nothing is said about drift; afterwards that stays, come what may.
  private static boolean wasInSync(DynamoTable resource) {
    return condition(resource, Verdict.DRIFT) != null;
  }

  private static @Nullable String refused(DynamoTable resource) {
    Condition synced = condition(resource, Verdict.SYNCED);
    return synced != null && TablePlan.Refusal.REFUSED.reason().equals(synced.getReason())
        ? synced.getMessage()
        : null;
  }

  /// A condition that speaks of the manifest as it is now.
  private static @Nullable Condition condition(DynamoTable resource, String type) {
    DynamoTableStatus status = resource.getStatus();
    return status == null
        ? null
        : Conditions.find(status.conditions(), type)
            .filter(
                c ->
                    Objects.equals(
                        c.getObservedGeneration(), resource.getMetadata().getGeneration()))
            .orElse(null);
  }

  /// Since when a condition is as it is.
  static @Nullable Instant since(DynamoTable resource, String type) {
    DynamoTableStatus status = resource.getStatus();
    return status == null
        ? null
        : Conditions.find(status.conditions(), type)
            .map(c -> time(c.getLastTransitionTime()))
            .orElse(null);
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      // Somebody wrote into the status by hand: then it remembers nothing.
      return null;
    }
  }
}
