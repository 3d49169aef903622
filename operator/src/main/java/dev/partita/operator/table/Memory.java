package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import dev.partita.operator.dynamo.TableState;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What is remembered of a resource from one turn to the next and may be forgotten: it only spares
/// writes. Used by many threads, for one resource by one at a time.
final class Memory {

  private final Map<String, Instant> failing = new ConcurrentHashMap<>();
  private final Map<String, Numbers> numbers = new ConcurrentHashMap<>();

  /// The cluster is not there, or did not answer.
  ///
  /// @return since when
  Instant failed(DynamoTable resource, Instant now) {
    return failing.computeIfAbsent(key(resource), _ -> now);
  }

  void answered(DynamoTable resource) {
    failing.remove(key(resource));
  }

  /// @return the numbers of the look before this one
  @Nullable Numbers seen(DynamoTable resource, TableState table) {
    return numbers.put(key(resource), new Numbers(table.itemCount(), table.sizeBytes()));
  }

  void forget(DynamoTable resource) {
    failing.remove(key(resource));
    numbers.remove(key(resource));
  }

  private static String key(DynamoTable resource) {
    return String.valueOf(resource.getMetadata().getUid());
  }
}
