package dev.partita.partition;

import dev.partita.model.command.WriteOutcome;
import dev.partita.model.item.TtlAttribute;
import dev.partita.model.value.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Commands that were decided one after the other and are answered together: when their one log
/// entry is applied, or, where none of them changes anything, when leadership is confirmed. Used by
/// the lane alone.
final class Round {

  /// A row that the round's entry changes, and what it becomes: null for no item.
  static final class Row {
    final Bytes key;
    final Round round;
    final int number;
    final int oldSize;

    /// When the item expired as the round found it, in seconds since 1970, or `NEVER`.
    final long oldExpiry;

    @Nullable Image image;

    Row(Bytes key, Round round, int number, int oldSize, long oldExpiry, @Nullable Image image) {
      this.key = key;
      this.round = round;
      this.number = number;
      this.oldSize = oldSize;
      this.oldExpiry = oldExpiry;
      this.image = image;
    }

    Effect effect() {
      Image now = image;
      return now == null
          ? new Effect.Delete(key, oldSize)
          : new Effect.Put(key, oldSize, now.size(), now.body());
    }

    /// What the row takes in the entry, approximately: it is encoded only when nothing can change
    /// it any more.
    int bytes() {
      Image now = image;
      int effects = oldExpiry == TtlAttribute.NEVER ? 1 : 2;
      return effects * (key.length() + EffectsEntry.EFFECT_OVERHEAD_BYTES)
          + (now == null ? 0 : now.encodedBytes());
    }
  }

  /// @param row what the command changed; null where it changed nothing
  record Waiter(Request request, WriteOutcome outcome, @Nullable Row row) {}

  /// How far the round's entry came.
  enum Fate {
    OPEN,
    APPLIED,
    LOST
  }

  final long epoch;

  /// Of the entry; known when that is proposed.
  long turn = -1;

  final List<Row> rows = new ArrayList<>();
  final List<Waiter> waiters = new ArrayList<>();

  /// Rounds without an entry whose decisions looked at what this one's entry writes.
  final List<Round> dependents = new ArrayList<>();

  Fate fate = Fate.OPEN;
  int bytes = EffectsEntry.HEADER_BYTES;

  /// The latest round, still in flight, whose writes this round's decisions looked at.
  @Nullable Round dependsOn;

  Round(long epoch) {
    this.epoch = epoch;
  }

  /// Notes that a decision of this round looked at what another one writes.
  void dependOn(Round other) {
    if (dependsOn == null || dependsOn.turn < other.turn) {
      dependsOn = other;
    }
  }

  /// The row's first change in this round.
  ///
  /// @param oldExpiry when the item expired as the round finds it, or `NEVER`
  Row change(Bytes key, int oldSize, long oldExpiry, @Nullable Image image) {
    Row row = new Row(key, this, rows.size(), oldSize, oldExpiry, image);
    rows.add(row);
    bytes += row.bytes();
    return row;
  }

  /// A further change of a row of this round.
  void changeAgain(Row row, @Nullable Image image) {
    bytes -= row.bytes();
    row.image = image;
    bytes += row.bytes();
  }

  EffectsEntry entry(long descriptorVersion, long turn, long timestamp) {
    List<Effect> effects = new ArrayList<>(rows.size());
    for (Row row : rows) {
      effects.add(row.effect());
    }
    // Behind the rows, whose numbers are those of their effects.
    for (Row row : rows) {
      if (row.oldExpiry != TtlAttribute.NEVER) {
        effects.add(new Effect.ForgetExpiry(row.key, row.oldExpiry));
      }
    }
    return new EffectsEntry(descriptorVersion, turn, timestamp, effects);
  }
}
