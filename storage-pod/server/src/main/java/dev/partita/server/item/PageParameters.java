package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.QueryTexts;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Path;
import dev.partita.model.value.AttributeValue;
import dev.partita.server.json.AttributeMap;
import dev.partita.server.json.Structure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `Query` and `Scan` are both asked for, as far as the request alone tells.
///
/// @param filter null for none
/// @param projection null for none
/// @param projectedBy parameter that the projection comes from; null for none
/// @param startKey `ExclusiveStartKey`; null for none
record PageParameters(
    Structure request,
    @Nullable Condition filter,
    @Nullable List<Path> projection,
    @Nullable String projectedBy,
    @Nullable Map<String, AttributeValue> startKey) {

  /// Reads what came before expressions, and the start key.
  ///
  /// @param filter the older parameter: `QueryFilter` or `ScanFilter`
  /// @throws ApiException VALIDATION
  static PageParameters read(Structure request, String filter) {
    Condition older = LegacyConditions.filter(request, filter);
    List<Path> projection = AttributesToGet.read(request);
    return new PageParameters(
        request,
        older,
        projection,
        projection == null ? null : "AttributesToGet",
        startKey(request));
  }

  private static @Nullable Map<String, AttributeValue> startKey(Structure request) {
    AttributeMap key = request.attributes("ExclusiveStartKey");
    if (key == null) {
      return null;
    }
    AttributeMap.Violation violation = key.violation();
    if (violation != null) {
      throw ApiException.validation(QueryTexts.startKey(violation.message()));
    }
    return key.values().isEmpty() ? null : key.values();
  }

  /// Parses the expressions that both have, filter first.
  ///
  /// @throws ApiException VALIDATION
  PageParameters with(ExpressionParameters expressions) {
    Condition expressedFilter = expressions.condition("FilterExpression");
    List<Path> expressed = expressions.projection();
    return new PageParameters(
        request,
        expressedFilter == null ? filter : expressedFilter,
        expressed == null ? projection : expressed,
        expressed == null ? projectedBy : "ProjectionExpression",
        startKey);
  }

  String tableName() {
    return request.requiredText("TableName");
  }

  @Nullable String indexName() {
    return request.text("IndexName");
  }

  int limit() {
    Long limit = request.whole("Limit");
    return limit == null ? Integer.MAX_VALUE : (int) Math.min(limit, Integer.MAX_VALUE);
  }

  boolean consistent() {
    return request.flag("ConsistentRead", false);
  }

  ConsumedCapacity capacity() {
    return ConsumedCapacity.of(request.text("ReturnConsumedCapacity"));
  }

  /// @param onIndex whether an index is read
  /// @throws ApiException VALIDATION
  Select select(boolean onIndex) {
    return Select.of(request.text("Select"), projectedBy, onIndex);
  }
}
