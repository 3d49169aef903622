package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Texts of expressions with their placeholders. One instance serves one request, so that several
/// expressions share the two maps, as they do in a request.
final class Expressions {

  private final Random random;
  private final Values values;
  private final ObjectNode names = JsonNodeFactory.instance.objectNode();
  private final ObjectNode literals = JsonNodeFactory.instance.objectNode();
  private final List<String> ordering;

  /// @param ordering attributes that order the table or an index
  Expressions(Random random, Values values, List<String> ordering) {
    this.random = random;
    this.values = values;
    this.ordering = ordering;
  }

  /// Puts the names alone into the request, for an operation that takes no values.
  void finishNames(ObjectNode body) {
    if (chance(60)) {
      names.put("#unused", "a");
    }
    if (!names.isEmpty()) {
      body.set("ExpressionAttributeNames", names);
    }
  }

  /// Puts the placeholder maps into the request, now and then damaged.
  void finish(ObjectNode body) {
    if (chance(60)) {
      names.put("#unused", "a");
    }
    if (chance(60)) {
      literals.set(":unused", values.valid(0));
    }
    if (chance(80) && names.size() > 0) {
      names.remove(names.fieldNames().next());
    }
    if (chance(80) && literals.size() > 0) {
      literals.remove(literals.fieldNames().next());
    }
    if (chance(100)) {
      literals.set(":broken", values.broken());
    }
    if (chance(150)) {
      names.put("nohash", "a");
    }
    if (chance(150)) {
      literals.set("nocolon", values.valid(0));
    }
    if (!names.isEmpty() || chance(150)) {
      body.set("ExpressionAttributeNames", names);
    }
    if (!literals.isEmpty() || chance(150)) {
      body.set("ExpressionAttributeValues", literals);
    }
  }

  String condition() {
    return maybeBroken(condition(2));
  }

  String update(List<String> keys) {
    List<String> clauses = new ArrayList<>();
    if (random.nextInt(10) < 7) {
      clauses.add("SET " + list(1 + random.nextInt(3), () -> target(keys) + " = " + setValue(1)));
    }
    if (random.nextInt(10) < 3) {
      clauses.add("REMOVE " + list(1 + random.nextInt(2), () -> target(keys)));
    }
    if (random.nextInt(10) < 3) {
      clauses.add("ADD " + list(1, () -> target(keys) + " " + addend()));
    }
    if (random.nextInt(10) < 2) {
      clauses.add("DELETE " + list(1, () -> target(keys) + " " + set()));
    }
    if (clauses.isEmpty()) {
      clauses.add("REMOVE " + path());
    }
    if (chance(60)) {
      clauses.add(clauses.getFirst());
    }
    return maybeBroken(String.join(" ", clauses));
  }

  String projection() {
    return maybeBroken(list(1 + random.nextInt(4), this::path));
  }

  /// More operators, or more characters, than DynamoDB takes.
  String tooMuch() {
    String term = "a = " + literal(values.valid(0));
    int times = 90 + random.nextInt(200);
    return String.join(
        random.nextBoolean() ? " AND " : " OR ", java.util.Collections.nCopies(times, term));
  }

  String condition(int depth) {
    if (depth > 0 && random.nextInt(10) < 4) {
      return switch (random.nextInt(5)) {
        case 0, 1 -> condition(depth - 1) + " AND " + condition(depth - 1);
        case 2 -> condition(depth - 1) + " OR " + condition(depth - 1);
        case 3 -> "NOT " + condition(depth - 1);
        default -> "(" + condition(depth - 1) + ")";
      };
    }
    return switch (random.nextInt(14)) {
      case 0, 1, 2, 3 -> operand() + " " + comparator() + " " + operand();
      case 4 -> operand() + " BETWEEN " + operand() + " AND " + operand();
      case 5 -> operand() + " IN (" + list(1 + random.nextInt(3), this::operand) + ")";
      case 6, 7 -> "attribute_exists(" + path() + ")";
      case 8, 9 -> "attribute_not_exists(" + path() + ")";
      case 10 -> "attribute_type(" + path() + ", " + typeCode() + ")";
      case 11 -> "begins_with(" + path() + ", " + operand() + ")";
      case 12 -> "contains(" + path() + ", " + operand() + ")";
      default -> "size(" + path() + ") " + comparator() + " " + literalNumber();
    };
  }

