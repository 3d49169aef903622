package dev.partita.operator.table;

import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.dynamo.TableWish;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares the tags that a manifest names with those that a table has. A manifest without a list
/// agrees with any, unlike one whose list is empty; and tags that nobody asked for agree with any
/// manifest. Pure.
final class Tags {

  /// Tags whose keys begin so are the service's own: no manifest has them, and nobody can remove
  /// them.
  private static final String RESERVED = "aws:";

  private static final String NONE = "none";

  private Tags() {}

  /// Keys that the table has and the manifest does not name, sorted.
  static List<String> superfluous(TableWish wish, TableState table) {
    Map<String, String> wanted = wish.tags();
    Map<String, String> actual = table.tags();
    if (wanted == null || actual == null) {
      return List.of();
    }
    return actual.keySet().stream()
        .filter(key -> !wanted.containsKey(key) && !key.startsWith(RESERVED))
        .sorted()
        .toList();
  }

  /// What the manifest names and the table does not have, or has with another value.
  static Map<String, String> missing(TableWish wish, TableState table) {
    Map<String, String> wanted = wish.tags();
    Map<String, String> actual = table.tags();
    if (wanted == null || actual == null) {
      return Map.of();
    }
    Map<String, String> missing = new LinkedHashMap<>(wanted);
    missing.entrySet().removeAll(actual.entrySet());
    return missing;
  }

  /// One for each tag: first those that go, then those that come, each sorted by key.
  static List<Difference> differences(TableWish wish, TableState table) {
    Map<String, String> actual = table.tags() == null ? Map.of() : table.tags();
    List<Difference> found = new ArrayList<>();
    for (String key : superfluous(wish, table)) {
      found.add(new Difference(field(key), text(actual.get(key)), NONE));
    }
    Map<String, String> missing = missing(wish, table);
    for (String key : new TreeSet<>(missing.keySet())) {
      found.add(new Difference(field(key), text(actual.get(key)), text(missing.get(key))));
    }
    return found;
  }

  private static String field(String key) {
    return "tags[" + key + "]";
  }

  /// In quotes: a value may be empty, and may be any word.
  private static String text(@Nullable String value) {
    return value == null ? NONE : "\"" + value + "\"";
  }
}
