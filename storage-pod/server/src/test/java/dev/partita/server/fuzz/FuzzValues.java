package dev.partita.server.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Attribute values, numbers, names and texts as JSON; some sound, some not.
final class FuzzValues {

  static final List<String> NAMES =
      List.of("a", "b", "c", "d", "e", "f", "m", "l", "s", "n", "ss", "ns", "bs", "\u00e9", "x.y");

  private static final List<String> TEXTS =
      List.of("", "a", "ab", "b", "k0", "k1", "S", " ", "\u00e9", "\ud83d\ude80", "\uffff", "\0");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "3",
          "-1",
          "1.5",
          "1e2",
          "1.0",
          "-0",
          "0.1e1",
          "9.9999999999999999999999999999999999999E125",
          "1E-130",
          "12345678901234567890123456789012345678");

  private static final List<String> BROKEN_NUMBERS =
      List.of(
          "",
          " ",
          "abc",
          "1e126",
          "1e-131",
          "1e99999999999999999999",
          "1e-99999999999999999999",
          "1e2147483647",
          "1e2147483648",
          "1e-2147483648",
          "0e999999999",
          "NaN",
          "Infinity",
          "0x1",
          "1.",
          ".5",
          ".",
          "-",
          "+",
          "1e",
          "e1",
          "--1",
          "1_0",
          "1 ",
          "\u0661",
          "1\0",
          "123456789012345678901234567890123456789");

  private static final List<String> JUNK =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1.5",
          "1e400",
          "-1e400",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "2147483648",
          "123456789012345678901234567890",
          "\"\"",
          "\"true\"",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "[]",
          "[null]",
          "[[]]",
          "[{}]",
          "{}",
          "{\"\":{}}",
          "{\"S\":\"a\"}",
          "{\"a\":null}",
          "{\"a\":{\"S\":\"a\"}}",
          "[\"a\",\"a\"]",
          "\"\u00e9\"");

  private static final List<String> TYPES =
      List.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M");

  private static final int DEEP = 40;

  private final Chance chance;

  FuzzValues(Chance chance) {
    this.chance = chance;
  }

  /// JSON of any type, most of it where it does not belong.
  String junk() {
    if (chance.oneIn(8)) {
      int depth = chance.of(List.of(3, 33, 500, 999, 1_001, 5_000));
      String open = chance.of(List.of("[", "{\"a\":", "{\"M\":{\"a\":", "{\"L\":["));
      String close = open.replaceAll("[^\\[{]", "").replace('[', ']').replace('{', '}');
      String closed = new StringBuilder(close).reverse().toString();
      return open.repeat(depth) + "{\"S\":\"a\"}" + closed.repeat(depth);
    }
    return chance.of(JUNK);
  }

  /// The digits of a number, sound or not.
  String number() {
    if (!chance.slips()) {
      return chance.oneIn(4) ? Integer.toString(chance.below(1_000)) : chance.of(NUMBERS);
    }
    return switch (chance.below(4)) {
      case 0 -> "9".repeat(1 + chance.below(2_000));
      case 1 -> "0".repeat(1 + chance.below(2_000)) + chance.of(List.of("1", ".", "e5"));
      case 2 -> "1e" + "0".repeat(chance.below(2_000)) + "7";
      default -> chance.of(BROKEN_NUMBERS);
    };
  }

  String text() {
    return quoted(chance.slips() ? "x".repeat(chance.below(3_000)) : chance.of(TEXTS));
  }

  String name() {
    return chance.slips() ? chance.of(TEXTS) : chance.of(NAMES);
  }

  /// Base64 in quotes.
  String binary() {
    return chance.slips()
        ? chance.of(List.of("\"=\"", "\"A\"", "\"AA=\"", "\"AA==\\n\"", "\"\u00e9\"", "1"))
        : quoted(
            Base64.getEncoder().encodeToString(chance.of(TEXTS).getBytes(StandardCharsets.UTF_8)));
  }

  /// An attribute value.
  String any(int depth) {
    return of(chance.of(depth > 0 ? TYPES : TYPES.subList(0, TYPES.size() - 2)), depth);
  }

  /// An attribute value of a type.
  String of(String type, int depth) {
    if (chance.slips()) {
      return chance.oneIn(2) ? junk() : nested(chance.below(DEEP));
    }
    Members value = new Members(chance, this);
    value.put(type, content(type, depth));
    if (chance.slips()) {
      value.put(chance.of(TYPES), junk());
    }
    return value.toString();
  }

  private String content(String type, int depth) {
    return switch (type) {
      case "S" -> text();
      case "N" -> quoted(number());
      case "B" -> binary();
      case "BOOL" -> chance.of(List.of("true", "false", "\"true\""));
      case "NULL" -> "true";
      case "SS" -> list(() -> text());
      case "NS" -> list(() -> quoted(number()));
      case "BS" -> list(this::binary);
      case "L" -> list(() -> any(depth - 1));
      default -> attributes(depth - 1);
    };
  }

  /// A map of attribute values.
  String attributes(int depth) {
    Members map = new Members(chance, this);
    for (int i = chance.below(4); i > 0; i--) {
      map.put(name(), any(depth));
    }
    return map.toString();
  }

  /// Some elements.
  String list(Element element) {
    StringBuilder text = new StringBuilder("[");
    int count = chance.slips() ? chance.below(300) : 1 + chance.below(3);
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",").append(chance.slips() ? junk() : element.json());
    }
    return text.append(']').toString();
  }

  interface Element {
    String json();
  }

  private static String nested(int levels) {
    return "{\"L\":[".repeat(levels) + "{\"S\":\"deep\"}" + "]}".repeat(levels);
  }

  /// A text as JSON.
  static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append("\\u").append(String.format("%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
