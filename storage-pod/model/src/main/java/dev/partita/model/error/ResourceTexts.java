package dev.partita.model.error;

import org.jspecify.annotations.Nullable;

/// Texts on ARNs and on tags, as recorded from the service in 2026; without an ARN, dynalite's.
public final class ResourceTexts {

  public static final String ARN_MISSING = "Invalid TableArn";
  public static final String ARN_FORMAT =
      ConstraintTexts.one(
          "Valid ARN format is 'arn:<awsPartition>:<vendor>:<region>:<subscriber>:"
              + "resourceType/resourceName'");

  public static final String NO_TAG = "Atleast one Tag needs to be provided as Input.";
  public static final String NO_TAG_KEY = "Atleast one Tag Key needs to be provided as Input.";
  public static final String TOO_MANY_TAGS =
      "Number of Tags exceed the current limit for the provided ResourceArn";
  public static final String INVALID_TOKEN = "Invalid NextToken";

  private ResourceTexts() {}

  public static String arnOfOtherPartition(String arn) {
    return ConstraintTexts.one("Invalid AWS partition in '" + arn + "'");
  }

  public static String arnOfOtherRegion(String arn) {
    return ConstraintTexts.one("Invalid AWS region in '" + arn + "'");
  }

  public static String accessDenied(String principal, String operation, String arn) {
    return "User: "
        + principal
        + " is not authorized to perform: dynamodb:"
        + operation
        + " on resource: "
        + arn
        + " because no resource-based policy allows the dynamodb:"
        + operation
        + " action";
  }

  public static String notAnArn(String text) {
    return Prefixes.invalid("ARNs must start with 'arn:': " + text);
  }

  public static String arnOfOtherService(String arn) {
    return Prefixes.invalid("Provided Arn is not a DynamoDB resource arn: " + arn);
  }

  public static String arnOfNoTable(String arn) {
    return Prefixes.invalid(
        "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: "
            + arn);
  }

  /// What tag operations say of another region.
  public static String foreignArn(String arn) {
    return "Invalid TableArn: Invalid ResourceArn provided as input " + arn;
  }

  /// The typing error is the service's.
  public static String notFound(String arn) {
    return "Requested resource not found: ResourcArn: " + arn + " not found";
  }

  public static String tagKey(@Nullable String key) {
    return "The Tag Key provided is invalid, Key: " + key;
  }

  public static String tagValue(@Nullable String value) {
    return "The Tag Value provided is invalid, Value: " + value;
  }

  public static String reservedTagKey(String key) {
    return "Tag Key cannot be prefixed with aws:, Key: " + key;
  }

  public static String tagKeyTwice(String key) {
    return "Duplicate Tag Keys provided as input: Duplicate Tag Key found " + key;
  }
}
