package dev.partita.server.item;

import dev.partita.cluster.Cluster;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.expression.Condition;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.AttributeValue;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// `DeleteItem`.
public final class DeleteItem implements Operation {

  private static final List<String> EXPRESSIONS = List.of("ConditionExpression");
  private static final List<String> LEGACY = List.of("Expected", "ConditionalOperator");

  private final ItemWrites writes;

  public DeleteItem(Cluster cluster) {
    this.writes = new ItemWrites(cluster);
  }

  @Override
  public String name() {
    return "DeleteItem";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    Structure request = RequestReader.read(ItemShapes.DELETE, body);
    ExpressionParameters expressions = ExpressionParameters.of(request, EXPRESSIONS, LEGACY, true);
    WriteOptions options = WriteOptions.of(request).withoutNew();
    expressions.checkPlaceholders();
    Condition expected = LegacyConditions.expected(request);
    Map<String, AttributeValue> key = request.requiredAttributes("Key").values();
    expressions.open();
    Condition expressed = expressions.condition("ConditionExpression");
    Condition condition = expressed == null ? expected : expressed;
    expressions.close();
    return writes.write(
        context,
        request,
        options,
        table -> {
          PrimaryKey primaryKey = KeySchema.ofKey(table.definition(), key);
          new KeyPaths().of(condition).check(table.definition());
          return new WriteCommand.Delete(
              table.id(),
              primaryKey,
              condition,
              options.returnValues(),
              options.oldOnConditionFailure());
        });
  }
}
