package dev.partita.operator.dynamo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.WarmThroughput;

/// Requests of the SDK. What a manifest does not name is not sent.
final class TableRequests {

  private TableRequests() {}

  static CreateTableRequest create(TableWish wish) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(wish.name())
            .keySchema(keySchema(wish.hashKey(), wish.rangeKey()))
            .attributeDefinitions(
                wish.attributes().entrySet().stream()
                    .map(
                        a ->
                            AttributeDefinition.builder()
                                .attributeName(a.getKey())
                                .attributeType(a.getValue())
                                .build())
                    .toList());
    if (wish.billingMode() != null) {
      request.billingMode(wish.billingMode());
    }
    request.provisionedThroughput(provisioned(wish.provisioned()));
    request.onDemandThroughput(onDemand(wish.onDemand()));
    request.warmThroughput(warm(wish.warm()));
    if (wish.tableClass() != null) {
      request.tableClass(wish.tableClass());
    }
    request.deletionProtectionEnabled(wish.deletionProtection());
    if (!wish.localIndexes().isEmpty()) {
      request.localSecondaryIndexes(
          wish.localIndexes().stream().map(index -> localIndex(wish.hashKey(), index)).toList());
    }
    if (wish.tags() != null && !wish.tags().isEmpty()) {
      request.tags(tags(wish.tags()));
    }
    return request.build();
  }

  private static LocalSecondaryIndex localIndex(String hashKey, LocalIndex index) {
    Projection.Builder projection = Projection.builder().projectionType(index.projection());
    if (!index.attributes().isEmpty()) {
      projection.nonKeyAttributes(index.attributes());
    }
    return LocalSecondaryIndex.builder()
        .indexName(index.name())
        .keySchema(keySchema(hashKey, index.rangeKey()))
        .projection(projection.build())
        .build();
  }

  private static List<KeySchemaElement> keySchema(String hashKey, @Nullable String rangeKey) {
    List<KeySchemaElement> schema = new ArrayList<>();
    schema.add(element(hashKey, KeyType.HASH));
    if (rangeKey != null) {
      schema.add(element(rangeKey, KeyType.RANGE));
    }
    return schema;
  }

  private static KeySchemaElement element(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  static TagResourceRequest tag(TableChange.SetTags change) {
    return TagResourceRequest.builder().resourceArn(change.arn()).tags(tags(change.tags())).build();
  }

  static UntagResourceRequest untag(TableChange.RemoveTags change) {
    return UntagResourceRequest.builder().resourceArn(change.arn()).tagKeys(change.keys()).build();
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  static UpdateTableRequest update(String table, TableChange.Update change) {
    UpdateTableRequest.Builder request = UpdateTableRequest.builder().tableName(table);
    switch (change) {
      case TableChange.Billing(String mode, Units provisioned, UnitsWish onDemand) -> {
        if (mode != null) {
          request.billingMode(mode);
        }
        request.provisionedThroughput(provisioned(provisioned));
        request.onDemandThroughput(onDemand(onDemand));
      }
      case TableChange.Warm(UnitsWish units) -> request.warmThroughput(warm(units));
      case TableChange.TableClass(String tableClass) -> request.tableClass(tableClass);
      case TableChange.DeletionProtection(boolean on) -> request.deletionProtectionEnabled(on);
    }
    return request.build();
  }

  private static @Nullable ProvisionedThroughput provisioned(@Nullable Units units) {
    return units == null
        ? null
        : ProvisionedThroughput.builder()
            .readCapacityUnits(units.read())
            .writeCapacityUnits(units.write())
            .build();
  }

  private static @Nullable OnDemandThroughput onDemand(UnitsWish units) {
    return units.isNone()
        ? null
        : OnDemandThroughput.builder()
            .maxReadRequestUnits(units.read())
            .maxWriteRequestUnits(units.write())
            .build();
  }

  private static @Nullable WarmThroughput warm(UnitsWish units) {
    return units.isNone()
        ? null
        : WarmThroughput.builder()
            .readUnitsPerSecond(units.read())
            .writeUnitsPerSecond(units.write())
            .build();
  }
}
