package dev.partita.operator.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.partita.operator.pods.Connection;
import dev.partita.operator.tls.Authority;
import dev.partita.operator.tls.KeyedCertificate;
import dev.partita.operator.tls.LeafRequest;
import dev.partita.operator.tls.Pem;
import dev.partita.operator.tls.TlsContexts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The client against a server that answers what it is told to.
class SdkTableApisTest {

  private static final String ARN = "arn:aws:dynamodb:local-1:000000000000:table/orders";

  private static final String DESCRIPTION =
      """
      {"Table": {
        "TableName": "orders", "TableStatus": "NEXT_YEAR", "TableId": "7a9c",
        "TableArn": "arn:aws:dynamodb:local-1:000000000000:table/orders",
        "CreationDateTime": 1795356000.5,
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6},
        "ItemCount": 7, "TableSizeBytes": 8
      }}
      """;

  private final Authority authority = Authority.create("test", Instant.now());
  private final SdkTableApis apis = new SdkTableApis(Clock.systemUTC());
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpsServer server;
  private int status = 200;
  private String body = "{}";

  /// Given first, one after the other.
  private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

  SdkTableApisTest() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() throws Exception {
    KeyedCertificate leaf =
        authority.issue(new LeafRequest("pod", List.of("localhost"), List.of()), Instant.now());
    String ca = Pem.of(authority.own().certificate());
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            TlsContexts.mutual(Pem.of(leaf.certificate()), Pem.of(leaf.key()), ca)));
    server.createContext(
        "/",
        exchange -> {
          requests.add(
              exchange.getRequestHeaders().getFirst("X-Amz-Target")
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          String first = bodies.poll();
          byte[] answer = (first == null ? body : first).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
          exchange.sendResponseHeaders(first == null ? status : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    apis.close();
    server.stop(0);
  }

  private Connection connection(String key, String ca) {
    return new Connection(
        URI.create("https://localhost:" + server.getAddress().getPort()),
        "local-1",
        key,
        "secret",
        ca);
  }

  private TableApi api() {
    return apis.of("shop/main", connection("KEY1", Pem.of(authority.own().certificate())));
  }

  @Test
  void whatTheApiLeavesOutIsFilledIn() {
    body = DESCRIPTION;
    assertThat(api().describe("orders"))
        .isEqualTo(
            new TableAnswer.Found(
                new TableState(
                    "orders",
                    "NEXT_YEAR",
                    "7a9c",
                    "arn:aws:dynamodb:local-1:000000000000:table/orders",
                    Instant.ofEpochMilli(1795356000500L),
                    Map.of("pk", "S"),
                    "pk",
                    null,
                    "PROVISIONED",
                    new Units(5, 6),
                    Units.NO_BOUND,
                    Units.ZERO,
                    "STANDARD",
                    false,
                    7,
                    8,
                    List.of(),
                    null)));
    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("DynamoDB_20120810.DescribeTable AWS4-HMAC-SHA256 Credential=KEY1/")
        .contains("/local-1/dynamodb/aws4_request");
  }

  @Test
  void onlyWhatAManifestNamesIsSent() {
    TableWish wish =
        new TableWish(
            "orders",
            Map.of("pk", "S"),
            "pk",
            null,
            "PAY_PER_REQUEST",
            null,
            UnitsWish.NONE,
            UnitsWish.NONE,
            null,
            null,
            Map.of("team", "checkout"),
            List.of());
    assertThat(api().create(wish)).isEqualTo(new TableAnswer.Accepted());
    assertThat(requests.get(0))
        .endsWith(
            " {\"AttributeDefinitions\":[{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}],"
                + "\"TableName\":\"orders\","
                + "\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}],"
                + "\"BillingMode\":\"PAY_PER_REQUEST\","
                + "\"Tags\":[{\"Key\":\"team\",\"Value\":\"checkout\"}]}");
  }

  @Test
  void localIndexesAreSentWithTheTableAndReadBack() {
    LocalIndex index = new LocalIndex("by-due", "due", "INCLUDE", List.of("title"));
    TableWish wish =
        new TableWish(
            "orders",
            Map.of("pk", "S"),
            "pk",
            "sk",
            "PAY_PER_REQUEST",
            null,
            UnitsWish.NONE,
            UnitsWish.NONE,
            null,
            null,
            Map.of(),
            List.of(index));
    api().create(wish);
    String sent =
        "\"LocalSecondaryIndexes\":[{\"IndexName\":\"by-due\",\"KeySchema\":["
            + "{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"},"
            + "{\"AttributeName\":\"due\",\"KeyType\":\"RANGE\"}],"
            + "\"Projection\":{\"ProjectionType\":\"INCLUDE\",\"NonKeyAttributes\":[\"title\"]}}]";
    assertThat(requests.get(0)).contains(sent);
    body = DESCRIPTION.replace("\"ItemCount\"", sent + ", \"ItemCount\"");
    assertThat(api().describe("orders"))
        .isInstanceOfSatisfying(
            TableAnswer.Found.class,
            found -> assertThat(found.table().localIndexes()).containsExactly(index));
  }

  @Test
  void aChangeSaysNothingElse() {
    TableApi api = api();
    api.update("orders", new TableChange.DeletionProtection(true));
    api.update("orders", new TableChange.Billing("PROVISIONED", new Units(1, 2), UnitsWish.NONE));
    api.update("orders", new TableChange.Billing(null, null, new UnitsWish(null, 9L)));
    api.delete("orders");
    assertThat(requests.stream().map(r -> r.substring(r.indexOf('{'))))
        .containsExactly(
            "{\"TableName\":\"orders\",\"DeletionProtectionEnabled\":true}",
            "{\"TableName\":\"orders\",\"BillingMode\":\"PROVISIONED\",\"ProvisionedThroughput\":"
                + "{\"ReadCapacityUnits\":1,\"WriteCapacityUnits\":2}}",
            "{\"TableName\":\"orders\",\"OnDemandThroughput\":{\"MaxWriteRequestUnits\":9}}",
            "{\"TableName\":\"orders\"}");
  }

  @Test
  void tagsAreReadToTheirLastPageAfterTheTable() {
    bodies.add(DESCRIPTION);
    bodies.add("{\"Tags\":[{\"Key\":\"a\",\"Value\":\"1\"}],\"NextToken\":\"more\"}");
    body = "{\"Tags\":[{\"Key\":\"b\",\"Value\":\"\"}]}";
    assertThat(api().describeWithTags("orders"))
        .isInstanceOfSatisfying(
            TableAnswer.Found.class,
            found -> assertThat(found.table().tags()).isEqualTo(Map.of("a", "1", "b", "")));
    assertThat(requests.stream().map(r -> r.replaceAll(" AWS4.*? \\{", " {")))
        .containsExactly(
            "DynamoDB_20120810.DescribeTable {\"TableName\":\"orders\"}",
            "DynamoDB_20120810.ListTagsOfResource {\"ResourceArn\":\"" + ARN + "\"}",
            "DynamoDB_20120810.ListTagsOfResource {\"ResourceArn\":\""
                + ARN
                + "\",\"NextToken\":\"more\"}");
  }

  @Test
  void tagsThatComeToNoEndAreNotReadForEver() {
    bodies.add(DESCRIPTION);
    body = "{\"Tags\":[{\"Key\":\"a\",\"Value\":\"1\"}],\"NextToken\":\"more\"}";
    assertThat(api().describeWithTags("orders")).isInstanceOf(TableAnswer.InUse.class);
    assertThat(requests).hasSizeLessThan(20);
  }

  @Test
  void aTableThatGoesIsNotAskedForItsTags() {
    body = DESCRIPTION.replace("NEXT_YEAR", "DELETING");
    assertThat(api().describeWithTags("orders"))
        .isInstanceOfSatisfying(
            TableAnswer.Found.class, found -> assertThat(found.table().tags()).isNull());
    assertThat(requests).hasSize(1);
  }

  /// Else a table would be made anew because of an answer about its tags.
  @ParameterizedTest
  @CsvSource({
    "400, ResourceNotFoundException, InUse[text=table orders went away while it was looked at]",
    "400, UnknownOperationException, InUse[text=because]",
    "400, ThrottlingException, NotNow[text=because]",
    "400, AccessDeniedException, "
        + "Unreachable[text=the pods do not let the operator in: because]",
    "503, ServiceUnavailable, Unreachable[text=because]"
  })
  void tagsThatCannotBeReadDoNotMakeATableGo(int code, String type, String answer) {
    bodies.add(DESCRIPTION);
    status = code;
    body =
        "{\"__type\": \"com.amazonaws.dynamodb.v20120810#" + type + "\", \"message\": \"because\"}";
    assertThat(api().describeWithTags("orders")).hasToString(answer);
    assertThat(requests).hasSize(2);
  }

  @Test
  void changesOfTagsNameTheTableByItsArn() {
    TableApi api = api();
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("team", "checkout");
    tags.put("cost", "");
    assertThat(api.update("orders", new TableChange.SetTags(ARN, tags)))
        .isEqualTo(new TableAnswer.Accepted());
    assertThat(api.update("orders", new TableChange.RemoveTags(ARN, List.of("old", "older"))))
        .isEqualTo(new TableAnswer.Accepted());
    assertThat(requests.stream().map(r -> r.replaceAll(" AWS4.*? \\{", " {")))
        .containsExactly(
            "DynamoDB_20120810.TagResource {\"ResourceArn\":\""
                + ARN
                + "\",\"Tags\":[{\"Key\":\"team\",\"Value\":\"checkout\"},"
                + "{\"Key\":\"cost\",\"Value\":\"\"}]}",
            "DynamoDB_20120810.UntagResource {\"ResourceArn\":\""
                + ARN
                + "\",\"TagKeys\":[\"old\",\"older\"]}");
  }

  @ParameterizedTest
  @CsvSource({
    "400, ResourceNotFoundException, Missing[]",
    "400, ResourceInUseException, InUse[text=because]",
    "400, LimitExceededException, NotNow[text=because]",
    "400, ThrottlingException, NotNow[text=because]",
    "400, ValidationException, Refused[text=because]",
    "400, UnrecognizedClientException, "
        + "Unreachable[text=the pods do not let the operator in: because]",
    "500, InternalServerError, Unreachable[text=because]",
    "503, ServiceUnavailableException, Unreachable[text=because]"
  })
  void failuresHaveNamesAndAreNotTriedAgain(int code, String type, String answer) {
    status = code;
    body =
        "{\"__type\": \"com.amazonaws.dynamodb.v20120810#" + type + "\", \"message\": \"because\"}";
    assertThat(api().update("orders", new TableChange.DeletionProtection(true)))
        .hasToString(answer);
    assertThat(requests).hasSize(1);
  }

  @Test
  void anotherAuthorityIsNotTrusted() {
    Authority other = Authority.create("other", Instant.now());
    TableApi api = apis.of("shop/main", connection("KEY1", Pem.of(other.own().certificate())));
    assertThat(api.describe("orders")).isInstanceOf(TableAnswer.Unreachable.class);
    assertThat(requests).isEmpty();
  }

  @Test
  void aCaThatMakesNoSenseIsTold() {
    assertThat(apis.of("shop/main", connection("KEY1", "nonsense")).describe("orders"))
        .isInstanceOfSatisfying(
            TableAnswer.Unreachable.class,
            answer -> assertThat(answer.text()).startsWith("its CA makes no sense: "));
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() {
    server.stop(0);
    assertThat(api().describe("orders"))
        .isInstanceOfSatisfying(
            TableAnswer.Unreachable.class,
            answer -> assertThat(answer.text()).contains("Connection refused"));
  }

  @Test
  void aClientLastsUntilItsConnectionChanges() {
    body = DESCRIPTION;
    TableApi first = api();
    assertThat(api()).isSameAs(first);
    TableApi second =
        apis.of("shop/main", connection("KEY2", Pem.of(authority.own().certificate())));
    assertThat(second).isNotSameAs(first);
    second.describe("orders");
    assertThat(requests).singleElement().asString().contains("Credential=KEY2/");
    assertThat(first.describe("orders"))
        .describedAs("one that is closed under a call fails in words")
        .isInstanceOfAny(TableAnswer.Unreachable.class, TableAnswer.Found.class);
  }
}
