package dev.partita.server.item;

import dev.partita.cluster.Cluster;
import dev.partita.model.command.PageRead;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.QueryTexts;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.KeyCondition;
import dev.partita.model.expression.KeyTests;
import dev.partita.model.expression.MentionedPaths;
import dev.partita.model.expression.SortCondition;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowKeys;
import dev.partita.model.key.SortBounds;
import dev.partita.model.table.KeyAttributes;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// `Query`.
public final class Query implements Operation {

  private static final List<String> EXPRESSIONS =
      List.of("ProjectionExpression", "FilterExpression", "KeyConditionExpression");
  private static final List<String> LEGACY =
      List.of("AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions");

  /// `KeyConditions` may stand beside the other expressions.
  private static final List<String> LEGACY_BESIDE_KEY_CONDITIONS =
      List.of("AttributesToGet", "QueryFilter", "ConditionalOperator");

  private final Pages pages;

  public Query(Cluster cluster) {
    this.pages = new Pages(cluster);
  }

  @Override
  public String name() {
    return "Query";
  }

  @Override
  public boolean isRead() {
    return true;
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    Structure request = RequestReader.read(PageShapes.QUERY, body);
    boolean expressed = request.has("KeyConditionExpression");
    ExpressionParameters expressions =
        ExpressionParameters.of(
            request, EXPRESSIONS, expressed ? LEGACY : LEGACY_BESIDE_KEY_CONDITIONS, true);
    expressions.checkPlaceholders();
    PageParameters older = PageParameters.read(request, "QueryFilter");
    if (!expressed && !request.hasContent("KeyConditions")) {
      throw ApiException.validation(QueryTexts.NO_KEY_CONDITION);
    }
    expressions.open();
    PageParameters parameters = older.with(expressions);
    Condition keyCondition = expressions.condition("KeyConditionExpression");
    expressions.close();
    KeyTests tests =
        keyCondition == null
            ? KeyTests.of(LegacyConditions.tests(request, "KeyConditions"))
            : KeyTests.of(keyCondition);
    boolean forward = request.flag("ScanIndexForward", true);
    return pages.page(context, parameters, target -> read(target, tests, parameters, forward));
  }

  private static PageRead read(
      PageTarget target, KeyTests tests, PageParameters parameters, boolean forward) {
    new KeyPaths().of(parameters.filter()).of(parameters.projection()).check(target.definition());
    KeyCondition condition = tests.against(target.keys());
    KeySchema.check(target.definition(), target.index(), condition);
    Map<String, AttributeValue> startKey = parameters.startKey();
    Bytes after = startKey == null ? null : StartKeys.ofQuery(target, startKey, condition);
    checkFilter(target, parameters);
    Select select = parameters.select(target.index() != null);
    KeyRange range =
        RowKeys.rows(
            target.table().id(), condition.hash(), target.source(), bounds(condition.sort()));
    return target.read(range, forward, after, parameters, select);
  }

  private static SortBounds bounds(@Nullable SortCondition sort) {
    return switch (sort) {
      case null -> SortBounds.Between.ALL;
      case SortCondition.Equal(AttributeValue value) -> SortBounds.Between.only(value);
      case SortCondition.Less(AttributeValue value) ->
          new SortBounds.Between(null, true, value, false);
      case SortCondition.LessOrEqual(AttributeValue value) ->
          new SortBounds.Between(null, true, value, true);
      case SortCondition.Greater(AttributeValue value) ->
          new SortBounds.Between(value, false, null, true);
      case SortCondition.GreaterOrEqual(AttributeValue value) ->
          new SortBounds.Between(value, true, null, true);
      case SortCondition.Between(AttributeValue lower, AttributeValue upper) ->
          new SortBounds.Between(lower, true, upper, true);
      case SortCondition.BeginsWith(AttributeValue prefix) -> new SortBounds.Prefix(prefix);
    };
  }

  /// A query's filter is for what its key condition cannot say, and sees what the index has.
  private static void checkFilter(PageTarget target, PageParameters parameters) {
    Condition filter = parameters.filter();
    if (filter == null) {
      return;
    }
    Set<String> mentioned = new HashSet<>();
    MentionedPaths.of(filter, path -> mentioned.add(path.root()));
    KeyAttributes keys = target.keys();
    String named =
        mentioned.contains(keys.hash())
            ? keys.hash()
            : keys.range() != null && mentioned.contains(keys.range()) ? keys.range() : null;
    if (named != null) {
      throw ApiException.validation(
          QueryTexts.filterOnKey(
              parameters.request().hasContent("QueryFilter") ? "QueryFilter" : "Filter Expression",
              named));
    }
    Set<String> unprojected = target.unprojected(filter);
    if (!unprojected.isEmpty()) {
      throw ApiException.validation(
          QueryTexts.filterNotProjected(String.valueOf(parameters.indexName()), unprojected));
    }
  }
}
