package dev.partita.replication.microraft;

/// Where marks may lie in the log. The core takes one at every multiple of `every`, and can be
/// asked for others in between.
///
/// With a mark the core forgets the entries up to it, all of them or all but the last `kept`. With
/// the latter it says "from `kept` before the mark on", whatever it holds: if the mark before had
/// left nothing, and is nearer than that, entries come back that are gone. So
/// - no mark may lie less than `kept` before a multiple, where the next is sure to follow, and
/// - whoever asks for a mark has to see whether the core holds {@link #firstKeptBehind}.
///
/// @param every in entries
/// @param kept in entries
record MarkPlaces(int every, int kept) {

  boolean mayLieAt(long index) {
    return index % every <= every - kept;
  }

  /// The first entry that the core may believe to hold once there is a mark at `index`.
  long firstKeptBehind(long index) {
    return Math.max(1, index - kept) + 1;
  }
}
