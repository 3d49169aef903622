package dev.partita.server.table;

import dev.partita.cluster.Cluster;
import dev.partita.cluster.TableLookup;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ResourceTexts;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// ListTagsOfResource: a table's tags in the order in which they came to it, a page at a time.
public final class ListTagsOfResource implements Operation {

  /// Tags on a page: all that a table may have.
  private static final int PAGE_TAGS = TagLists.MAX_TAGS;

  private final Cluster cluster;

  public ListTagsOfResource(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public String name() {
    return "ListTagsOfResource";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    Structure request = RequestReader.read(TableShapes.LIST_TAGS, body);
    TaggedResource resource = TaggedResource.of(context, request.text("ResourceArn"));
    String after = keyOf(request.text("NextToken"));
    return cluster
        .table(resource.tableName())
        .thenApply(
            found -> {
              if (found instanceof TableLookup.Missing) {
                throw resource.notFound();
              }
              Map<String, String> tags =
                  TableErrors.existing(resource.tableName(), found).definition().tags();
              return Reply.ok(page(tags, after));
            });
  }

  /// A token is the last key of the page before it.
  private static @Nullable String keyOf(@Nullable String token) {
    try {
      return token == null
          ? null
          : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw invalidToken();
    }
  }

  private static ApiException invalidToken() {
    return ApiException.validation(ResourceTexts.INVALID_TOKEN);
  }

  private static byte[] page(Map<String, String> tags, @Nullable String after) {
    List<String> keys = new ArrayList<>(tags.keySet());
    int from = after == null ? 0 : keys.indexOf(after) + 1;
    if (after != null && from == 0) {
      throw invalidToken();
    }
    int to = Math.min(keys.size(), from + PAGE_TAGS);
    JsonBuffer json = new JsonBuffer().startObject().name("Tags").startArray();
    for (String key : keys.subList(from, to)) {
      json.startObject().name("Key").string(key);
      json.name("Value").string(tags.getOrDefault(key, "")).endObject();
    }
    json.endArray();
    if (to < keys.size()) {
      byte[] last = keys.get(to - 1).getBytes(StandardCharsets.UTF_8);
      json.name("NextToken").string(Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }
    return json.endObject().toByteArray();
  }
}
