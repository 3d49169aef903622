package dev.partita.operator.dynamo;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;

/// The API through Amazon's own client.
final class SdkTableApi implements TableApi {

  private static final Set<String> IN_USE = Set.of("ResourceInUseException", "TableInUseException");

  private static final Set<String> NOT_NOW =
      Set.of(
          "LimitExceededException",
          "ThrottlingException",
          "RequestLimitExceeded",
          "ProvisionedThroughputExceededException");

  /// The pods do not know the operator's key (any more, or not yet), or the clocks differ: nothing
  /// that the manifest could help.
  private static final Set<String> NOT_LET_IN =
      Set.of(
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException",
          "AccessDeniedException",
          "ExpiredTokenException");

  /// Pages of one table's tags. The pods give all of them on one, DynamoDB ten on each.
  private static final int MAX_TAG_PAGES = 10;

  private final DynamoDbClient client;

  SdkTableApi(DynamoDbClient client) {
    this.client = client;
  }

  @Override
  public TableAnswer describe(String table) {
    return answer(
        () ->
            new TableAnswer.Found(
                TableStates.of(
                    client
                        .describeTable(DescribeTableRequest.builder().tableName(table).build())
                        .table())));
  }

  @Override
  public TableAnswer describeWithTags(String table) {
    TableAnswer described = describe(table);
    // Nothing depends on the tags of a table that goes, and they may be gone before it.
    if (!(described instanceof TableAnswer.Found(TableState state))
        || state.status().equals(TableState.DELETING)) {
      return described;
    }
    TableAnswer tagged = answer(() -> tagged(state));
    return switch (tagged) {
      // The table was there a moment ago, so what is known of it stays until the next look: it may
      // have gone in between, or these pods are of an older release that does not have tags.
      case TableAnswer.Missing _ ->
          new TableAnswer.InUse("table " + table + " went away while it was looked at");
      case TableAnswer.Refused(String text) -> new TableAnswer.InUse(text);
      case TableAnswer.Found _,
          TableAnswer.Accepted _,
          TableAnswer.InUse _,
          TableAnswer.NotNow _,
          TableAnswer.Unreachable _ ->
          tagged;
    };
  }

  private TableAnswer tagged(TableState state) {
    Map<String, String> tags = new HashMap<>();
    String token = null;
    for (int page = 0; page < MAX_TAG_PAGES; page++) {
      ListTagsOfResourceResponse response =
          client.listTagsOfResource(
              ListTagsOfResourceRequest.builder()
                  .resourceArn(state.arn())
                  .nextToken(token)
                  .build());
      response.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
      token = response.nextToken();
      if (token == null) {
        return new TableAnswer.Found(state.withTags(tags));
      }
    }
    return new TableAnswer.InUse("the tags of table " + state.name() + " come to no end");
  }

  @Override
  public TableAnswer create(TableWish wish) {
    return accepted(() -> client.createTable(TableRequests.create(wish)));
  }

  @Override
  public TableAnswer update(String table, TableChange change) {
    return accepted(
        () -> {
          switch (change) {
            case TableChange.Update update ->
                client.updateTable(TableRequests.update(table, update));
            case TableChange.SetTags set -> client.tagResource(TableRequests.tag(set));
            case TableChange.RemoveTags remove -> client.untagResource(TableRequests.untag(remove));
          }
        });
  }

  @Override
  public TableAnswer delete(String table) {
    return accepted(() -> client.deleteTable(r -> r.tableName(table)));
  }

  private static TableAnswer accepted(Runnable call) {
    return answer(
        () -> {
          call.run();
          return new TableAnswer.Accepted();
        });
  }

  private static TableAnswer answer(Supplier<TableAnswer> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      return failure(e);
    } catch (SdkException e) {
      return new TableAnswer.Unreachable(reason(e));
    } catch (IllegalStateException e) {
      // The client was closed under us: the cluster has another endpoint or key now.
      return new TableAnswer.Unreachable("the connection is being made anew");
    }
  }

  private static TableAnswer failure(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
    String said = details == null ? null : details.errorMessage();
    String text = said == null || said.isEmpty() ? code + " (HTTP " + e.statusCode() + ")" : said;
    if (code.equals("ResourceNotFoundException")) {
      return new TableAnswer.Missing();
    }
    if (IN_USE.contains(code)) {
      return new TableAnswer.InUse(text);
    }
    if (NOT_NOW.contains(code)) {
      return new TableAnswer.NotNow(text);
    }
    if (NOT_LET_IN.contains(code)) {
      return new TableAnswer.Unreachable("the pods do not let the operator in: " + text);
    }
    // An answer without a code comes from something between us and the pods.
    return e.statusCode() >= 500 || code.isEmpty()
        ? new TableAnswer.Unreachable(text)
        : new TableAnswer.Refused(text);
  }

  /// The innermost cause: the outer ones only say that there was none.
  private static String reason(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; depth < 20 && cause.getCause() != null; depth++) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
