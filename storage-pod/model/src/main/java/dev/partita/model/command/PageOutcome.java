package dev.partita.model.command;

import dev.partita.model.capacity.CapacityUnits;
import dev.partita.model.value.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer to a {@link PageRead}.
public sealed interface PageOutcome {

  /// Rows of a page, or of a part of one.
  ///
  /// @param items what the rows are to tell, as encoded attribute maps (see `ItemCodec`), in order;
  ///   empty where only counts were wanted
  /// @param matched rows that pass the filter
  /// @param evaluated rows looked at
  /// @param bytesRead DynamoDB bytes of what was evaluated: of an index's entry where one was read
  /// @param fetchUnits sum over the items fetched for entries of their sizes in units of 4 KB, each
  ///   rounded up
  /// @param last key of the last row evaluated; null if there was none
  record Rows(
      List<Bytes> items,
      int matched,
      int evaluated,
      long bytesRead,
      long fetchUnits,
      @Nullable Bytes last) {
    public static final Rows NONE = new Rows(List.of(), 0, 0, 0, 0, null);

    public Rows {
      items = List.copyOf(items);
    }

    /// What the rows count for in the bound of a page: what was evaluated, and, so that memory is
    /// bounded, the items that were fetched for it.
    public static long weight(long bytesRead, long fetchUnits) {
      return bytesRead + CapacityUnits.READ_UNIT_BYTES * fetchUnits;
    }
  }

  /// A whole page.
  ///
  /// @param last key of the last row evaluated where one of the page's bounds ended it, even if
  ///   nothing follows: the next page begins behind it; null where the range was walked to its end.
  ///   Where the page's time ended it on the way forward over an index, it may be the key of an
  ///   item whose partition key has nothing in the index: any entry's key with that partition key
  ///   says the same
  record Page(Rows rows, @Nullable Bytes last) implements PageOutcome {}

  /// A partition's part of a page that is not full: the partition has walked for long enough over
  /// rows that are not meant. It goes on behind `at`. Not seen outside the cluster.
  ///
  /// @param at key behind which to go on. Forward it may be a page's last, see there
  record Paused(Rows rows, Bytes at) implements PageOutcome {}

  /// No replica could answer in time. SDKs retry.
  record Unavailable(String reason) implements PageOutcome {}
}
