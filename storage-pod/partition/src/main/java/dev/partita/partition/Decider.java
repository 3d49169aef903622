package dev.partita.partition;

import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.error.AttributeTexts;
import dev.partita.model.error.ItemTexts;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Conditions;
import dev.partita.model.expression.Updates;
import dev.partita.model.index.IndexKeyFault;
import dev.partita.model.index.LocalIndexes;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.ItemSize;
import dev.partita.model.value.Nesting;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides what a command does to an item. Pure: the same command and image give the same decision,
/// with no clock, disk or other item in sight.
final class Decider {

  private Decider() {}

  /// On a table without local indexes.
  static Decision decide(WriteCommand command, @Nullable Image current) {
    return decide(command, current, null);
  }

  /// @param current the item as the command finds it; null for none
  /// @param indexes null on a table without local indexes
  static Decision decide(
      WriteCommand command, @Nullable Image current, @Nullable LocalIndexes indexes) {
    Condition condition = command.condition();
    if (condition != null
        && !Conditions.test(condition, current == null ? null : current.attributes())) {
      Bytes shown =
          command.returnOldOnConditionFailure() && current != null ? current.body() : null;
      return new Decision.Keep(new WriteOutcome.ConditionFailed(shown, sizeOf(current)));
    }
    return switch (command) {
      case WriteCommand.Put put -> put(put, current);
      case WriteCommand.Delete delete -> delete(delete, current);
      case WriteCommand.UpdateItem update -> update(update, current, indexes);
    };
  }

  private static Decision put(WriteCommand.Put put, @Nullable Image current) {
    return new Decision.Change(
        Image.encoded(put.item(), put.itemSize()),
        new WriteOutcome.Written(
            old(put.returnValues(), current), sizeOf(current), put.itemSize()));
  }

  private static Decision delete(WriteCommand.Delete delete, @Nullable Image current) {
    WriteOutcome outcome =
        new WriteOutcome.Written(old(delete.returnValues(), current), sizeOf(current), 0);
    return current == null ? new Decision.Keep(outcome) : new Decision.Change(null, outcome);
  }

  private static Decision update(
      WriteCommand.UpdateItem update, @Nullable Image current, @Nullable LocalIndexes indexes) {
    Map<String, AttributeValue> before = current == null ? null : current.attributes();
    return switch (Updates.apply(update.update(), update.key(), before)) {
      case Updates.Result.Invalid(String message) ->
          new Decision.Keep(new WriteOutcome.Invalid(message));
      case Updates.Result.Changed changed -> update(update, current, changed, indexes);
    };
  }

  private static Decision update(
      WriteCommand.UpdateItem update,
      @Nullable Image current,
      Updates.Result.Changed changed,
      @Nullable LocalIndexes indexes) {
    Map<String, AttributeValue> after = changed.newItem();
    if (current == null && update.update().onlyTakesAway()) {
      return new Decision.Keep(new WriteOutcome.Written(null, 0, 0));
    }
    if (current != null && after.equals(current.attributes())) {
      return new Decision.Keep(
          new WriteOutcome.Written(
              shown(update.returnValues(), current, current, changed),
              current.size(),
              current.size()));
    }
    int size = ItemSize.ofAttributes(after);
    if (size > ItemSize.MAX_ITEM_BYTES) {
      return new Decision.Keep(new WriteOutcome.Invalid(ItemTexts.TOO_LARGE_TO_UPDATE));
    }
    if (!Nesting.fits(after)) {
      return new Decision.Keep(new WriteOutcome.Invalid(AttributeTexts.TOO_DEEP));
    }
    IndexKeyFault fault = indexes == null ? null : indexes.fault(after);
    if (fault != null) {
      return new Decision.Keep(new WriteOutcome.Invalid(fault.computed()));
    }
    Image image = Image.decoded(after, size);
    return new Decision.Change(
        image,
        new WriteOutcome.Written(
            shown(update.returnValues(), current, image, changed), sizeOf(current), size));
  }

  private static @Nullable Bytes shown(
      ReturnValues wanted, @Nullable Image current, Image after, Updates.Result.Changed changed) {
    return switch (wanted) {
      case NONE -> null;
      case ALL_OLD -> current == null ? null : current.body();
      case UPDATED_OLD -> encodedUnlessEmpty(changed.touchedOld());
      case ALL_NEW -> after.body();
      case UPDATED_NEW -> encodedUnlessEmpty(changed.touchedNew());
    };
  }

  private static @Nullable Bytes old(ReturnValues wanted, @Nullable Image current) {
    return wanted == ReturnValues.ALL_OLD && current != null ? current.body() : null;
  }

  private static @Nullable Bytes encodedUnlessEmpty(Map<String, AttributeValue> attributes) {
    return attributes.isEmpty() ? null : ItemCodec.encode(attributes);
  }

  private static int sizeOf(@Nullable Image image) {
    return image == null ? 0 : image.size();
  }
}
