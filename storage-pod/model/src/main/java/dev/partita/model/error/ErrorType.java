package dev.partita.model.error;

/// The errors that Partita answers, with the names and statuses of the wire.
public enum ErrorType {
  VALIDATION("com.amazon.coral.validate#ValidationException", 400),
  SERIALIZATION("com.amazon.coral.service#SerializationException", 400),
  UNKNOWN_OPERATION("com.amazon.coral.service#UnknownOperationException", 400),
  MISSING_AUTHENTICATION_TOKEN("com.amazon.coral.service#MissingAuthenticationTokenException", 400),
  INCOMPLETE_SIGNATURE("com.amazon.coral.service#IncompleteSignatureException", 400),
  INVALID_SIGNATURE("com.amazon.coral.service#InvalidSignatureException", 400),
  UNRECOGNIZED_CLIENT("com.amazon.coral.service#UnrecognizedClientException", 400),
  ACCESS_DENIED("com.amazon.coral.service#AccessDeniedException", 400),
  THROTTLING("com.amazon.coral.availability#ThrottlingException", 400),
  CONDITIONAL_CHECK_FAILED("com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", 400),
  RESOURCE_NOT_FOUND("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", 400),
  RESOURCE_IN_USE("com.amazonaws.dynamodb.v20120810#ResourceInUseException", 400),
  LIMIT_EXCEEDED("com.amazonaws.dynamodb.v20120810#LimitExceededException", 400),
  ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED(
      "com.amazonaws.dynamodb.v20120810#ItemCollectionSizeLimitExceededException", 400),
  INTERNAL_SERVER_ERROR("com.amazonaws.dynamodb.v20120810#InternalServerError", 500),
  SERVICE_UNAVAILABLE("com.amazon.coral.availability#ServiceUnavailableException", 503);

  private final String wireName;
  private final int status;

  ErrorType(String wireName, int status) {
    this.wireName = wireName;
    this.status = status;
  }

  /// Value of `__type`.
  public String wireName() {
    return wireName;
  }

  /// HTTP status.
  public int status() {
    return status;
  }
}
