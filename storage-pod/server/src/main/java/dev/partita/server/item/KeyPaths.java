package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ItemTexts;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.MentionedPaths;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.Update;
import dev.partita.model.table.TableDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds paths that lead into key attributes: those are scalars, there is nothing in them.
final class KeyPaths {

  /// Attributes of which some path asks for a part.
  private final Set<String> parted = new HashSet<>();

  KeyPaths of(@Nullable Condition condition) {
    if (condition != null) {
      MentionedPaths.of(condition, this::add);
    }
    return this;
  }

  KeyPaths of(Update update) {
    MentionedPaths.of(update, this::add);
    return this;
  }

  KeyPaths of(@Nullable List<Path> projection) {
    if (projection != null) {
      projection.forEach(this::add);
    }
    return this;
  }

  private void add(Path path) {
    if (path.steps().size() > 1) {
      parted.add(path.root());
    }
  }

  /// @throws ApiException VALIDATION, naming the first such attribute of the table's key, then of
  ///   its indexes
  void check(TableDefinition table) {
    if (parted.isEmpty()) {
      return;
    }
    check("Key", table.hashKey());
    String range = table.rangeKey();
    if (range != null) {
      check("Key", range);
    }
    for (TableDefinition.LocalIndex index : table.localIndexes()) {
      check("IndexKey", index.rangeKey());
    }
  }

  private void check(String role, String attribute) {
    if (parted.contains(attribute)) {
      throw ApiException.validation(ItemTexts.keyInParts(role, attribute));
    }
  }
}
