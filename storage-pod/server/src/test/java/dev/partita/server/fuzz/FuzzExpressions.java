package dev.partita.server.fuzz;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Expressions of every kind by their grammar, some of them damaged, and the placeholders that they
/// use. For one request.
final class FuzzExpressions {

  private static final List<String> COMPARATORS = List.of("=", "<>", "<", "<=", ">", ">=");
  private static final List<String> TYPES =
      List.of("s", "n", "b", "t", "f", "ss", "ns", "bs", "l", "m");
  private static final List<String> TOKENS =
      List.of(
          "(",
          ")",
          "((",
          "[",
          "]",
          "[0]",
          "[99999999999]",
          ".",
          ",",
          "=",
          "<>",
          "<",
          "+",
          "-",
          " AND ",
          " OR ",
          " NOT ",
          " BETWEEN ",
          " IN (",
          "SET ",
          " REMOVE ",
          " ADD ",
          " DELETE ",
          "size(",
          "contains(",
          "foo(",
          "if_not_exists(",
          "list_append(",
          "abort",
          "#",
          ":",
          "#q",
          ":q",
          " ",
          "\t",
          "\n",
          "\0",
          "'",
          "\u00e9",
          "\ud83d\ude80",
          "\ud83d",
          "00",
          "!",
          "a");

  /// Times that a piece of an expression is repeated, up to above all bounds.
  private static final List<Integer> REPETITIONS = List.of(2, 10, 100, 301, 2_000);

  private final Chance chance;
  private final FuzzValues values;
  private final Set<String> usedNames = new LinkedHashSet<>();
  private final Set<String> usedValues = new LinkedHashSet<>();

  FuzzExpressions(Chance chance, FuzzValues values) {
    this.chance = chance;
    this.values = values;
  }

  String condition() {
    return damaged(condition(chance.oneIn(40) ? 6 : 2));
  }

  /// @param sort name and type of the sort key that is asked for, as `b` and `n`; empty for none
  String keyCondition(String hash, String hashType, String sort, String sortType) {
    String first = hash + " = " + value(hashType);
    if (sort.isEmpty() || chance.oneIn(3)) {
      return damaged(first);
    }
    String second =
        switch (chance.below(5)) {
          case 0 -> sort + " BETWEEN " + value(sortType) + " AND " + value(sortType);
          case 1 -> "begins_with(" + sort + ", " + value(sortType) + ")";
          default -> sort + " " + chance.of(COMPARATORS) + " " + value(sortType);
        };
    return damaged(chance.oneIn(4) ? second + " AND " + first : first + " AND " + second);
  }

  String update() {
    StringBuilder text = new StringBuilder();
    for (String clause : List.of("SET", "REMOVE", "ADD", "DELETE")) {
      if (chance.oneIn(clause.equals("SET") ? 2 : 3)) {
        text.append(' ').append(clause).append(' ');
        int actions = chance.oneIn(50) ? chance.below(150) : 1 + chance.below(3);
        for (int i = 0; i < actions; i++) {
          text.append(i == 0 ? "" : ", ").append(action(clause));
        }
      }
    }
    return damaged(text.isEmpty() ? "SET " + action("SET") : text.toString());
  }

  String projection() {
    StringBuilder text = new StringBuilder(path());
    for (int i = chance.below(4); i > 0; i--) {
      text.append(", ").append(path());
    }
    return damaged(text.toString());
  }

  /// ExpressionAttributeNames for what was used.
  String names() {
    Members names = new Members(chance, values);
    usedNames.forEach(name -> names.put(name, FuzzValues.quoted(values.name())));
    return names.toString();
  }

  /// ExpressionAttributeValues for what was used.
  String values() {
    Members all = new Members(chance, values);
    usedValues.forEach(name -> all.put(name, values.of(typeOf(name), 2)));
    return all.toString();
  }

  boolean usesNames() {
    return !usedNames.isEmpty() || chance.slips();
  }

