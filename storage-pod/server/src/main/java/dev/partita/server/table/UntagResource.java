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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/// UntagResource: removes tags of a table by their keys; keys that it does not have are no error.
/// The answer is empty.
public final class UntagResource implements Operation {

  private final TableUpdates updates;

  public UntagResource(Cluster cluster) {
    this.updates = new TableUpdates(cluster);
  }

  @Override
  public String name() {
    return "UntagResource";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    Structure request = RequestReader.read(TableShapes.UNTAG, body);
    TaggedResource resource = TaggedResource.of(context, request.text("ResourceArn"));
    List<String> keys = Objects.requireNonNull(request.texts("TagKeys"));
    if (keys.isEmpty()) {
      throw ApiException.validation(ResourceTexts.NO_TAG_KEY);
    }
    keys.forEach(TagLists::checkedKey);
    TagLists.checkCount(keys.size());
    return updates
        .apply(
            resource.tableName(),
            table -> {
              Map<String, String> left = new LinkedHashMap<>(table.tags());
              keys.forEach(left::remove);
              return table.withTags(left);
            },
            resource.notFound())
        .thenApply(_ -> Reply.ok(""));
  }
}
