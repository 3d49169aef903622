package dev.partita.model.value;

import dev.partita.model.value.AttributeValue.L;
import dev.partita.model.value.AttributeValue.M;
import java.util.Collection;
import java.util.Map;

/// How deep lists and maps may lie in each other: 32 levels, the item itself being the first.
public final class Nesting {

  /// Levels, counting the item.
  public static final int MAX_LEVELS = 32;

  private Nesting() {}

  /// Whether an item stays within the limit. Looks no deeper than the limit.
  public static boolean fits(Map<String, AttributeValue> item) {
    return allFit(item.values(), MAX_LEVELS - 1);
  }

  /// Whether a value stays within the limit as an attribute of an item.
  public static boolean fits(AttributeValue value) {
    return fits(value, MAX_LEVELS - 1);
  }

  private static boolean fits(AttributeValue value, int levels) {
    return switch (value) {
      case L list -> levels > 0 && allFit(list.values(), levels - 1);
      case M map -> levels > 0 && allFit(map.values().values(), levels - 1);
      case AttributeValue.S _,
          AttributeValue.N _,
          AttributeValue.B _,
          AttributeValue.Bool _,
          AttributeValue.Null _,
          AttributeValue.SS _,
          AttributeValue.NS _,
          AttributeValue.BS _ ->
          true;
    };
  }

  private static boolean allFit(Collection<AttributeValue> values, int levels) {
    for (AttributeValue value : values) {
      if (!fits(value, levels)) {
        return false;
      }
    }
    return true;
  }
}