  boolean usesValues() {
    return !usedValues.isEmpty() || chance.slips();
  }

  private static String typeOf(String placeholder) {
    return switch (placeholder.replaceAll("[:0-9]", "")) {
      case "t" -> "BOOL";
      case "f" -> "NULL";
      case String type -> type.toUpperCase(Locale.ROOT);
    };
  }

  private String value(String type) {
    String name = ":" + type + chance.below(2);
    usedValues.add(name);
    return name;
  }

  private String anyValue() {
    return value(chance.of(TYPES));
  }

  private String path() {
    StringBuilder path = new StringBuilder(step());
    int steps = chance.slips() ? chance.below(40) : Math.max(0, chance.below(5) - 2);
    for (int i = 0; i < steps; i++) {
      if (chance.oneIn(2)) {
        path.append('.').append(step());
      } else {
        path.append('[').append(chance.below(4)).append(']');
      }
    }
    return path.toString();
  }

  private String step() {
    if (chance.oneIn(3)) {
      String name = "#" + chance.below(6);
      usedNames.add(name);
      return name;
    }
    return chance.of(FuzzValues.NAMES.subList(0, 13));
  }

  private String operand() {
    return switch (chance.below(8)) {
      case 0 -> "size(" + path() + ")";
      case 1, 2, 3 -> path();
      default -> anyValue();
    };
  }

  private String condition(int depth) {
    return switch (chance.below(depth > 0 ? 12 : 8)) {
      case 0 -> operand() + " BETWEEN " + value("n") + " AND " + value("n");
      case 1 -> operand() + " IN (" + operand() + ", " + anyValue() + ")";
      case 2 -> (chance.oneIn(2) ? "attribute_exists(" : "attribute_not_exists(") + path() + ")";
      case 3 -> "attribute_type(" + path() + ", " + value("s") + ")";
      case 4 -> "begins_with(" + path() + ", " + value(chance.oneIn(2) ? "s" : "b") + ")";
      case 5 -> "contains(" + path() + ", " + operand() + ")";
      case 6, 7 -> path() + " " + chance.of(COMPARATORS) + " " + operand();
      case 8 -> "NOT " + condition(depth - 1);
      case 9 -> "(" + condition(depth - 1) + ")";
      default -> condition(depth - 1) + (chance.oneIn(2) ? " AND " : " OR ") + condition(depth - 1);
    };
  }

  private String action(String clause) {
    return switch (clause) {
      case "SET" ->
          path()
              + " = "
              + switch (chance.below(4)) {
                case 0 -> path() + chance.of(List.of(" + ", " - ")) + value("n");
                case 1 -> source() + " + " + source();
                default -> source();
              };
      case "REMOVE" -> path();
      case "ADD" -> path() + " " + value(chance.of(List.of("n", "ss", "ns", "bs")));
      default -> path() + " " + value(chance.of(List.of("ss", "ns", "bs")));
    };
  }

  private String source() {
    return switch (chance.below(6)) {
      case 0 -> "if_not_exists(" + path() + ", " + source() + ")";
      case 1 -> "list_append(" + path() + ", " + value("l") + ")";
      case 2 -> path();
      default -> anyValue();
    };
  }

  private String damaged(String text) {
    StringBuilder damaged = new StringBuilder(text);
    while (chance.slips()) {
      int at = chance.below(damaged.length() + 1);
      int end = Math.min(damaged.length(), at + chance.below(12));
      switch (chance.below(5)) {
        case 0 -> damaged.insert(at, chance.of(TOKENS));
        case 1 -> damaged.delete(at, end);
        case 2 -> damaged.insert(at, damaged.substring(at, end).repeat(chance.of(REPETITIONS)));
        case 3 -> damaged.insert(at, chance.of(TOKENS).repeat(chance.of(REPETITIONS)));
        default -> damaged.insert(at, (char) chance.below(0x300));
      }
    }
    return FuzzValues.quoted(damaged.toString());
  }
}
