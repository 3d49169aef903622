package dev.partita.server.item;

import dev.partita.server.json.Shape;
import dev.partita.server.json.Shape.Text;
import dev.partita.server.json.StructureShape;
import dev.partita.server.json.TableNames;

/// What `Query` and `Scan` take. The order of members is the order in which the service reports
/// violated constraints (dynalite's `validations/query.js` and `scan.js`, taken from the service).
final class PageShapes {

  /// Segments that a scan may be cut into.
  static final int MAX_SEGMENTS = 1_000_000;

  private static final Text RETURN_CONSUMED_CAPACITY =
      Shape.text().oneOf("INDEXES", "TOTAL", "NONE");
  private static final Text SELECT =
      Shape.text()
          .oneOf("SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");

  private static final Text INDEX_NAME =
      Shape.text()
          .matching(TableNames.PATTERN, TableNames::isPlainName)
          .length(TableNames.MIN_LENGTH, TableNames.MAX_LENGTH);

  static final StructureShape QUERY =
      expressions(
          Shape.structure("QueryInput")
              .optional("Limit", Shape.integer().atLeast(1))
              .optional("ExclusiveStartKey", Shape.attributeMap())
              .optional("ReturnConsumedCapacity", RETURN_CONSUMED_CAPACITY)
              .optional("AttributesToGet", LegacyShapes.ATTRIBUTES_TO_GET)
              .optional("QueryFilter", LegacyShapes.CONDITIONS)
              .optional("Select", SELECT)
              .optional("ConditionalOperator", LegacyShapes.CONDITIONAL_OPERATOR)
              .optional("KeyConditions", LegacyShapes.CONDITIONS)
              .required("TableName", Shape.tableName())
              .optional("ConsistentRead", Shape.flag())
              .optional("IndexName", INDEX_NAME)
              .optional("ScanIndexForward", Shape.flag())
              .optional("KeyConditionExpression", Shape.text()));

  static final StructureShape SCAN =
      expressions(
          Shape.structure("ScanInput")
              .optional("Limit", Shape.integer().atLeast(1))
              .optional("ReturnConsumedCapacity", RETURN_CONSUMED_CAPACITY)
              .optional("AttributesToGet", LegacyShapes.ATTRIBUTES_TO_GET)
              .optional("Segment", Shape.integer().between(0, MAX_SEGMENTS - 1))
              .optional("Select", SELECT)
              .optional("ScanFilter", LegacyShapes.CONDITIONS)
              .optional("ConditionalOperator", LegacyShapes.CONDITIONAL_OPERATOR)
              .optional("TotalSegments", Shape.integer().between(1, MAX_SEGMENTS))
              .required("TableName", Shape.tableName())
              .optional("ExclusiveStartKey", Shape.attributeMap())
              .optional("IndexName", INDEX_NAME)
              .optional("ConsistentRead", Shape.flag()));

  private PageShapes() {}

  private static StructureShape expressions(StructureShape shape) {
    return shape
        .optional("FilterExpression", Shape.text())
        .optional("ProjectionExpression", Shape.text())
        .optional("ExpressionAttributeValues", Shape.attributeMap())
        .optional("ExpressionAttributeNames", Shape.mapOf(Shape.text()));
  }
}
