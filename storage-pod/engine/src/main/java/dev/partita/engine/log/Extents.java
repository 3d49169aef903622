package dev.partita.engine.log;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where the live entries of one group lie: runs of indexes that share a segment and a term. Takes
/// memory by the run, not by the entry.
final class Extents {

  /// @param first index of the run
  /// @param last index of the run, at least `first`
  record Extent(long first, long last, long segment, long term) {}

  private final NavigableMap<Long, Extent> byFirst = new TreeMap<>();

  /// Notes that the entry of this index lies in this segment now, wherever it was before.
  void put(long index, long segment, long term) {
    remove(index);
    long first = index;
    long last = index;
    Map.Entry<Long, Extent> left = byFirst.floorEntry(index);
    if (left != null
        && joins(left.getValue(), segment, term)
        && left.getValue().last() == index - 1) {
      first = left.getValue().first();
    }
    Extent right = byFirst.get(index + 1);
    if (right != null && joins(right, segment, term)) {
      last = right.last();
      byFirst.remove(right.first());
    }
    byFirst.put(first, new Extent(first, last, segment, term));
  }

  private static boolean joins(Extent extent, long segment, long term) {
    return extent.segment() == segment && extent.term() == term;
  }

  private void remove(long index) {
    Extent found = find(index);
    if (found == null) {
      return;
    }
    byFirst.remove(found.first());
    if (found.first() < index) {
      keep(new Extent(found.first(), index - 1, found.segment(), found.term()));
    }
    if (found.last() > index) {
      keep(new Extent(index + 1, found.last(), found.segment(), found.term()));
    }
  }

  private void keep(Extent extent) {
    byFirst.put(extent.first(), extent);
  }

  @Nullable Extent find(long index) {
    Map.Entry<Long, Extent> floor = byFirst.floorEntry(index);
    return floor != null && floor.getValue().last() >= index ? floor.getValue() : null;
  }

  /// Forgets the indexes from `index` on.
  void truncateFrom(long index) {
    byFirst.tailMap(index, true).clear();
    Map.Entry<Long, Extent> last = byFirst.lastEntry();
    if (last != null && last.getValue().last() >= index) {
      Extent extent = last.getValue();
      keep(new Extent(extent.first(), index - 1, extent.segment(), extent.term()));
    }
  }

  /// Forgets the indexes up to `index`.
  void cutTo(long index) {
    NavigableMap<Long, Extent> head = byFirst.headMap(index, true);
    Map.Entry<Long, Extent> last = head.lastEntry();
    Extent rest = null;
    if (last != null && last.getValue().last() > index) {
      Extent extent = last.getValue();
      rest = new Extent(index + 1, extent.last(), extent.segment(), extent.term());
    }
    head.clear();
    if (rest != null) {
      keep(rest);
    }
  }

  void clear() {
    byFirst.clear();
  }

  boolean touches(long segment) {
    for (Extent extent : byFirst.values()) {
      if (extent.segment() == segment) {
        return true;
      }
    }
    return false;
  }

  /// The runs that lie in this segment.
  List<Extent> in(long segment) {
    return byFirst.values().stream().filter(extent -> extent.segment() == segment).toList();
  }

  /// Whether every index of `[first, last]` is there.
  boolean covers(long first, long last) {
    long next = first;
    for (Extent extent : byFirst.tailMap(first, true).values()) {
      if (extent.first() != next) {
        return false;
      }
      next = extent.last() + 1;
    }
    return next == last + 1;
  }
}
