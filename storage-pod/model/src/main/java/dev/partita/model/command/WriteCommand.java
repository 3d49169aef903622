package dev.partita.model.command;

import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Update;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.Bytes;
import org.jspecify.annotations.Nullable;

/// The intent to change one item: everything that the request alone and the table's schema can
/// reveal is already checked. What depends on the item's present image is decided by the partition.
public sealed interface WriteCommand {
  long tableId();

  PrimaryKey key();

  @Nullable Condition condition();

  ReturnValues returnValues();

  /// `ReturnValuesOnConditionCheckFailure=ALL_OLD`.
  boolean returnOldOnConditionFailure();

  /// @param item the whole new item, keys included, as an encoded attribute map (see `ItemCodec`)
  /// @param itemSize its size in DynamoDB bytes, at most 409,600
  record Put(
      long tableId,
      PrimaryKey key,
      Bytes item,
      int itemSize,
      @Nullable Condition condition,
      ReturnValues returnValues,
      boolean returnOldOnConditionFailure)
      implements WriteCommand {}

  record UpdateItem(
      long tableId,
      PrimaryKey key,
      Update update,
      @Nullable Condition condition,
      ReturnValues returnValues,
      boolean returnOldOnConditionFailure)
      implements WriteCommand {}

  record Delete(
      long tableId,
      PrimaryKey key,
      @Nullable Condition condition,
      ReturnValues returnValues,
      boolean returnOldOnConditionFailure)
      implements WriteCommand {}
}
