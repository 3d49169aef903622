package dev.partita.server.table;

import dev.partita.cluster.Cluster;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ResourceTexts;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// TagResource: sets tags of a table, in force when it answers. The answer is empty.
public final class TagResource implements Operation {

  private final TableUpdates updates;

  public TagResource(Cluster cluster) {
    this.updates = new TableUpdates(cluster);
  }

  @Override
  public String name() {
    return "TagResource";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    Structure request = RequestReader.read(TableShapes.TAG, body);
    TaggedResource resource = TaggedResource.of(context, request.text("ResourceArn"));
    Map<String, String> tags = TagLists.read(request);
    if (tags.isEmpty()) {
      throw ApiException.validation(ResourceTexts.NO_TAG);
    }
    return updates
        .apply(
            resource.tableName(),
            table -> {
              Map<String, String> merged = new LinkedHashMap<>(table.tags());
              merged.putAll(tags);
              TagLists.checkCount(merged.size());
              return table.withTags(merged);
            },
            resource.notFound())
        .thenApply(_ -> Reply.ok(""));
  }
}
