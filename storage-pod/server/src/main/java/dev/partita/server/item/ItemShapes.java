package dev.partita.server.item;

import dev.partita.server.json.Shape;
import dev.partita.server.json.Shape.MapOf;
import dev.partita.server.json.Shape.Text;
import dev.partita.server.json.StructureShape;

/// What the item operations take. The order of members is the order in which the service reports
/// violated constraints (public conformance suite `dynamodb-conformance`, validation ordering).
final class ItemShapes {

  private static final Text RETURN_CONSUMED_CAPACITY =
      Shape.text().oneOf("INDEXES", "TOTAL", "NONE");
  private static final Text RETURN_ITEM_COLLECTION_METRICS = Shape.text().oneOf("SIZE", "NONE");
  private static final Text RETURN_VALUES =
      Shape.text().oneOf("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");
  private static final Text ON_CONDITION_FAILURE = Shape.text().oneOf("ALL_OLD", "NONE");
  private static final Text CONDITIONAL_OPERATOR = Shape.text().oneOf("OR", "AND");

  private static final MapOf EXPECTED =
      Shape.mapOf(
          Shape.structure("ExpectedAttributeValue")
              .optional("AttributeValueList", Shape.listOf(Shape.attribute()))
              .optional(
                  "ComparisonOperator",
                  Shape.text()
                      .oneOf(
                          "IN",
                          "NULL",
                          "BETWEEN",
                          "LT",
                          "NOT_CONTAINS",
                          "EQ",
                          "GT",
                          "NOT_NULL",
                          "NE",
                          "LE",
                          "BEGINS_WITH",
                          "GE",
                          "CONTAINS"))
              .optional("Exists", Shape.flag())
              .optional("Value", Shape.attribute()));

  private static final MapOf ATTRIBUTE_UPDATES =
      Shape.mapOf(
          Shape.structure("AttributeValueUpdate")
              .optional("Action", Shape.text().oneOf("ADD", "DELETE", "PUT"))
              .optional("Value", Shape.attribute()));

  static final StructureShape GET =
      Shape.structure("GetItemInput")
          .optional("ReturnConsumedCapacity", RETURN_CONSUMED_CAPACITY)
          .optional("AttributesToGet", Shape.listOf(Shape.text()).size(1, 255))
          .required("TableName", Shape.tableName())
          .required("Key", Shape.attributeMap())
          .optional("ConsistentRead", Shape.flag())
          .optional("ProjectionExpression", Shape.text())
          .optional("ExpressionAttributeNames", Shape.mapOf(Shape.text()));

  static final StructureShape PUT =
      writing("PutItemInput")
          .required("TableName", Shape.tableName())
          .required("Item", Shape.attributeMap());

  static final StructureShape DELETE =
      writing("DeleteItemInput")
          .required("TableName", Shape.tableName())
          .required("Key", Shape.attributeMap());

  static final StructureShape UPDATE =
      Shape.structure("UpdateItemInput")
          .optional("ReturnConsumedCapacity", RETURN_CONSUMED_CAPACITY)
          .required("TableName", Shape.tableName())
          .optional("ReturnItemCollectionMetrics", RETURN_ITEM_COLLECTION_METRICS)
          .optional("ReturnValues", RETURN_VALUES)
          .optional("ReturnValuesOnConditionCheckFailure", ON_CONDITION_FAILURE)
          .optional("ConditionalOperator", CONDITIONAL_OPERATOR)
          .required("Key", Shape.attributeMap())
          .optional("Expected", EXPECTED)
          .optional("AttributeUpdates", ATTRIBUTE_UPDATES)
          .optional("UpdateExpression", Shape.text())
          .optional("ConditionExpression", Shape.text())
          .optional("ExpressionAttributeNames", Shape.mapOf(Shape.text()))
          .optional("ExpressionAttributeValues", Shape.attributeMap());

  private ItemShapes() {}

  private static StructureShape writing(String name) {
    return Shape.structure(name)
        .optional("ReturnValues", RETURN_VALUES)
        .optional("ReturnConsumedCapacity", RETURN_CONSUMED_CAPACITY)
        .optional("ReturnItemCollectionMetrics", RETURN_ITEM_COLLECTION_METRICS)
        .optional("ReturnValuesOnConditionCheckFailure", ON_CONDITION_FAILURE)
        .optional("ConditionalOperator", CONDITIONAL_OPERATOR)
        .optional("Expected", EXPECTED)
        .optional("ConditionExpression", Shape.text())
        .optional("ExpressionAttributeNames", Shape.mapOf(Shape.text()))
        .optional("ExpressionAttributeValues", Shape.attributeMap());
  }
}
