package dev.partita.operator.kube;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether an object already is what a field manager wants it to be. Works on plain trees of maps,
/// lists and scalars.
///
/// Two questions, both must be answered with yes:
/// 1. Is every wanted field there with the wanted value? What the server added around it does not
///    count. Elements of lists are matched by the key that Kubernetes merges them by, else by
///    place.
/// 2. Is every field that `metadata.managedFields` says this manager applied still wanted? One that
///    is not must be taken away, and only another apply does that.
final class Owned {

  /// Keys by which lists of objects are merged, the first that an element has. `mountPath` comes
  /// before `name`: one volume may be mounted twice.
  private static final List<String> MERGE_KEYS =
      List.of("mountPath", "topologyKey", "uid", "name", "type", "key");

  private Owned() {}

  static boolean holds(Map<String, Object> desired, Map<String, Object> actual, String manager) {
    return within(desired, actual) && nothingLeftOver(desired, actual, manager);
  }

  private static boolean within(@Nullable Object desired, @Nullable Object actual) {
    return switch (desired) {
      case null -> actual == null;
      case Map<?, ?> wanted ->
          actual instanceof Map<?, ?> there
              && wanted.entrySet().stream()
                  .allMatch(e -> within(e.getValue(), there.get(e.getKey())));
      case List<?> wanted -> actual instanceof List<?> there && listWithin(wanted, there);
      default -> actual != null && desired.toString().equals(actual.toString());
    };
  }

  private static boolean listWithin(List<?> wanted, List<?> there) {
    String key = mergeKey(wanted);
    if (key == null) {
      if (wanted.size() != there.size()) {
        return false;
      }
      for (int i = 0; i < wanted.size(); i++) {
        if (!within(wanted.get(i), there.get(i))) {
          return false;
        }
      }
      return true;
    }
    for (Object element : wanted) {
      Object value = ((Map<?, ?>) element).get(key);
      boolean found =
          there.stream()
              .anyMatch(
                  t ->
                      t instanceof Map<?, ?> candidate
                          && Objects.equals(candidate.get(key), value)
                          && within(element, candidate));
      if (!found) {
        return false;
      }
    }
    return true;
  }

  /// The key that all elements have; null if there is none, and place is what counts.
  private static @Nullable String mergeKey(List<?> elements) {
    if (elements.isEmpty()) {
      return null;
    }
    for (String key : MERGE_KEYS) {
      if (elements.stream().allMatch(e -> e instanceof Map<?, ?> map && map.containsKey(key))) {
        return key;
      }
    }
    return null;
  }

  private static boolean nothingLeftOver(
      Map<String, Object> desired, Map<String, Object> actual, String manager) {
    if (!(actual.get("metadata") instanceof Map<?, ?> metadata)
        || !(metadata.get("managedFields") instanceof List<?> entries)) {
      return false;
    }
    for (Object entry : entries) {
      if (entry instanceof Map<?, ?> fields
          && manager.equals(fields.get("manager"))
          && "Apply".equals(fields.get("operation"))
          && fields.get("subresource") == null
          && fields.get("fieldsV1") instanceof Map<?, ?> owned) {
        return stillWanted(owned, desired, actual);
      }
    }
    return false;
  }

  /// Walks the encoding of structured-merge-diff: `f:` a field, `k:` the element of a list with
  /// these keys, `v:` a value of a set, `.` the node itself.
  private static boolean stillWanted(Map<?, ?> owned, Object desired, Object actual) {
    for (Map.Entry<?, ?> entry : owned.entrySet()) {
      String path = String.valueOf(entry.getKey());
      if (path.equals(".")) {
        continue;
      }
      Object wanted = child(path, desired);
      Object there = child(path, actual);
      if (wanted == null || there == null) {
        return false;
      }
      boolean atomic = !(entry.getValue() instanceof Map<?, ?> deeper) || deeper.isEmpty();
      boolean so =
          atomic
              ? asLarge(wanted, there)
              : stillWanted((Map<?, ?>) entry.getValue(), wanted, there);
      if (!so) {
        return false;
      }
    }
    return true;
  }

  /// What is owned as a whole has nothing that is not wanted: an atomic list or map would otherwise
  /// keep what was taken out of it.
  private static boolean asLarge(Object wanted, Object there) {
    if (wanted instanceof List<?> list && there instanceof List<?> other) {
      return list.size() == other.size();
    }
    if (wanted instanceof Map<?, ?> map && there instanceof Map<?, ?> other) {
      return map.size() == other.size();
    }
    return true;
  }

  private static @Nullable Object child(String path, Object tree) {
    String rest = path.substring(path.indexOf(':') + 1);
    return switch (path.charAt(0)) {
      case 'f' -> tree instanceof Map<?, ?> map ? map.get(rest) : null;
      case 'k' -> tree instanceof List<?> list ? ManagedKeys.element(rest, list) : null;
      case 'v' -> tree instanceof List<?> list ? ManagedKeys.value(rest, list) : null;
      // A form that is not known: rather apply once too often.
      default -> null;
    };
  }
}
