package dev.partita.operator.dynamo;

import org.jspecify.annotations.Nullable;

/// What somebody wants of a pair of capacities; null where nothing is said.
public record UnitsWish(@Nullable Long read, @Nullable Long write) {

  /// Nothing is said.
  public static final UnitsWish NONE = new UnitsWish(null, null);

  public boolean isNone() {
    return read == null && write == null;
  }
}
