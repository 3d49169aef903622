package dev.partita.model.expression;

import dev.partita.model.error.ExpressionTexts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds two paths of one expression of which one lies in the other (they *overlap*) or that take
/// the same place for a map and for a list (they *conflict*).
///
/// As in DynamoDB the paths are put into a tree, the last first; the path that does not fit is
/// "path one".
final class PathOverlap {

  /// Up to so many paths the roots are compared pairwise before a tree is made.
  private static final int FEW = 8;

  private @Nullable Path end;
  private @Nullable Map<Path.Step, PathOverlap> children;
  private boolean isList;

  private PathOverlap() {}

  /// Tells the first finding among the targets, at the place `-i` of the path that does not fit.
  static void check(List<Path> paths, Faults faults) {
    if (rootsDiffer(paths)) {
      return;
    }
    PathOverlap root = new PathOverlap();
    for (int i = paths.size() - 1; i >= 0; i--) {
      String problem = root.insert(paths.get(i));
      if (problem != null) {
        faults.add(Faults.Round.TARGETS, -i, problem);
        return;
      }
    }
  }

  private static boolean rootsDiffer(List<Path> paths) {
    if (paths.size() > FEW) {
      return false;
    }
    for (int i = 1; i < paths.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (paths.get(i).root().equals(paths.get(j).root())) {
          return false;
        }
      }
    }
    return true;
  }

  private @Nullable String insert(Path path) {
    PathOverlap node = this;
    for (Path.Step step : path.steps()) {
      if (node.end != null) {
        return ExpressionTexts.overlap(path.inBrackets(), node.end.inBrackets());
      }
      boolean intoList = step instanceof Path.Step.Index;
      if (node.children == null) {
        node.children = new LinkedHashMap<>();
        node.isList = intoList;
      } else if (node.isList != intoList) {
        return ExpressionTexts.conflict(path.inBrackets(), node.anyPath().inBrackets());
      }
      node = node.children.computeIfAbsent(step, _ -> new PathOverlap());
    }
    if (node.end != null || node.children != null) {
      return ExpressionTexts.overlap(path.inBrackets(), node.anyPath().inBrackets());
    }
    node.end = path;
    return null;
  }

  private Path anyPath() {
    PathOverlap node = this;
    while (node.children != null) {
      node = node.children.values().iterator().next();
    }
    if (node.end == null) {
      throw new IllegalStateException("a leaf ends a path");
    }
    return node.end;
  }
}
