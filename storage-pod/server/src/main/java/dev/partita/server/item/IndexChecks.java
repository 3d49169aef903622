package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ItemTexts;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.Update;
import dev.partita.model.index.IndexKeyFault;
import dev.partita.model.index.LocalIndexes;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.DynamoNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request alone says to the indexes of its table. What only the item can say is for its
/// partition.
final class IndexChecks {

  private static final AttributeValue SOME_NUMBER = new AttributeValue.N(DynamoNumber.parse("0"));
  private static final AttributeValue SOME_LIST = new AttributeValue.L(List.of());

  private IndexChecks() {}

  /// Checks an item that shall be put, after its own key.
  ///
  /// @param size of the item in DynamoDB bytes
  /// @throws ApiException ValidationException
  static void item(TableDefinition table, Map<String, AttributeValue> item, int size) {
    LocalIndexes indexes = LocalIndexes.of(table);
    if (indexes == null) {
      return;
    }
    IndexKeyFault fault = indexes.fault(item);
    if (fault != null) {
      throw ApiException.validation(fault.inItem());
    }
    if (indexes.isTooLarge(item, size)) {
      throw ApiException.validation(ItemTexts.TOO_LARGE);
    }
  }

  /// Checks the values that an update names for keys of indexes, or whose type it fixes, as
  /// dynalite measured it.
  ///
  /// @throws ApiException ValidationException
  static void update(TableDefinition table, Update update) {
    LocalIndexes indexes = LocalIndexes.of(table);
    if (indexes == null) {
      return;
    }
    IndexKeyFault fault = indexes.fault(named(update));
    if (fault != null) {
      throw ApiException.validation(
          switch (update.origin()) {
            case UPDATE_EXPRESSION -> fault.inUpdate();
            // Values of AttributeUpdates are told as those of an item (DynamoDB Local 3.1.0).
            case ATTRIBUTE_UPDATES -> fault.inItem();
          });
    }
  }

  /// What whole attributes become, as far as that is known; of a result of known type any value.
  private static Map<String, AttributeValue> named(Update update) {
    Map<String, AttributeValue> named = new HashMap<>();
    for (Update.SetAction action : update.sets()) {
      AttributeValue value =
          switch (action.value()) {
            case Update.SetValue.Plain(Update.SetOperand operand) -> known(operand);
            case Update.SetValue.Plus _, Update.SetValue.Minus _ -> SOME_NUMBER;
          };
      add(named, action.path(), value);
    }
    update.adds().forEach(action -> add(named, action.path(), action.value()));
    update.deletes().forEach(action -> add(named, action.path(), action.value()));
    return named;
  }

  private static @Nullable AttributeValue known(Update.SetOperand operand) {
    return switch (operand) {
      case Update.SetOperand.Literal(AttributeValue value) -> value;
      case Update.SetOperand.ListAppend _ -> SOME_LIST;
      case Update.SetOperand.At _, Update.SetOperand.IfNotExists _ -> null;
    };
  }

  private static void add(
      Map<String, AttributeValue> named, Path path, @Nullable AttributeValue value) {
    if (value != null && path.steps().size() == 1) {
      named.put(path.root(), value);
    }
  }
}
