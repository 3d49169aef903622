package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.LegacyTexts;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.Update;
import dev.partita.model.value.AttributeValue;
import dev.partita.server.json.AttributeMap;
import dev.partita.server.json.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `AttributeUpdates` of UpdateItem: what came before `UpdateExpression`.
final class AttributeUpdates {

  private final List<Update.SetAction> sets = new ArrayList<>();
  private final List<Path> removes = new ArrayList<>();
  private final List<Update.AddAction> adds = new ArrayList<>();
  private final List<Update.DeleteAction> deletes = new ArrayList<>();

  private AttributeUpdates() {}

  /// @return an update that changes nothing where the request has none
  /// @throws ApiException VALIDATION
  static Update read(Structure request) {
    Map<String, Structure> entries = request.structureMap("AttributeUpdates");
    if (entries == null || entries.isEmpty()) {
      return Update.NONE;
    }
    AttributeUpdates updates = new AttributeUpdates();
    entries.forEach(updates::add);
    return new Update(
        updates.sets,
        updates.removes,
        updates.adds,
        updates.deletes,
        Update.Origin.ATTRIBUTE_UPDATES);
  }

  private void add(String name, Structure entry) {
    AttributeNames.check(name);
    Path path = Path.of(name);
    AttributeMap given = entry.attributes("Value");
    String action = entry.text("Action");
    if (given == null) {
      if (!"DELETE".equals(action)) {
        throw ApiException.validation(LegacyTexts.NO_VALUE);
      }
      removes.add(path);
      return;
    }
    AttributeValue value = given.values().values().iterator().next();
    if ("ADD".equals(action)) {
      if (!isAddable(value)) {
        throw ApiException.validation(LegacyTexts.addType(value.type()));
      }
      adds.add(new Update.AddAction(path, value));
    } else if ("DELETE".equals(action)) {
      if (!isSet(value)) {
        throw ApiException.validation(LegacyTexts.deleteType(value.type()));
      }
      deletes.add(new Update.DeleteAction(path, value));
    } else {
      // Without an action it is a PUT: measured at the service, DynamoDB Local does nothing.
      sets.add(
          new Update.SetAction(
              path, new Update.SetValue.Plain(new Update.SetOperand.Literal(value))));
    }
  }

  private static boolean isAddable(AttributeValue value) {
    return value instanceof AttributeValue.N || value instanceof AttributeValue.L || isSet(value);
  }

  private static boolean isSet(AttributeValue value) {
    return value instanceof AttributeValue.SS
        || value instanceof AttributeValue.NS
        || value instanceof AttributeValue.BS;
  }
}
