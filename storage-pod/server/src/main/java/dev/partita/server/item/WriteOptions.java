package dev.partita.server.item;

import dev.partita.model.command.ReturnValues;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ItemTexts;
import dev.partita.server.json.Structure;

/// What a write is asked to tell.
///
/// @param returnValues `ReturnValues`
/// @param oldOnConditionFailure `ReturnValuesOnConditionCheckFailure=ALL_OLD`
/// @param capacity `ReturnConsumedCapacity`
/// @param metrics `ReturnItemCollectionMetrics`
record WriteOptions(
    ReturnValues returnValues,
    boolean oldOnConditionFailure,
    ConsumedCapacity capacity,
    CollectionMetrics metrics) {

  static WriteOptions of(Structure request) {
    String returnValues = request.text("ReturnValues");
    return new WriteOptions(
        returnValues == null ? ReturnValues.NONE : ReturnValues.valueOf(returnValues),
        "ALL_OLD".equals(request.text("ReturnValuesOnConditionCheckFailure")),
        ConsumedCapacity.of(request.text("ReturnConsumedCapacity")),
        CollectionMetrics.of(request));
  }

  /// PutItem and DeleteItem know nothing new to tell.
  WriteOptions withoutNew() {
    return switch (returnValues) {
      case NONE, ALL_OLD -> this;
      case UPDATED_OLD, ALL_NEW, UPDATED_NEW ->
          throw ApiException.validation(ItemTexts.ONLY_OLD_VALUES);
    };
  }
}
