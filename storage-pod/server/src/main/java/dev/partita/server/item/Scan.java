package dev.partita.server.item;

import dev.partita.cluster.Cluster;
import dev.partita.model.command.PageRead;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.QueryTexts;
import dev.partita.model.key.KeyRange;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// `Scan`.
public final class Scan implements Operation {

  private static final List<String> EXPRESSIONS =
      List.of("ProjectionExpression", "FilterExpression");
  private static final List<String> LEGACY =
      List.of("AttributesToGet", "ScanFilter", "ConditionalOperator");

  private final Pages pages;

  public Scan(Cluster cluster) {
    this.pages = new Pages(cluster);
  }

  @Override
  public String name() {
    return "Scan";
  }

  @Override
  public boolean isRead() {
    return true;
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    Structure request = RequestReader.read(PageShapes.SCAN, body);
    ExpressionParameters expressions = ExpressionParameters.of(request, EXPRESSIONS, LEGACY, true);
    expressions.checkPlaceholders();
    PageParameters older = PageParameters.read(request, "ScanFilter");
    Segment segment = Segment.read(request);
    expressions.open();
    PageParameters parameters = older.with(expressions);
    expressions.close();
    return pages.page(context, parameters, target -> read(target, segment, parameters));
  }

  private static PageRead read(PageTarget target, Segment segment, PageParameters parameters) {
    KeyRange range = segment.range(target.table().id());
    Map<String, AttributeValue> startKey = parameters.startKey();
    Bytes after = startKey == null ? null : StartKeys.ofScan(target, startKey);
    if (after != null && !range.contains(after)) {
      throw ApiException.validation(
          QueryTexts.startKeyOfOtherSegment(segment.total(), segment.number()));
    }
    new KeyPaths().of(parameters.filter()).of(parameters.projection()).check(target.definition());
    Select select = parameters.select(target.index() != null);
    return target.read(range, true, after, parameters, select);
  }
}
