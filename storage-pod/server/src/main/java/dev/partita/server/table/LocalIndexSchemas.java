package dev.partita.server.table;

import dev.partita.model.error.ApiException;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.model.table.TableDefinition.Projection;
import dev.partita.server.json.Structure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The local secondary indexes that CreateTable declares.
final class LocalIndexSchemas {

  /// Indexes of one table.
  static final int MAX_INDEXES = 5;

  private static final String MEMBER = "LocalSecondaryIndexes";
  private static final String INVALID = "One or more parameter values were invalid: ";

  private LocalIndexSchemas() {}

  /// Checks in the order that dynalite measured: index by index, how many there are last.
  ///
  /// @param keys names of the table's key attributes, partition key first
  /// @param defined names in AttributeDefinitions
  /// @return in the order given, empty where the member is absent
  /// @throws ApiException ValidationException
  static List<LocalIndex> read(Structure request, List<String> keys, List<String> defined) {
    List<Structure> given = request.structures(MEMBER);
    if (given == null) {
      return List.of();
    }
    if (given.isEmpty()) {
      throw invalid("List of " + MEMBER + " is empty");
    }
    if (keys.size() < 2) {
      throw invalid(
          "Table KeySchema does not have a range key, which is required when specifying a"
              + " LocalSecondaryIndex");
    }
    List<LocalIndex> indexes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Structure index : given) {
      LocalIndex read = read(index, keys.getFirst(), defined);
      if (!names.add(read.name())) {
        throw invalid("Duplicate index name: " + read.name());
      }
      indexes.add(read);
    }
    if (indexes.size() > MAX_INDEXES) {
      throw invalid("Number of " + MEMBER + " exceeds per-table limit of " + MAX_INDEXES);
    }
    return indexes;
  }

  private static LocalIndex read(Structure index, String tableHash, List<String> defined) {
    String name = index.requiredText("IndexName");
    List<Structure> schema = Objects.requireNonNull(index.structures("KeySchema"));
    List<String> keys = KeySchemas.names(schema);
    KeySchemas.checkAllDefined(keys, defined);
    KeySchemas.checkShape(schema, keys);
    if (keys.size() < 2) {
      throw invalid("Index KeySchema does not have a range key for index: " + name);
    }
    if (!keys.getFirst().equals(tableHash)) {
      throw invalid(
          "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
              + name
              + ". index hash key: "
              + keys.getFirst()
              + ", table hash key: "
              + tableHash);
    }
    Structure projection = Objects.requireNonNull(index.structure("Projection"));
    List<String> others = projection.texts("NonKeyAttributes");
    return new LocalIndex(
        name,
        keys.get(1),
        projection(projection.text("ProjectionType"), others),
        others == null ? List.of() : others);
  }

  private static Projection projection(@Nullable String type, @Nullable List<String> others) {
    if (type == null) {
      throw invalid("Unknown ProjectionType: null");
    }
    Projection projection = Projection.valueOf(type);
    if (projection != Projection.INCLUDE && others != null) {
      throw invalid("ProjectionType is " + type + ", but NonKeyAttributes is specified");
    }
    if (projection == Projection.INCLUDE && others == null) {
      throw invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    }
    if (others != null && new HashSet<>(others).size() < others.size()) {
      // DynamoDB Local 3.1.0.
      throw ApiException.validation("Cannot have two attributes with the same name");
    }
    return projection;
  }

  private static ApiException invalid(String text) {
    return ApiException.validation(INVALID + text);
  }
}
