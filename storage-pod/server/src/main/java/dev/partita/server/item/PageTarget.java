package dev.partita.server.item;

import dev.partita.model.command.PageRead;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.QueryTexts;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.MentionedPaths;
import dev.partita.model.expression.Path;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowSource;
import dev.partita.model.table.KeyAttributes;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.model.table.TableRecord;
import dev.partita.model.value.Bytes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What `Query` and `Scan` read: a table, or one of its local indexes.
///
/// @param index null for the table itself
record PageTarget(TableRecord table, @Nullable LocalIndex index, RowSource source) {

  /// @param indexName null for the table itself
  /// @throws ApiException VALIDATION for an index that the table does not have
  static PageTarget of(TableRecord table, @Nullable String indexName) {
    if (indexName == null) {
      return new PageTarget(table, null, RowSource.Items.INSTANCE);
    }
    List<LocalIndex> indexes = table.definition().localIndexes();
    for (int number = 0; number < indexes.size(); number++) {
      if (indexes.get(number).name().equals(indexName)) {
        return new PageTarget(table, indexes.get(number), new RowSource.LocalIndex(number));
      }
    }
    throw ApiException.validation(QueryTexts.noSuchIndex(indexName));
  }

  TableDefinition definition() {
    return table.definition();
  }

  /// The schema by which rows are found and ordered.
  KeyAttributes keys() {
    return index == null ? KeyAttributes.of(definition()) : KeyAttributes.of(definition(), index);
  }

  /// Attributes that are not in the rows themselves, among those that a filter mentions, in order.
  Set<String> unprojected(@Nullable Condition filter) {
    Set<String> missing = new TreeSet<>();
    if (filter != null) {
      MentionedPaths.of(
          filter,
          path -> {
            if (!projects(path.root())) {
              missing.add(path.root());
            }
          });
    }
    return missing;
  }

  /// Whether the rows themselves do not have all that is to be returned.
  private boolean wantsMore(Select select, @Nullable List<Path> projection) {
    return switch (select) {
      case ALL_ATTRIBUTES -> index != null && index.projection() != TableDefinition.Projection.ALL;
      case ALL_PROJECTED_ATTRIBUTES, COUNT -> false;
      case SPECIFIC_ATTRIBUTES ->
          projection != null && projection.stream().anyMatch(path -> !projects(path.root()));
    };
  }

  private boolean projects(String attribute) {
    return index == null
        || switch (index.projection()) {
          case ALL -> true;
          case KEYS_ONLY -> isKey(index, attribute);
          case INCLUDE -> isKey(index, attribute) || index.nonKeyAttributes().contains(attribute);
        };
  }

  private boolean isKey(LocalIndex local, String attribute) {
    return attribute.equals(local.rangeKey())
        || attribute.equals(definition().hashKey())
        || attribute.equals(definition().rangeKey());
  }

  /// The page itself.
  ///
  /// @param after row key to go on behind, null for none
  PageRead read(
      KeyRange range,
      boolean forward,
      @Nullable Bytes after,
      PageParameters parameters,
      Select select) {
    boolean wholeItems =
        wantsMore(select, parameters.projection()) || !unprojected(parameters.filter()).isEmpty();
    return new PageRead(
        table.id(),
        range,
        forward,
        after,
        source,
        wholeItems,
        parameters.limit(),
        PageRead.PAGE_BYTES,
        parameters.filter(),
        wholeItems && select == Select.ALL_PROJECTED_ATTRIBUTES
            ? projected()
            : parameters.projection(),
        select == Select.COUNT);
  }

  /// What the index's entries have: fetched items have more. Not asked of an index that has all.
  private List<Path> projected() {
    if (index == null) {
      throw new IllegalStateException("a table projects nothing");
    }
    Set<String> names = new LinkedHashSet<>();
    names.add(definition().hashKey());
    if (definition().rangeKey() != null) {
      names.add(definition().rangeKey());
    }
    names.add(index.rangeKey());
    names.addAll(index.nonKeyAttributes());
    return names.stream().map(Path::of).toList();
  }
}
