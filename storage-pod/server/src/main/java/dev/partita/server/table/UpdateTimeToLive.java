package dev.partita.server.table;

import dev.partita.cluster.Cluster;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.TableTexts;
import dev.partita.model.table.TableDefinition;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.concurrent.CompletableFuture;

/// UpdateTimeToLive: which attribute says when items expire, or that none does. In force when it
/// answers. Texts as recorded from the service in 2026.
public final class UpdateTimeToLive implements Operation {

  private final TableUpdates updates;

  public UpdateTimeToLive(Cluster cluster) {
    this.updates = new TableUpdates(cluster);
  }

  @Override
  public String name() {
    return "UpdateTimeToLive";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    Structure request = RequestReader.read(TableShapes.UPDATE_TTL, body);
    Structure wanted = request.requiredStructure("TimeToLiveSpecification");
    boolean enabled = wanted.flag("Enabled", false);
    String attribute = wanted.requiredText("AttributeName");
    return updates
        .apply(
            context.tableName(request.requiredText("TableName")),
            table -> changed(table, enabled, attribute))
        .thenApply(_ -> Reply.ok(answer(enabled, attribute)));
  }

  private static TableDefinition changed(TableDefinition table, boolean enabled, String attribute) {
    String current = table.ttlAttribute();
    if (current == null) {
      if (!enabled) {
        throw ApiException.validation(TableTexts.TTL_DISABLED);
      }
      return table.withTtlAttribute(attribute);
    }
    if (!current.equals(attribute)) {
      throw ApiException.validation(TableTexts.ttlOnOther(current));
    }
    if (enabled) {
      throw ApiException.validation(TableTexts.TTL_ENABLED);
    }
    return table.withTtlAttribute(null);
  }

  private static byte[] answer(boolean enabled, String attribute) {
    JsonBuffer json = new JsonBuffer().startObject();
    json.name("TimeToLiveSpecification").startObject();
    json.name("Enabled").bool(enabled);
    json.name("AttributeName").string(attribute).endObject();
    return json.endObject().toByteArray();
  }
}
