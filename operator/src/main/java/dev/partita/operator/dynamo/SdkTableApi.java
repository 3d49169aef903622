package dev.partita.operator.dynamo;

import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;

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
  public TableAnswer create(TableWish wish) {
    return accepted(() -> client.createTable(TableRequests.create(wish)));
  }

  @Override
  public TableAnswer update(String table, TableChange change) {
    return accepted(() -> client.updateTable(TableRequests.update(table, change)));
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
