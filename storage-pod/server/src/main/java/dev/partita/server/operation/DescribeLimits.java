package dev.partita.server.operation;

import dev.partita.server.json.JsonBuffer;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Shape;
import dev.partita.server.json.StructureShape;
import java.util.concurrent.CompletableFuture;

/// `DescribeLimits`: DynamoDB's default quotas, which clients size their tables by.
public final class DescribeLimits implements Operation {

  private static final StructureShape INPUT = Shape.structure("DescribeLimitsInput");
  private static final long ACCOUNT_UNITS = 80_000;

  /// Units per second that one table may have, each way.
  public static final long MAX_TABLE_UNITS = 40_000;

  @Override
  public String name() {
    return "DescribeLimits";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    RequestReader.read(INPUT, body);
    JsonBuffer json =
        new JsonBuffer()
            .startObject()
            .name("AccountMaxReadCapacityUnits")
            .number(ACCOUNT_UNITS)
            .name("AccountMaxWriteCapacityUnits")
            .number(ACCOUNT_UNITS)
            .name("TableMaxReadCapacityUnits")
            .number(MAX_TABLE_UNITS)
            .name("TableMaxWriteCapacityUnits")
            .number(MAX_TABLE_UNITS)
            .endObject();
    return CompletableFuture.completedFuture(Reply.ok(json.toByteArray()));
  }
}
