package dev.partita.example.orders;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The orders of a shop, as items of one table.
final class Orders {

  /// @param customer partition key
  /// @param id sort key
  record Order(String customer, String id, long cents) {}

  private final DynamoDbClient database;
  private final String table;

  Orders(DynamoDbClient database, String table) {
    this.database = database;
    this.table = table;
  }

  void place(Order order) {
    database.putItem(
        request ->
            request
                .tableName(table)
                .item(
                    Map.of(
                        "customer", AttributeValue.fromS(order.customer()),
                        "orderId", AttributeValue.fromS(order.id()),
                        "cents", AttributeValue.fromN(Long.toString(order.cents())))));
  }

  /// Sees every order that was placed before.
  Optional<Order> find(String customer, String id) {
    Map<String, AttributeValue> item =
        database
            .getItem(
                request ->
                    request
                        .tableName(table)
                        .key(
                            Map.of(
                                "customer", AttributeValue.fromS(customer),
                                "orderId", AttributeValue.fromS(id)))
                        .consistentRead(true))
            .item();
    AttributeValue cents = item.get("cents");
    return cents == null
        ? Optional.empty()
        : Optional.of(new Order(customer, id, Long.parseLong(cents.n())));
  }
}
