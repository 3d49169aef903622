package dev.partita.partition;

/// What one local index holds in a partition.
///
/// @param entries number of entries
/// @param bytes sum of their sizes in DynamoDB bytes
public record IndexSize(long entries, long bytes) {

  static final IndexSize EMPTY = new IndexSize(0, 0);

  /// @param oldBytes of one entry before, 0 where there was none
  /// @param newBytes of it afterwards, 0 where it is gone
  IndexSize changed(int oldBytes, int newBytes) {
    int came = (newBytes > 0 ? 1 : 0) - (oldBytes > 0 ? 1 : 0);
    return new IndexSize(entries + came, bytes + newBytes - oldBytes);
  }
}
