package dev.partita.server.item;

import dev.partita.cluster.Cluster;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ItemTexts;
import dev.partita.model.expression.Condition;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.ItemWriter;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.ItemSize;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// `PutItem`.
public final class PutItem implements Operation {

  private static final List<String> EXPRESSIONS = List.of("ConditionExpression");
  private static final List<String> LEGACY = List.of("Expected", "ConditionalOperator");

  private final ItemWrites writes;

  public PutItem(Cluster cluster) {
    this.writes = new ItemWrites(cluster);
  }

  @Override
  public String name() {
    return "PutItem";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    Structure request = RequestReader.read(ItemShapes.PUT, body);
    ExpressionParameters expressions = ExpressionParameters.of(request, EXPRESSIONS, LEGACY, true);
    WriteOptions options = WriteOptions.of(request).withoutNew();
    expressions.checkPlaceholders();
    Map<String, AttributeValue> item = request.requiredAttributes("Item").values();
    ItemWriter writer = new ItemWriter(body.length);
    ItemCodec.write(item, writer);
    int size = writer.size();
    if (size > ItemSize.MAX_ITEM_BYTES) {
      throw ApiException.validation(ItemTexts.TOO_LARGE);
    }
    Bytes encoded = writer.finish();
    Condition expected = LegacyConditions.expected(request);
    expressions.open();
    Condition expressed = expressions.condition("ConditionExpression");
    Condition condition = expressed == null ? expected : expressed;
    expressions.close();
    return writes.write(
        context,
        request,
        options,
        table -> {
          PrimaryKey key = KeySchema.ofItem(table.definition(), item);
          IndexChecks.item(table.definition(), item, size);
          new KeyPaths().of(condition).check(table.definition());
          return new WriteCommand.Put(
              table.id(),
              key,
              encoded,
              size,
              condition,
              options.returnValues(),
              options.oldOnConditionFailure());
        });
  }
}
