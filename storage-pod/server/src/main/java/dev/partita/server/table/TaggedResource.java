package dev.partita.server.table;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.model.error.ResourceTexts;
import dev.partita.server.json.TableNames;
import dev.partita.server.operation.RequestContext;
import org.jspecify.annotations.Nullable;

/// The table that a tag operation means, by its ARN: only tables have tags here.
///
/// @param arn as in the request
/// @param tableName the table's plain name
record TaggedResource(String arn, String tableName) {

  private static final String ARN = "arn:";
  private static final String SERVICE = "dynamodb";
  private static final String TABLE = "table/";

  /// Parts of an ARN: `arn:partition:service:region:account:resource`.
  private static final int ARN_PARTS = 6;

  /// @param arn of the request, null where it has none
  static TaggedResource of(RequestContext context, @Nullable String arn) {
    if (arn == null || arn.isEmpty()) {
      throw ApiException.validation(ResourceTexts.ARN_MISSING);
    }
    if (!arn.startsWith(ARN)) {
      throw ApiException.validation(ResourceTexts.notAnArn(arn));
    }
    String[] parts = arn.split(":", ARN_PARTS);
    if (parts.length < ARN_PARTS || !parts[2].equals(SERVICE)) {
      throw ApiException.validation(ResourceTexts.arnOfOtherService(arn));
    }
    String resource = parts[5];
    if (!resource.startsWith(TABLE)
        || !TableNames.isPlainName(resource.substring(TABLE.length()))) {
      throw ApiException.validation(ResourceTexts.arnOfNoTable(arn));
    }
    if (!parts[3].equals(context.region())) {
      throw ApiException.validation(ResourceTexts.foreignArn(arn));
    }
    if (!parts[4].equals(context.account())) {
      throw context.accessDenied(arn);
    }
    return new TaggedResource(arn, resource.substring(TABLE.length()));
  }

  ApiException notFound() {
    return new ApiException(ErrorType.RESOURCE_NOT_FOUND, ResourceTexts.notFound(arn));
  }
}
