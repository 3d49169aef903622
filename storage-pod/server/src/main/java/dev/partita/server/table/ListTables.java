package dev.partita.server.table;

import dev.partita.cluster.Cluster;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.model.table.TableRecord;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// ListTables: names in order, a page at a time.
public final class ListTables implements Operation {

  /// Names on a page where the request does not say.
  private static final int DEFAULT_LIMIT = 100;

  private final Cluster cluster;

  public ListTables(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public String name() {
    return "ListTables";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    Structure request = RequestReader.read(TableShapes.LIST, body);
    Long limit = request.whole("Limit");
    String after = request.text("ExclusiveStartTableName");
    return cluster
        .tables()
        .thenApply(
            tables ->
                Reply.ok(page(tables, after, limit == null ? DEFAULT_LIMIT : limit.intValue())));
  }

  private static byte[] page(
      @Nullable List<TableRecord> tables, @Nullable String after, int limit) {
    if (tables == null) {
      throw new ApiException(
          ErrorType.SERVICE_UNAVAILABLE, "this pod has not heard of the catalog yet");
    }
    List<String> rest =
        tables.stream()
            .map(table -> table.definition().name())
            .filter(name -> after == null || name.compareTo(after) > 0)
            .sorted()
            .limit(limit + 1L)
            .toList();
    List<String> shown = rest.subList(0, Math.min(limit, rest.size()));
    JsonBuffer json = new JsonBuffer().startObject().name("TableNames").startArray();
    shown.forEach(json::string);
    json.endArray();
    if (rest.size() > limit) {
      json.name("LastEvaluatedTableName").string(shown.getLast());
    }
    return json.endObject().toByteArray();
  }
}
