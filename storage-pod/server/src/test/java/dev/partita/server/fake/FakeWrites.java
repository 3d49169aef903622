package dev.partita.server.fake;

import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.expression.Conditions;
import dev.partita.model.expression.Updates;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.ItemSize;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides writes as a partition does, without its bounds.
public final class FakeWrites {

  private FakeWrites() {}

  /// @param now the item behind the write; null for none
  public record Decided(WriteOutcome outcome, @Nullable Map<String, AttributeValue> now) {}

  /// @param old the item before the write; null for none
  public static Decided decide(WriteCommand command, @Nullable Map<String, AttributeValue> old) {
    int oldSize = old == null ? 0 : ItemSize.ofAttributes(old);
    if (command.condition() != null && !Conditions.test(command.condition(), old)) {
      WriteOutcome failed =
          new WriteOutcome.ConditionFailed(
              old != null && command.returnOldOnConditionFailure() ? ItemCodec.encode(old) : null,
              oldSize);
      return new Decided(failed, old);
    }
    Map<String, AttributeValue> now = null;
    Map<String, AttributeValue> shown = command.returnValues() == ReturnValues.ALL_OLD ? old : null;
    switch (command) {
      case WriteCommand.Put put -> now = ItemCodec.decode(put.item());
      case WriteCommand.Delete _ -> {}
      case WriteCommand.UpdateItem update -> {
        switch (Updates.apply(update.update(), update.key(), old)) {
          case Updates.Result.Invalid(String message) -> {
            return new Decided(new WriteOutcome.Invalid(message), old);
          }
          case Updates.Result.Changed changed -> {
            now = changed.newItem();
            shown =
                switch (command.returnValues()) {
                  case NONE -> null;
                  case ALL_OLD -> old;
                  case ALL_NEW -> now;
                  case UPDATED_OLD -> changed.touchedOld();
                  case UPDATED_NEW -> changed.touchedNew();
                };
          }
        }
      }
    }
    WriteOutcome written =
        new WriteOutcome.Written(
            shown == null || shown.isEmpty() ? null : ItemCodec.encode(shown),
            oldSize,
            now == null ? 0 : ItemSize.ofAttributes(now));
    return new Decided(written, now);
  }
}
