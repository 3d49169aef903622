package dev.partita.model.expression;

import dev.partita.model.value.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Cuts partial documents out of items: for each path the value at its end, in the maps and lists
/// that lead to it. Elements of a list keep their order and close up. A path that leads nowhere
/// leaves no trace.
public final class Projections {

  private Projections() {}

  /// @param paths no two may overlap, as the parser sees to
  /// @return the attributes that are there, in the order of the paths; empty if none is
  public static Map<String, AttributeValue> project(
      List<Path> paths, Map<String, AttributeValue> item) {
    Map<String, AttributeValue> result = new LinkedHashMap<>();
    Map<String, Branch> branches = null;
    for (Path path : paths) {
      if (path.steps().size() == 1) {
        AttributeValue value = item.get(path.root());
        if (value != null) {
          result.put(path.root(), value);
        }
      } else {
        AttributeValue value = Values.at(path, item);
        if (value != null) {
          branches = branches == null ? new LinkedHashMap<>() : branches;
          branches.computeIfAbsent(path.root(), _ -> new Branch()).add(path, 1, value);
        }
      }
    }
    if (branches != null) {
      branches.forEach((root, branch) -> result.put(root, branch.toValue()));
    }
    return result;
  }

  /// A map or list under construction.
  private static final class Branch {
    private final Map<String, Branch> members = new LinkedHashMap<>();
    private final TreeMap<Integer, Branch> elements = new TreeMap<>();
    private @Nullable AttributeValue leaf;

    void add(Path path, int depth, AttributeValue value) {
      Branch branch = this;
      for (Path.Step step : path.steps().subList(depth, path.steps().size())) {
        branch =
            switch (step) {
              case Path.Step.Attribute(String name) ->
                  branch.members.computeIfAbsent(name, _ -> new Branch());
              case Path.Step.Index(int index) ->
                  branch.elements.computeIfAbsent(index, _ -> new Branch());
            };
      }
      branch.leaf = value;
    }

    AttributeValue toValue() {
      if (leaf != null) {
        return leaf;
      }
      if (!members.isEmpty()) {
        Map<String, AttributeValue> map = new LinkedHashMap<>();
        members.forEach((name, branch) -> map.put(name, branch.toValue()));
        return new AttributeValue.M(map);
      }
      List<AttributeValue> list = new ArrayList<>();
      elements.values().forEach(branch -> list.add(branch.toValue()));
      return new AttributeValue.L(list);
    }
  }
}
