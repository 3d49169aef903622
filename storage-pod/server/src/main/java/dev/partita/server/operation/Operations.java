package dev.partita.server.operation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The operations that this server has, by their `X-Amz-Target`.
public final class Operations {

  private static final String TARGET_PREFIX = "DynamoDB_20120810.";

  private final Map<String, Operation> byTarget = new HashMap<>();

  public Operations(List<Operation> operations) {
    for (Operation operation : operations) {
      if (byTarget.put(TARGET_PREFIX + operation.name(), operation) != null) {
        throw new IllegalArgumentException("operation twice: " + operation.name());
      }
    }
  }

  /// @param target value of `X-Amz-Target`, null where the header is missing
  /// @return null for an operation that this server does not have
  public @Nullable Operation find(@Nullable String target) {
    return target == null ? null : byTarget.get(target);
  }

  /// Names of all operations, in order.
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Operation operation : byTarget.values()) {
      names.add(operation.name());
    }
    return names;
  }
}
