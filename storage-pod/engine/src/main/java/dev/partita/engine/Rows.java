package dev.partita.engine;

import org.jspecify.annotations.Nullable;

/// Rows that can be read. All keys are whole row keys, ordered by unsigned bytes.
public interface Rows {

  /// The value of a row, or null. May touch the disk: not for event loops.
  byte @Nullable [] get(byte[] rowKey);

  /// Rows of `[from, to)` in order, from one consistent image; to be closed.
  Cursor scan(byte[] from, byte[] to);

  /// As {@link #scan}, from the last row of the range to its first.
  Cursor scanBackwards(byte[] from, byte[] to);

  /// Rows of one moment.
  interface Image extends Rows, AutoCloseable {
    @Override
    void close();
  }

  /// Walks rows in one direction; positioned before the first until {@link #next} or {@link
  /// #skipTo} is called.
  interface Cursor extends AutoCloseable {
    boolean next();

    /// Goes to the first row of the range, in the cursor's direction, that is not before the key: a
    /// key that the cursor has passed already takes it back.
    ///
    /// @return whether there is one
    boolean skipTo(byte[] rowKey);

    byte[] key();

    byte[] value();

    @Override
    void close();
  }
}
