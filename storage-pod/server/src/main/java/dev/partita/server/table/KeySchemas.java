package dev.partita.server.table;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.TableTexts;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.server.json.Structure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of a table and of its local secondary indexes as CreateTable declares them.
///
/// @param attributes definitions in the order given
/// @param hashKey name of the partition key
/// @param rangeKey name of the sort key, null for none
/// @param localIndexes in the order given
record KeySchemas(
    List<AttributeDefinition> attributes,
    String hashKey,
    @Nullable String rangeKey,
    List<LocalIndex> localIndexes) {

  /// Checks in the order of the service as dynalite measured it.
  ///
  /// @throws ApiException ValidationException
  static KeySchemas read(Structure request) {
    List<AttributeDefinition> attributes = new ArrayList<>();
    for (Structure a : Objects.requireNonNull(request.structures("AttributeDefinitions"))) {
      attributes.add(
          new AttributeDefinition(
              a.requiredText("AttributeName"), KeyType.valueOf(a.requiredText("AttributeType"))));
    }
    List<Structure> schema = Objects.requireNonNull(request.structures("KeySchema"));
    List<String> keys = names(schema);
    List<String> defined = attributes.stream().map(AttributeDefinition::name).toList();
    checkDefined(keys, defined);
    checkShape(schema, keys);
    if (defined.stream().distinct().count() != defined.size()) {
      throw ApiException.validation(TableTexts.NAME_TWICE);
    }
    if (!request.has("LocalSecondaryIndexes") && keys.size() != defined.size()) {
      throw ApiException.validation(TableTexts.NUMBER_OF_ATTRIBUTES);
    }
    List<LocalIndex> indexes = LocalIndexSchemas.read(request, keys, defined);
    checkAllUsed(keys, indexes, defined);
    return new KeySchemas(attributes, keys.get(0), keys.size() > 1 ? keys.get(1) : null, indexes);
  }

  static List<String> names(List<Structure> schema) {
    return schema.stream().map(e -> e.requiredText("AttributeName")).toList();
  }

  /// Names and types of a key's elements, of which there are one or two.
  static void checkShape(List<Structure> schema, List<String> keys) {
    if (keys.size() > 1 && keys.get(0).equals(keys.get(1))) {
      throw ApiException.validation(TableTexts.SAME_KEY_TWICE);
    }
    if (!schema.get(0).requiredText("KeyType").equals("HASH")) {
      throw ApiException.validation(TableTexts.FIRST_NOT_HASH);
    }
    if (schema.size() > 1 && !schema.get(1).requiredText("KeyType").equals("RANGE")) {
      throw ApiException.validation(TableTexts.SECOND_NOT_RANGE);
    }
  }

  private static void checkDefined(List<String> keys, List<String> defined) {
    if (keys.size() > defined.size()) {
      throw ApiException.validation(TableTexts.NO_DEFINITION);
    }
    checkAllDefined(keys, defined);
  }

  static void checkAllDefined(List<String> keys, List<String> defined) {
    if (!defined.containsAll(keys)) {
      throw ApiException.validation(TableTexts.notDefined(keys, defined));
    }
  }

  private static void checkAllUsed(
      List<String> keys, List<LocalIndex> indexes, List<String> defined) {
    Set<String> used = new LinkedHashSet<>(keys);
    indexes.forEach(index -> used.add(index.rangeKey()));
    if (!used.containsAll(defined)) {
      throw ApiException.validation(TableTexts.notUsed(defined, used));
    }
  }
}
