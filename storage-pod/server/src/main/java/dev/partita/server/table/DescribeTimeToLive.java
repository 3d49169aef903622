package dev.partita.server.table;

import dev.partita.cluster.Cluster;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.TableTexts;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.json.RequestReader;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.concurrent.CompletableFuture;

/// DescribeTimeToLive.
public final class DescribeTimeToLive implements Operation {

  private final Cluster cluster;

  public DescribeTimeToLive(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public String name() {
    return "DescribeTimeToLive";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    String name =
        context.tableName(
            RequestReader.read(TableShapes.DESCRIBE_TTL, body).requiredText("TableName"));
    return cluster
        .table(name)
        .thenApply(found -> Reply.ok(description(TableErrors.existing(name, found))));
  }

  private static byte[] description(TableRecord table) {
    TableStatus status = table.status();
    if (status == TableStatus.CREATING || status == TableStatus.DELETING) {
      throw ApiException.validation(TableTexts.ttlNotNow(status.name()));
    }
    String attribute = table.definition().ttlAttribute();
    JsonBuffer json = new JsonBuffer().startObject();
    json.name("TimeToLiveDescription").startObject();
    json.name("TimeToLiveStatus").string(attribute == null ? "DISABLED" : "ENABLED");
    if (attribute != null) {
      json.name("AttributeName").string(attribute);
    }
    return json.endObject().endObject().toByteArray();
  }
}
