package dev.partita.clients.enhanced;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbIndex;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.EnhancedLocalSecondaryIndex;
import software.amazon.awssdk.enhanced.dynamodb.model.IgnoreNullsMode;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/// Takes an endpoint and lives with a table there: `EnhancedClient URL`. Credentials and region
/// come from the usual `AWS_*` variables. Ends with an exception where something does not hold.
public final class EnhancedClient {

  private static final int ORDERS = 60;
  private static final int BATCH = 25;
  private static final int PAGE = 7;
  private static final String ANN = "ann";

  private final DynamoDbClient low;
  private final DynamoDbEnhancedClient client;
  private final DynamoDbTable<Order> table;

  /// Without extensions: batches have no conditions, which versions need.
  private final DynamoDbEnhancedClient plain;

  private EnhancedClient(URI endpoint) {
    low =
        DynamoDbClient.builder()
            .endpointOverride(endpoint)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    client = DynamoDbEnhancedClient.builder().dynamoDbClient(low).build();
    plain = DynamoDbEnhancedClient.builder().dynamoDbClient(low).extensions(List.of()).build();
    table =
        client.table(
            "enhanced-" + UUID.randomUUID().toString().substring(0, 8),
            TableSchema.fromBean(Order.class));
  }

  /// @param args the endpoint
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: EnhancedClient ENDPOINT");
      System.exit(2);
    }
    new EnhancedClient(URI.create(args[0])).run();
    System.out.println("the Enhanced Client for Java against " + args[0] + " ok");
  }

  private void run() {
    table.createTable(
        t ->
            t.localSecondaryIndices(
                EnhancedLocalSecondaryIndex.create(
                    Order.BY_DAY,
                    Projection.builder().projectionType(ProjectionType.ALL).build())));
    String name = table.tableName();
    low.waiter().waitUntilTableExists(t -> t.tableName(name));
    try {
      expect(
          low.describeTable(t -> t.tableName(name)).table().billingModeSummary().billingMode(),
          BillingMode.PAY_PER_REQUEST);
      writes();
      pages();
      index();
      versions();
      deletes();
    } finally {
      table.deleteTable();
      low.waiter().waitUntilTableNotExists(t -> t.tableName(name));
      low.close();
    }
  }

  private static void expect(@Nullable Object got, @Nullable Object wanted) {
    if (!Objects.equals(got, wanted)) {
      throw new IllegalStateException("expected " + wanted + ", but got " + got);
    }
  }

  private static Order order(int number) {
    Order order = new Order();
    order.setCustomer(ANN);
    order.setNumber(number);
    order.setDay("2026-%02d-%02d".formatted(12 - number % 12, 1 + number / 12));
    order.setTotal(number * 1.5);
    order.setPlaced(Instant.ofEpochSecond(1_800_000_000L + number));
    order.setLines(List.of("line " + number, "x".repeat(300)));
    return order;
  }

  private static Key key(int number) {
    return Key.builder().partitionValue(ANN).sortValue(number).build();
  }

  private void writes() {
    DynamoDbTable<Order> unversioned =
        plain.table(table.tableName(), TableSchema.fromBean(Order.class));
    for (int from = 0; from < ORDERS; from += BATCH) {
      WriteBatch.Builder<Order> batch =
          WriteBatch.builder(Order.class).mappedTableResource(unversioned);
      for (int i = from; i < Math.min(ORDERS, from + BATCH); i++) {
        batch.addPutItem(order(i));
      }
      expect(
          plain
              .batchWriteItem(b -> b.addWriteBatch(batch.build()))
              .unprocessedPutItemsForTable(unversioned)
              .size(),
          0);
    }
    Order got = table.getItem(r -> r.key(key(7)).consistentRead(true));
    expect(got.getPlaced(), order(7).getPlaced());
    expect(got.getTotal(), 10.5);
    ReadBatch.Builder<Order> reads = ReadBatch.builder(Order.class).mappedTableResource(table);
    for (int i = 0; i < 5; i++) {
      reads.addGetItem(key(i));
    }
    expect(
        client.batchGetItem(b -> b.addReadBatch(reads.build())).resultsForTable(table).stream()
            .count(),
        5L);
  }

  private static List<Integer> numbers(Iterable<Order> orders) {
    List<Integer> numbers = new ArrayList<>();
    orders.forEach(o -> numbers.add(Objects.requireNonNull(o.getNumber())));
    return numbers;
  }

  private static List<Integer> from(int first, int step, int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(first + i * step);
    }
    return numbers;
  }

  private void pages() {
    QueryConditional all = QueryConditional.keyEqualTo(k -> k.partitionValue(ANN));
    List<Integer> numbers = new ArrayList<>();
    int pages = 0;
    for (Page<Order> page :
        table.query(q -> q.queryConditional(all).limit(PAGE).consistentRead(true))) {
      numbers.addAll(numbers(page.items()));
      pages++;
    }
    expect(numbers, from(0, 1, ORDERS));
    expect(pages, ORDERS / PAGE + 1);
    expect(
        numbers(
            table
                .query(
                    q ->
                        q.queryConditional(QueryConditional.sortGreaterThanOrEqualTo(key(50)))
                            .scanIndexForward(false)
                            .consistentRead(true))
                .items()),
        from(59, -1, 10));
    Expression filter =
        Expression.builder()
            .expression("#t > :t")
            .putExpressionName("#t", "total")
            .putExpressionValue(":t", AttributeValue.fromN("80"))
            .build();
    expect(
        numbers(
            table
                .query(q -> q.queryConditional(all).filterExpression(filter).consistentRead(true))
                .items()),
        from(54, 1, 6));
    expect(numbers(table.scan(s -> s.limit(PAGE).consistentRead(true)).items()).size(), ORDERS);
  }

  private void index() {
    DynamoDbIndex<Order> byDay = table.index(Order.BY_DAY);
    List<Integer> numbers = new ArrayList<>();
    byDay
        .query(
            q ->
                q.queryConditional(
                        QueryConditional.sortBeginsWith(
                            k -> k.partitionValue(ANN).sortValue("2026-03")))
                    .limit(2)
                    .consistentRead(true))
        .forEach(page -> numbers.addAll(numbers(page.items())));
    expect(numbers, from(9, 12, 5));
  }

  /// Two readers, two writers: the one that comes second is told so.
  private void versions() {
    Order mine = table.getItem(r -> r.key(key(1)).consistentRead(true));
    Order yours = table.getItem(r -> r.key(key(1)).consistentRead(true));
    mine.setTotal(100.0);
    Order updated = table.updateItem(mine);
    expect(updated.getTotal(), 100.0);
    yours.setTotal(200.0);
    try {
      table.updateItem(yours);
      throw new IllegalStateException("an update of an old version went through");
    } catch (ConditionalCheckFailedException expected) {
      expect(expected.awsErrorDetails().errorMessage(), "The conditional request failed");
    }
    Order sparse = new Order();
    sparse.setCustomer(ANN);
    sparse.setNumber(1);
    sparse.setDay("2026-01-01");
    sparse.setVersion(updated.getVersion());
    Order merged =
        table.updateItem(u -> u.item(sparse).ignoreNullsMode(IgnoreNullsMode.SCALAR_ONLY));
    expect(merged.getTotal(), 100.0);
    expect(merged.getDay(), "2026-01-01");
  }

  private void deletes() {
    Order gone = table.deleteItem(key(2));
    expect(gone.getNumber(), 2);
    expect(table.getItem(r -> r.key(key(2)).consistentRead(true)) == null, true);
  }
}
