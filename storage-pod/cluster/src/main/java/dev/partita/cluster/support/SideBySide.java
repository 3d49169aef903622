package dev.partita.cluster.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Futures that run side by side and are waited for together.
public final class SideBySide {
  private SideBySide() {}

  /// @return what each gave, in their order; fails if one of them does, when all have ended
  public static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
        .thenApply(
            _ -> {
              List<T> results = new ArrayList<>(futures.size());
              for (CompletableFuture<T> future : futures) {
                results.add(future.join());
              }
              return results;
            });
  }
}
