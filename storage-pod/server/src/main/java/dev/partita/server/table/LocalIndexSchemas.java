package dev.partita.server.table;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.TableTexts;
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
      throw ApiException.validation(TableTexts.emptyList(MEMBER));
    }
    if (keys.size() < 2) {
      throw ApiException.validation(TableTexts.INDEX_WITHOUT_TABLE_RANGE);
    }
    List<LocalIndex> indexes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Structure index : given) {
      LocalIndex read = read(index, keys.getFirst(), defined);
      if (!names.add(read.name())) {
        throw ApiException.validation(TableTexts.indexTwice(read.name()));
      }
      indexes.add(read);
    }
    if (indexes.size() > MAX_INDEXES) {
      throw ApiException.validation(TableTexts.tooManyIndexes(MEMBER, MAX_INDEXES));
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
      throw ApiException.validation(TableTexts.indexWithoutRange(name));
    }
    if (!keys.getFirst().equals(tableHash)) {
      throw ApiException.validation(TableTexts.indexOfOtherHash(name, keys.getFirst(), tableHash));
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
      throw ApiException.validation(TableTexts.NO_PROJECTION_TYPE);
    }
    Projection projection = Projection.valueOf(type);
    if (projection != Projection.INCLUDE && others != null) {
      throw ApiException.validation(TableTexts.namesBesideProjection(type));
    }
    if (projection == Projection.INCLUDE && others == null) {
      throw ApiException.validation(TableTexts.INCLUDE_WITHOUT_NAMES);
    }
    if (others != null && new HashSet<>(others).size() < others.size()) {
      throw ApiException.validation(TableTexts.NAME_TWICE);
    }
    return projection;
  }
}