  private String setValue(int depth) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> literal(values.valid(2));
      case 4 -> path();
      case 5 -> path() + " + " + literalNumber();
      case 6 -> path() + " - " + literalNumber();
      case 7 -> "if_not_exists(" + path() + ", " + literal(values.valid(1)) + ")";
      case 8 ->
          depth > 0
              ? "if_not_exists(" + path() + ", " + literalNumber() + ") + " + literalNumber()
              : literalNumber();
      default -> {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putArray("L").add(values.valid(1));
        yield random.nextBoolean()
            ? "list_append(" + path() + ", " + literal(list) + ")"
            : "list_append(" + literal(list) + ", " + path() + ")";
      }
    };
  }

  private String operand() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> path();
      case 4 -> "size(" + path() + ")";
      default -> literal(values.valid(1));
    };
  }

  String comparator() {
    return values.pick(List.of("=", "<>", "<", "<=", ">", ">="));
  }

  private String typeCode() {
    ObjectNode v = JsonNodeFactory.instance.objectNode();
    v.put(
        "S",
        values.pick(List.of("S", "N", "B", "SS", "NS", "BS", "BOOL", "NULL", "L", "M", "S", "X")));
    return literal(v);
  }

  private String addend() {
    return random.nextBoolean() ? literalNumber() : set();
  }

  private String set() {
    ObjectNode v = JsonNodeFactory.instance.objectNode();
    if (random.nextBoolean()) {
      v.putArray("SS").add(values.pick(List.of("a", "b", "ab")));
    } else {
      v.putArray("NS").add(values.pick(List.of("1", "2", "3.0")));
    }
    return random.nextInt(15) == 0 ? literal(values.valid(1)) : literal(v);
  }

  private String literalNumber() {
    ObjectNode v = JsonNodeFactory.instance.objectNode();
    if (random.nextInt(15) == 0) {
      return literal(values.valid(0));
    }
    return literal(v.put("N", values.number()));
  }

  /// What an update writes to: mostly not a key.
  private String target(List<String> keys) {
    return chance(40) ? values.pick(keys) : path();
  }

  private String path() {
    StringBuilder path = new StringBuilder(name());
    while (random.nextInt(10) < 3) {
      if (random.nextInt(3) == 0) {
        path.append('[').append(random.nextInt(4)).append(']');
      } else {
        path.append('.')
            .append(
                random.nextInt(4) == 0
                    ? named(values.pick(Names.NESTED))
                    : values.pick(Names.NESTED));
      }
    }
    return path.toString();
  }

  String name() {
    return switch (random.nextInt(12)) {
      case 0 -> named(values.pick(Names.AWKWARD));
      case 1 -> named(values.pick(chance(3) ? ordering : Names.TOP));
      case 2 -> chance(5) ? values.pick(Names.AWKWARD) : values.pick(Names.TOP);
      default -> values.pick(Names.TOP);
    };
  }

  String named(String attribute) {
    String placeholder = "#n" + names.size();
    names.put(placeholder, attribute);
    return placeholder;
  }

  String literal(ObjectNode value) {
    String placeholder = ":v" + literals.size();
    literals.set(placeholder, value);
    return placeholder;
  }

  private interface Part {
    String text();
  }

  private static String list(int n, Part part) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < n; i++) {
      text.append(i == 0 ? "" : ", ").append(part.text());
    }
    return text.toString();
  }

  /// Damages one expression in twelve.
  String maybeBroken(String text) {
    if (!chance(12)) {
      return text;
    }
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    return switch (random.nextInt(8)) {
      case 0 -> text.substring(0, at);
      case 1 -> text.substring(at);
      case 2 ->
          text.substring(0, at)
              + values.pick(
                  List.of(")", "(", ",", "=", "..", "[", "@", "$", "\"", " AND ", "#", ":"))
              + text.substring(at);
      case 3 -> "((" + text + "))";
      case 4 -> "";
      case 5 -> text + " " + values.pick(List.of("AND", "OR", "garbage", "= :v0", "()"));
      case 6 -> text.replace("attribute_exists", "attribute_missing").replace("size(", "length(");
      default -> text.replaceFirst(",", " ");
    };
  }

  /// True once in `n` times.
  private boolean chance(int n) {
    return random.nextInt(n) == 0;
  }
}
