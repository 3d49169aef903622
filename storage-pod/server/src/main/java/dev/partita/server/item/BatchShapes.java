package dev.partita.server.item;

import dev.partita.server.json.Shape;
import dev.partita.server.json.StructureShape;

/// What the batch operations take. The order of members is the order in which violated constraints
/// are told (dynalite's measurements).
final class BatchShapes {

  /// Writes of one request, over all tables.
  static final int MAX_WRITES = 25;

  /// Keys of one request, over all tables.
  static final int MAX_KEYS = 100;

  static final StructureShape GET =
      Shape.structure("BatchGetItemInput")
          .optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY)
          .required(
              "RequestItems",
              Shape.mapOf(
                      Shape.structure("KeysAndAttributes")
                          // Too many have a text of their own.
                          .required(
                              "Keys", Shape.listOf(Shape.attributeMap()).size(1, Shape.NO_MAXIMUM))
                          .optional("AttributesToGet", LegacyShapes.ATTRIBUTES_TO_GET)
                          .optional("ConsistentRead", Shape.flag())
                          .optional("ProjectionExpression", Shape.text())
                          .optional("ExpressionAttributeNames", Shape.mapOf(Shape.text())))
                  .keys(Shape.tableNameKey()));

  static final StructureShape WRITE =
      Shape.structure("BatchWriteItemInput")
          .optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY)
          .optional("ReturnItemCollectionMetrics", ItemShapes.RETURN_ITEM_COLLECTION_METRICS)
          .required(
              "RequestItems",
              Shape.mapOf(
                      Shape.listOf(
                              Shape.structure("WriteRequest")
                                  .optional(
                                      "DeleteRequest",
                                      Shape.structure("DeleteRequest")
                                          .required("Key", Shape.attributeMap()))
                                  .optional(
                                      "PutRequest",
                                      Shape.structure("PutRequest")
                                          .required("Item", Shape.attributeMap())))
                          .size(1, MAX_WRITES))
                  .keys(Shape.tableNameKey()));

  private BatchShapes() {}
}
