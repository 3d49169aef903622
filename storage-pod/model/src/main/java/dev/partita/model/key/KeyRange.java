package dev.partita.model.key;

import dev.partita.model.value.Bytes;

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
}
