package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.LegacyTexts;
import dev.partita.model.expression.Path;
import dev.partita.server.json.Structure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `AttributesToGet`: top-level attributes to return. What came before `ProjectionExpression`.
final class AttributesToGet {

  private AttributesToGet() {}

  /// @return null where the request does not have it
  /// @throws ApiException VALIDATION for a name that is given twice or is none
  static @Nullable List<Path> read(Structure request) {
    List<String> names = request.texts("AttributesToGet");
    if (names == null) {
      return null;
    }
    Set<String> seen = new HashSet<>();
    List<Path> paths = new ArrayList<>(names.size());
    for (String name : names) {
      AttributeNames.check(name);
      if (!seen.add(name)) {
        throw ApiException.validation(LegacyTexts.nameTwice(name));
      }
      paths.add(Path.of(name));
    }
    return paths;
  }
}
