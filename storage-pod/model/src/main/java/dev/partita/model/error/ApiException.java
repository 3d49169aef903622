package dev.partita.model.error;

/// A request that ends in one of DynamoDB's errors. Thrown where a request is read and where its
/// outcome is made into an answer; between them, in partitions, refusals are values. Carries no
/// stack trace: it is an answer, not a fault.
public final class ApiException extends RuntimeException {

  private final ErrorType type;

  public ApiException(ErrorType type, String message) {
    super(message, null, false, false);
    this.type = type;
  }

  public static ApiException validation(String message) {
    return new ApiException(ErrorType.VALIDATION, message);
  }

  public ErrorType type() {
    return type;
  }

  /// The text as the client sees it; never null.
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
