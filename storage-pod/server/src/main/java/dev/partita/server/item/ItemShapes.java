package dev.partita.server.item;

import dev.partita.server.json.Shape;
import dev.partita.server.json.Shape.Text;
import dev.partita.server.json.StructureShape;

/// What the item operations take. The order of members is the order in which the service reports
/// violated constraints (public conformance suite `dynamodb-conformance`, validation ordering).
final class ItemShapes {

  static final Text RETURN_CONSUMED_CAPACITY = Shape.text().oneOf("INDEXES", "TOTAL", "NONE");
  static final Text RETURN_ITEM_COLLECTION_METRICS = Shape.text().oneOf("SIZE", "NONE");
  private static final Text RETURN_VALUES =
      Shape.text().oneOf("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");
  private static final Text ON_CONDITION_FAILURE = Shape.text().oneOf("ALL_OLD", "NONE");
  static final StructureShape GET =
      Shape.structure("GetItemInput")
          .optional("ReturnConsumedCapacity", RETURN_CONSUMED_CAPACITY)
          .optional("AttributesToGet", LegacyShapes.ATTRIBUTES_TO_GET)
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
          .optional("ConditionalOperator", LegacyShapes.CONDITIONAL_OPERATOR)
          .required("Key", Shape.attributeMap())
          .optional("Expected", LegacyShapes.EXPECTED)
          .optional("AttributeUpdates", LegacyShapes.ATTRIBUTE_UPDATES)
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
        .optional("ConditionalOperator", LegacyShapes.CONDITIONAL_OPERATOR)
        .optional("Expected", LegacyShapes.EXPECTED)
        .optional("ConditionExpression", Shape.text())
        .optional("ExpressionAttributeNames", Shape.mapOf(Shape.text()))
        .optional("ExpressionAttributeValues", Shape.attributeMap());
  }
}
