package dev.partita.example.orders;

import dev.partita.example.orders.Orders.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// `orders run` places an order every second until it is stopped; `orders check` places one, reads
/// it back and ends, with 0 if it came back.
public final class Main {

  private static final Duration MAX_WAIT = Duration.ofMinutes(4);
  private static final String ACTIVE = TableStatus.ACTIVE.toString();
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    String verb = arguments.length == 0 ? "run" : arguments[0];
    String table = System.getenv().getOrDefault("ORDERS_TABLE", "orders");
    try (DynamoDbClient database = Database.open(System.getenv())) {
      awaitTable(database, table);
      Orders orders = new Orders(database, table);
      switch (verb) {
        case "run" -> run(orders);
        case "check" -> System.exit(check(orders) ? 0 : 1);
        default -> {
          System.err.println("orders run | orders check");
          System.exit(2);
        }
      }
    }
  }

  private static void awaitTable(DynamoDbClient database, String table)
      throws InterruptedException {
    Instant end = Instant.now().plus(MAX_WAIT);
    for (String state = state(database, table);
        !state.equals(ACTIVE);
        state = state(database, table)) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("table " + table + " is still not there: " + state);
      }
      System.out.println("waiting for table " + table + ": " + state);
      Thread.sleep(PAUSE);
    }
  }

  /// The table's status, or why nobody knows.
  private static String state(DynamoDbClient database, String table) {
    try {
      return database
          .describeTable(request -> request.tableName(table))
          .table()
          .tableStatusAsString();
    } catch (SdkException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static boolean check(Orders orders) {
    Order order = new Order("check", UUID.randomUUID().toString(), 1999);
    orders.place(order);
    boolean same = orders.find(order.customer(), order.id()).equals(Optional.of(order));
    System.out.println(same ? "wrote and read " + order : "wrote, but did not read, " + order);
    return same;
  }

  private static void run(Orders orders) throws InterruptedException {
    for (long i = 1; ; i++) {
      Order order = new Order("customer-" + i % 10, Instant.now().toString(), i * 100);
      try {
        orders.place(order);
        System.out.println("placed " + orders.find(order.customer(), order.id()).orElseThrow());
      } catch (SdkException e) {
        // The SDK has tried several times; the next order may have more luck.
        System.out.println("could not place " + order + ": " + e.getMessage());
      }
      Thread.sleep(PAUSE);
    }
  }
}
