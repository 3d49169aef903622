package dev.partita.server.json;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// How a value is shown in the text of a violated constraint: texts and numbers as they are, lists
/// and maps cut short, since the service's own print of them is not stable either.
final class PrintedValue {

  /// Characters of a list or map, about.
  private static final int MAX_PRINTED = 1_000;

  private static final String CUT = "...";

  private final StringBuilder text = new StringBuilder();

  private PrintedValue() {}

  static String of(Object value) {
    if (value instanceof String string) {
      return string;
    }
    PrintedValue printed = new PrintedValue();
    printed.append(value);
    return printed.text.toString();
  }

  private void append(Object value) {
    switch (value) {
      case List<?> list -> append('[', list.iterator(), ']');
      case Map<?, ?> map -> append('{', map.entrySet().iterator(), '}');
      case Map.Entry<?, ?> entry -> {
        text.append(entry.getKey()).append('=');
        append(entry.getValue());
      }
      case AttributeMap map -> append('{', map.keys().iterator(), '}');
      case Structure structure -> text.append(structure);
      case Object other -> text.append(other);
    }
  }

  private void append(char open, Iterator<?> elements, char close) {
    text.append(open);
    for (boolean first = true; elements.hasNext(); first = false) {
      text.append(first ? "" : ", ");
      if (text.length() > MAX_PRINTED) {
        text.append(CUT);
        break;
      }
      append(elements.next());
    }
    text.append(close);
  }
}
