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

  /// The first change of an item in this round.
  ///
  /// @param oldExpiry when the item expired as the round finds it, or `NEVER`
  Row.OfImage change(Bytes key, int oldSize, long oldExpiry, @Nullable Image image) {
    return added(
        new Row.OfImage(key, this, rows.size(), Row.OfImage.ITEM, oldSize, oldExpiry, image));
  }

  /// The first change of an index entry in this round.
  Row.OfImage changeEntry(Bytes key, int index, int oldSize, @Nullable Image image) {
    return added(
        new Row.OfImage(key, this, rows.size(), index, oldSize, TtlAttribute.NEVER, image));
  }

  /// A further change of an item or an index entry of this round.
  void changeAgain(Row.OfImage row, @Nullable Image image) {
    bytes -= row.bytes();
    row.image = image;
    bytes += row.bytes();
  }

  /// The first change of a collection's record in this round.
  Row.OfCollection changeCollection(Bytes key, ItemCollection collection) {
    return added(new Row.OfCollection(key, this, rows.size(), collection));
  }

  private <T extends Row> T added(T row) {
    rows.add(row);
    bytes += row.bytes();
    return row;
  }

  EffectsEntry entry(long descriptorVersion, long turn, long timestamp) {
    List<Effect> effects = new ArrayList<>(rows.size());
    for (Row row : rows) {
      effects.add(row.effect());
    }
    // Behind the rows, whose numbers are those of their effects.
    for (Row row : rows) {
      if (row.oldExpiry() != TtlAttribute.NEVER) {
        effects.add(new Effect.ForgetExpiry(row.key, row.oldExpiry()));
      }
    }
    return new EffectsEntry(descriptorVersion, turn, timestamp, effects);
  }
}
