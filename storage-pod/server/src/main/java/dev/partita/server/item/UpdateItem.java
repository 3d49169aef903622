package dev.partita.server.item;

import dev.partita.cluster.Cluster;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ItemTexts;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Update;
import dev.partita.model.expression.Updates;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.value.AttributeValue;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// `UpdateItem`.
public final class UpdateItem implements Operation {

  private static final List<String> EXPRESSIONS =
      List.of("UpdateExpression", "ConditionExpression");
  private static final List<String> LEGACY =
      List.of("AttributeUpdates", "Expected", "ConditionalOperator");

  private final ItemWrites writes;

  public UpdateItem(Cluster cluster) {
    this.writes = new ItemWrites(cluster);
  }

  @Override
  public String name() {
    return "UpdateItem";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    Structure request = RequestReader.read(ItemShapes.UPDATE, body);
    ExpressionParameters expressions = ExpressionParameters.of(request, EXPRESSIONS, LEGACY, true);
    WriteOptions options = WriteOptions.of(request);
    expressions.checkPlaceholders();
    Condition expected = LegacyConditions.expected(request);
    Map<String, AttributeValue> key = request.requiredAttributes("Key").values();
    // Without either the update makes sure that the item exists.
    Update older = AttributeUpdates.read(request);
    expressions.open();
    Update expressedUpdate = expressions.update();
    Update update = expressedUpdate == null ? older : expressedUpdate;
    Condition expressed = expressions.condition("ConditionExpression");
    Condition condition = expressed == null ? expected : expressed;
    expressions.close();
    return writes.write(
        context,
        request,
        options,
        table -> {
          PrimaryKey primaryKey = KeySchema.ofKey(table.definition(), key);
          refuseKeyChange(table.definition(), update);
          IndexChecks.update(table.definition(), update);
          new KeyPaths().of(update).of(condition).check(table.definition());
          return new WriteCommand.UpdateItem(
              table.id(),
              primaryKey,
              update,
              condition,
              options.returnValues(),
              options.oldOnConditionFailure());
        });
  }

  private static void refuseKeyChange(TableDefinition table, Update update) {
    String changed = Updates.keyAttributeIn(update, table.hashKey(), table.rangeKey());
    if (changed != null) {
      throw ApiException.validation(ItemTexts.keyUpdate(changed));
    }
  }
}
