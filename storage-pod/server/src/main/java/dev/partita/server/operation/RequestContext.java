package dev.partita.server.operation;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.model.error.ResourceTexts;
import dev.partita.server.json.TableNames;
import java.time.InstantSource;

/// What is known of a request apart from its body; travels the whole path.
///
/// @param requestId 52 upper-case letters and digits, as in `x-amzn-RequestId`
/// @param principal ARN of who signed, or of the anonymous user where signatures are off
/// @param operation the operation's name, for example `PutItem`
/// @param host address that the client used, as in the `Host` header
/// @param region the region's name in ARNs, for example `local-1`
/// @param account the account's twelve digits in ARNs
/// @param clock the server's clock
/// @param answerMemory for what is answered
public record RequestContext(
    String requestId,
    String principal,
    String operation,
    String host,
    String region,
    String account,
    InstantSource clock,
    AnswerMemory answerMemory) {

  private static final String PARTITION = "aws";
  private static final String SERVICE = "dynamodb";

  /// Parts of an ARN: `arn:partition:service:region:account:resource`.
  private static final int ARN_PARTS = 6;

  /// `arn:aws:dynamodb:<region>:<account>:table/<name>`.
  public String tableArn(String tableName) {
    return "arn:aws:dynamodb:" + region + ":" + account + ":table/" + tableName;
  }

  /// `arn:aws:dynamodb:<region>:<account>:table/<name>/index/<index>`.
  public String indexArn(String tableName, String indexName) {
    return tableArn(tableName) + "/index/" + indexName;
  }

  /// The plain name of a table that is named plainly or by its ARN.
  ///
  /// @param nameOrArn whose form was checked when the request was read
  /// @throws ApiException ValidationException for another partition or region (texts as recorded
  ///   from the service in 2026), AccessDeniedException for another account: nobody there has
  ///   granted anything
  public String tableName(String nameOrArn) {
    String name = TableNames.plain(nameOrArn);
    if (name.equals(nameOrArn)) {
      return name;
    }
    String[] parts = nameOrArn.split(":", ARN_PARTS);
    if (parts.length < ARN_PARTS || !parts[2].equals(SERVICE)) {
      throw ApiException.validation(ResourceTexts.ARN_FORMAT);
    }
    if (!parts[1].equals(PARTITION)) {
      throw ApiException.validation(ResourceTexts.arnOfOtherPartition(nameOrArn));
    }
    if (!parts[3].equals(region)) {
      throw ApiException.validation(ResourceTexts.arnOfOtherRegion(nameOrArn));
    }
    if (!parts[4].equals(account)) {
      throw accessDenied(nameOrArn);
    }
    return name;
  }

  /// AccessDeniedException for something of another account.
  public ApiException accessDenied(String resourceArn) {
    return new ApiException(
        ErrorType.ACCESS_DENIED, ResourceTexts.accessDenied(principal, operation, resourceArn));
  }
}
