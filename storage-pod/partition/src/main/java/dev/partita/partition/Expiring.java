package dev.partita.partition;

import java.util.concurrent.CompletableFuture;

/// Expired items on their way out of a partition.
///
/// @param asked how many were found
/// @param deleted how many of them were deleted in the end; never fails for what can be expected
public record Expiring(int asked, CompletableFuture<Integer> deleted) {

  static final Expiring NOTHING = new Expiring(0, CompletableFuture.completedFuture(0));
}
