package dev.partita.server.table;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.server.json.TableNames;
import dev.partita.server.operation.RequestContext;
import org.jspecify.annotations.Nullable;

/// The table that a tag operation means, by its ARN: only tables have tags here.
///
/// @param arn as in the request
/// @param tableName the table's plain name
record TaggedResource(String arn, String tableName) {

  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String ARN = "arn:";
  private static final String SERVICE = "dynamodb";
  private static final String TABLE = "table/";

  /// Parts of an ARN: `arn:partition:service:region:account:resource`.
  private static final int ARN_PARTS = 6;

  /// Texts as recorded from the service in 2026; without an ARN, dynalite's.
  ///
  /// @param arn of the request, null where it has none
  static TaggedResource of(RequestContext context, @Nullable String arn) {
    if (arn == null || arn.isEmpty()) {
      throw ApiException.validation("Invalid TableArn");
    }
    if (!arn.startsWith(ARN)) {
      throw ApiException.validation(INVALID + "ARNs must start with 'arn:': " + arn);
    }
    String[] parts = arn.split(":", ARN_PARTS);
    if (parts.length < ARN_PARTS || !parts[2].equals(SERVICE)) {
      throw ApiException.validation(
          INVALID + "Provided Arn is not a DynamoDB resource arn: " + arn);
    }
    String resource = parts[5];
    if (!resource.startsWith(TABLE)
        || !TableNames.isPlainName(resource.substring(TABLE.length()))) {
      throw ApiException.validation(
          INVALID
              + "Invalid resource arn provided, only table or stream is accepted. Provided resource"
              + " arn: "
              + arn);
    }
    if (!parts[3].equals(context.region())) {
      throw ApiException.validation(
          "Invalid TableArn: Invalid ResourceArn provided as input " + arn);
    }
    if (!parts[4].equals(context.account())) {
      throw context.accessDenied(arn);
    }
    return new TaggedResource(arn, resource.substring(TABLE.length()));
  }

  ApiException notFound() {
    // The typing error is the service's.
    return new ApiException(
        ErrorType.RESOURCE_NOT_FOUND,
        "Requested resource not found: ResourcArn: " + arn + " not found");
  }
}
