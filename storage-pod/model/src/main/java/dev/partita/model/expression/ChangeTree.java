package dev.partita.model.expression;

import dev.partita.model.error.ExpressionTexts;
import dev.partita.model.value.AttributeValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All changes of one update, ordered by where they are, so that each map and list on the way is
/// copied once and list indexes mean the elements of before.
///
/// Children are walked against the order of a hash map. So does DynamoDB, and it shows: of two
/// actions that the item does not allow, the one that is met first names the error.
final class ChangeTree {

  /// Computes what will stand at a place.
  interface Change {

    /// @param present what stands there, or null
    /// @return what will stand there, or null for nothing
    @Nullable AttributeValue apply(@Nullable AttributeValue present) throws InvalidUpdateException;
  }

  private final HashMap<String, ChangeTree> members = new HashMap<>();
  private final HashMap<Integer, ChangeTree> elements = new HashMap<>();
  private @Nullable Change change;

  /// @param path neither overlaps nor conflicts with another, as the parser sees to
  void add(Path path, Change newChange) {
    ChangeTree node = this;
    for (Path.Step step : path.steps()) {
      node =
          switch (step) {
            case Path.Step.Attribute(String name) ->
                node.members.computeIfAbsent(name, _ -> new ChangeTree());
            case Path.Step.Index(int index) ->
                node.elements.computeIfAbsent(index, _ -> new ChangeTree());
          };
    }
    node.change = newChange;
  }

  /// A changed copy of the item or map.
  Map<String, AttributeValue> applyTo(Map<String, AttributeValue> item)
      throws InvalidUpdateException {
    Map<String, AttributeValue> changed = new LinkedHashMap<>(item);
    for (Map.Entry<String, ChangeTree> member : new ArrayList<>(members.entrySet()).reversed()) {
      AttributeValue value = member.getValue().changed(item.get(member.getKey()));
      if (value == null) {
        changed.remove(member.getKey());
      } else {
        changed.put(member.getKey(), value);
      }
    }
    return changed;
  }

  private @Nullable AttributeValue changed(@Nullable AttributeValue present)
      throws InvalidUpdateException {
    if (change != null) {
      return change.apply(present);
    }
    if (elements.isEmpty() && present instanceof AttributeValue.M m) {
      return new AttributeValue.M(applyTo(m.values()));
    }
    if (members.isEmpty() && present instanceof AttributeValue.L l) {
      return new AttributeValue.L(applyTo(l.values()));
    }
    throw new InvalidUpdateException(ExpressionTexts.INVALID_PATH_FOR_UPDATE);
  }

  /// Elements set past the end are appended in the order of their indexes; removed ones close up.
  private List<AttributeValue> applyTo(List<AttributeValue> list) throws InvalidUpdateException {
    TreeMap<Integer, @Nullable AttributeValue> touched = new TreeMap<>();
    for (Map.Entry<Integer, ChangeTree> element : new ArrayList<>(elements.entrySet()).reversed()) {
      int index = element.getKey();
      AttributeValue present = index < list.size() ? list.get(index) : null;
      touched.put(index, element.getValue().changed(present));
    }
    List<AttributeValue> changed = new ArrayList<>(list.size() + touched.size());
    for (int i = 0; i < list.size(); i++) {
      AttributeValue value = touched.containsKey(i) ? touched.get(i) : list.get(i);
      if (value != null) {
        changed.add(value);
      }
    }
    for (AttributeValue value : touched.tailMap(list.size()).values()) {
      if (value != null) {
        changed.add(value);
      }
    }
    return changed;
  }
}
