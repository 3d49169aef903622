package dev.partita.server.auth;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;

/// The catalogue of authentication errors. Texts as measured against the service.
final class AuthErrors {

  private AuthErrors() {}

  static ApiException missingToken() {
    return new ApiException(
        ErrorType.MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token");
  }

  static ApiException bothForms() {
    return invalid(
        "Found both 'X-Amz-Algorithm' as a query-string param "
            + "and 'Authorization' as HTTP header.");
  }

  static ApiException incomplete(String text) {
    return new ApiException(ErrorType.INCOMPLETE_SIGNATURE, text);
  }

  /// @param text what is wrong with the query string, with a blank behind; empty for nothing to say
  static ApiException incompleteQuery(String text) {
    return incomplete(text + "Re-examine the query-string parameters.");
  }

  static ApiException badDate(String date) {
    return incomplete(
        "Date must be in ISO-8601 'basic format'. Got '"
            + date
            + "'. See http://en.wikipedia.org/wiki/ISO_8601");
  }

  static ApiException badAlgorithm(String algorithm) {
    return incomplete(
        "Unsupported AWS 'algorithm': '" + algorithm + "' (only AWS4-HMAC-SHA256 for now). ");
  }

  static ApiException badCredential(String credential) {
    return incomplete(
        "Credential must have exactly 5 slash-delimited elements, "
            + "e.g. keyid/date/region/service/term, got '"
            + credential
            + "'");
  }

  static ApiException hostNotSigned() {
    return invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.");
  }

  static ApiException expired(String date, String limit, String now, long minutes) {
    return invalid(
        "Signature expired: "
            + date
            + " is now earlier than "
            + limit
            + " ("
            + now
            + " - "
            + minutes
            + " min.)");
  }

  static ApiException notYet(String date, String limit, String now, long minutes) {
    return invalid(
        "Signature not yet current: "
            + date
            + " is still later than "
            + limit
            + " ("
            + now
            + " + "
            + minutes
            + " min.)");
  }

  static ApiException mismatch() {
    return invalid(
        "The request signature we calculated does not match the signature you provided. "
            + "Check your AWS Secret Access Key and signing method. "
            + "Consult the service documentation for details.");
  }

  static ApiException unrecognized() {
    return new ApiException(
        ErrorType.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");
  }

  static ApiException invalid(String text) {
    return new ApiException(ErrorType.INVALID_SIGNATURE, text);
  }
}
