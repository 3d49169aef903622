package dev.partita.server.operation;

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
public record RequestContext(
    String requestId,
    String principal,
    String operation,
    String host,
    String region,
    String account,
    InstantSource clock) {

  /// `arn:aws:dynamodb:<region>:<account>:table/<name>`.
  public String tableArn(String tableName) {
    return "arn:aws:dynamodb:" + region + ":" + account + ":table/" + tableName;
  }

  /// `arn:aws:dynamodb:<region>:<account>:table/<name>/index/<index>`.
  public String indexArn(String tableName, String indexName) {
    return tableArn(tableName) + "/index/" + indexName;
  }
}
