package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import dev.partita.crds.DynamoTableSpec.ManagementPolicy;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of several resources that name one table may write it: the one that has it already, else
/// one that has asked for it, else the oldest. Resources that only watch do not count. Pure.
final class Rivals {

  private static final Comparator<DynamoTable> FIRST =
      Comparator.comparing(Rivals::hasNoTable)
          .thenComparing(r -> !Recall.asked(r.getStatus()))
          .thenComparing(r -> String.valueOf(r.getMetadata().getCreationTimestamp()))
          .thenComparing(r -> String.valueOf(r.getMetadata().getUid()));

  private Rivals() {}

  /// @param namesakes may contain the resource itself
  /// @return the name of the resource that comes before this one; null if none does
  static @Nullable String of(DynamoTable resource, List<DynamoTable> namesakes) {
    String uid = String.valueOf(resource.getMetadata().getUid());
    return namesakes.stream()
        .filter(other -> !uid.equals(other.getMetadata().getUid()))
        .filter(other -> !observesOnly(other))
        .filter(other -> FIRST.compare(other, resource) < 0)
        .min(FIRST)
        .map(other -> other.getMetadata().getName())
        .orElse(null);
  }

  static boolean observesOnly(DynamoTable resource) {
    return resource.getSpec().managementPolicy() == ManagementPolicy.OBSERVE_ONLY;
  }

  private static boolean hasNoTable(DynamoTable resource) {
    return resource.getStatus() == null || resource.getStatus().tableId() == null;
  }
}
