package dev.partita.cluster.partitions;

import dev.partita.partition.Expiring;
import dev.partita.partition.Partition;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Lets the items of this pod's partitions expire, some at every look, so that requests go on
/// beside it: leaders delete what is due, and every replica looks at rows that its expiry index
/// does not know yet. {@link #run} is called by one thread, which the disk may block.
public final class Expirer implements Runnable {

  /// Pause between two looks, in milliseconds.
  public static final long LOOK_MILLIS = 100;

  /// Items that one look deletes, over all partitions that this pod leads: 5,000 a second.
  static final int DELETES_PER_LOOK = 500;

  /// How long one look may be busy with rows of before, in milliseconds: half of the time.
  static final long FILL_MILLIS_PER_LOOK = 50;

  private final PartitionSet partitions;
  private final LongSupplier wallMillis;
  private final Counter expired;
  private final Map<Long, CompletableFuture<Integer>> underWay = new ConcurrentHashMap<>();
  private int first;

  /// @param wallMillis milliseconds since 1970
  /// @param expired counts items that were deleted
  public Expirer(PartitionSet partitions, LongSupplier wallMillis, Counter expired) {
    this.partitions = partitions;
    this.wallMillis = wallMillis;
    this.expired = expired;
  }

  @Override
  public void run() {
    List<Partition> open = partitions.open();
    long now = TimeUnit.MILLISECONDS.toSeconds(wallMillis.getAsLong());
    underWay.values().removeIf(CompletableFuture::isDone);
    int left = DELETES_PER_LOOK;
    long fillUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FILL_MILLIS_PER_LOOK);
    // Every look begins with another partition, so that none waits for ever behind busy ones.
    first++;
    for (int i = 0; i < open.size(); i++) {
      Partition partition = open.get(Math.floorMod(first + i, open.size()));
      while (!partition.expiryIsFilled() && System.nanoTime() - fillUntil < 0) {
        partition.fillExpiry();
      }
      long id = partition.descriptor().id();
      if (left > 0 && !underWay.containsKey(id)) {
        Expiring expiring = partition.expire(now, left);
        left -= expiring.asked();
        underWay.put(id, expiring.deleted());
        var _ = expiring.deleted().thenAccept(count -> expired.increment(count));
      }
    }
  }
}
