package dev.partita.server.item;

import dev.partita.model.command.WriteOutcome;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.model.error.ItemTexts;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import dev.partita.model.value.Bytes;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.operation.AnswerMemory;
import dev.partita.server.operation.Reply;
import org.jspecify.annotations.Nullable;

/// Answers of PutItem, UpdateItem and DeleteItem from what the partition decided.
final class WriteReplies {

  /// Bytes of an encoded attribute map without attributes: version and end.
  private static final int EMPTY_MAP_BYTES = 2;

  private WriteReplies() {}

  static Reply of(WriteOutcome outcome, TableRecord table, PrimaryKey key, WriteOptions options) {
    return switch (outcome) {
      case WriteOutcome.Written written -> {
        JsonBuffer json = buffer(written.attributes()).startObject();
        attributes("Attributes", written.attributes(), json);
        TableDefinition definition = table.definition();
        if (options.capacity() != ConsumedCapacity.NONE) {
          Consumption consumed = Consumption.of(written, definition);
          options.capacity().write(definition.name(), consumed, json);
        }
        options.metrics().write(written, key, json);
        yield Reply.ok(json.endObject().toByteArray());
      }
      case WriteOutcome.ConditionFailed(Bytes oldItem, _) -> conditionFailed(oldItem);
      case WriteOutcome.CollectionFull _ -> throw collectionFull();
      case WriteOutcome.Invalid(String message) -> throw ApiException.validation(message);
      case WriteOutcome.Unavailable(String reason, boolean indeterminate) ->
          throw unavailable(reason, indeterminate);
    };
  }

  static ApiException unavailable(String reason, boolean indeterminate) {
    return indeterminate
        ? new ApiException(
            ErrorType.INTERNAL_SERVER_ERROR,
            "The write may or may not have been applied: " + reason)
        : Tables.unavailable("Nothing was written: ", reason);
  }

  static ApiException collectionFull() {
    return new ApiException(
        ErrorType.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, ItemTexts.COLLECTION_FULL);
  }

  private static Reply conditionFailed(@Nullable Bytes oldItem) {
    JsonBuffer json =
        buffer(oldItem)
            .startObject()
            .name("__type")
            .string(ErrorType.CONDITIONAL_CHECK_FAILED.wireName())
            .name("message")
            .string(ItemTexts.CONDITION_FAILED);
    attributes("Item", oldItem, json);
    return Reply.error(ErrorType.CONDITIONAL_CHECK_FAILED, json.endObject().toByteArray());
  }

  /// What is written is told, whether there is memory for it or not.
  private static JsonBuffer buffer(@Nullable Bytes encoded) {
    return encoded == null
        ? new JsonBuffer()
        : AnswerBuffers.of(encoded.unsafeArray(), 0, encoded.length(), AnswerMemory.UNCOUNTED);
  }

  private static void attributes(String member, @Nullable Bytes encoded, JsonBuffer json) {
    if (encoded != null && encoded.length() > EMPTY_MAP_BYTES) {
      ItemJson.of(encoded, json.name(member));
    }
  }
}
