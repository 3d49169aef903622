package dev.partita.cluster;

import java.util.List;

/// How much a table holds.
///
/// @param items number of items
/// @param bytes their size in DynamoDB bytes
/// @param localIndexes what its local indexes hold, by number; those behind the last that has
///   entries may be left out
public record TableSize(long items, long bytes, List<IndexSize> localIndexes) {
  public static final TableSize EMPTY = new TableSize(0, 0);

  public TableSize {
    localIndexes = List.copyOf(localIndexes);
  }

  /// A table whose indexes, if it has any, are empty.
  public TableSize(long items, long bytes) {
    this(items, bytes, List.of());
  }

  /// @param number of the index, from 0
  public IndexSize localIndex(int number) {
    return number < localIndexes.size() ? localIndexes.get(number) : IndexSize.EMPTY;
  }

  /// How much one index holds.
  ///
  /// @param entries number of entries
  /// @param bytes their size in DynamoDB bytes
  public record IndexSize(long entries, long bytes) {
    public static final IndexSize EMPTY = new IndexSize(0, 0);

    IndexSize plus(long moreEntries, long moreBytes) {
      return new IndexSize(entries + moreEntries, bytes + moreBytes);
    }
  }
}
