package dev.partita.server.operation;

import dev.partita.server.json.JsonBuffer;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Shape;
import dev.partita.server.json.StructureShape;
import java.util.concurrent.CompletableFuture;

/// `DescribeEndpoints`: the address that the client already has.
public final class DescribeEndpoints implements Operation {

  private static final StructureShape INPUT = Shape.structure("DescribeEndpointsRequest");
  private static final long CACHE_MINUTES = 1_440;

  @Override
  public String name() {
    return "DescribeEndpoints";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    RequestReader.read(INPUT, body);
    JsonBuffer json =
        new JsonBuffer()
            .startObject()
            .name("Endpoints")
            .startArray()
            .startObject()
            .name("Address")
            .string(context.host())
            .name("CachePeriodInMinutes")
            .number(CACHE_MINUTES)
            .endObject()
            .endArray()
            .endObject();
    return CompletableFuture.completedFuture(Reply.ok(json.toByteArray()));
  }
}
