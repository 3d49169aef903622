package dev.partita.partition;

import dev.partita.engine.ItemWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Puts a pod's rows on disk and lets the logs go that led to them. The pod takes one now and then:
/// what was applied since the last is what a restart applies again.
public final class Checkpoint {

  private Checkpoint() {}

  /// Makes all that is applied durable, then tells the groups. Blocks on the disk.
  ///
  /// @param store the item store that all the partitions share
  public static void take(ItemWriter store, Collection<Partition> partitions) {
    List<Runnable> notices = new ArrayList<>(partitions.size());
    for (Partition partition : partitions) {
      notices.add(partition.noteApplied());
    }
    store.flush();
    notices.forEach(Runnable::run);
  }
}
