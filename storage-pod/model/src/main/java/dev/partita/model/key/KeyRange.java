package dev.partita.model.key;

import dev.partita.model.value.Bytes;
import org.jspecify.annotations.Nullable;

/// A half-open range of row keys, `[from, to)`, by unsigned bytes. A partition is one such range.
public record KeyRange(Bytes from, Bytes to) {
  public KeyRange {
    if (from.compareTo(to) >= 0) {
      throw new IllegalArgumentException("empty key range " + from + ".." + to);
    }
  }

  public boolean contains(Bytes rowKey) {
    return from.compareTo(rowKey) <= 0 && rowKey.compareTo(to) < 0;
  }

  public boolean contains(KeyRange other) {
    return from.compareTo(other.from) <= 0 && other.to.compareTo(to) <= 0;
  }

  /// What both ranges have; null for nothing.
  public @Nullable KeyRange intersection(KeyRange other) {
    Bytes low = Bytes.max(from, other.from);
    Bytes high = Bytes.min(to, other.to);
    return low.compareTo(high) < 0 ? new KeyRange(low, high) : null;
  }
}
