package dev.partita.model.expression;

import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Items in a short notation, for tests: `{s: 'text', n: 1.5, b: 0x01ff, yes: true, no: null, list:
/// ['a', 1], map: {k: 'v'}, set: <'a' 'b'>, numbers: <1 2>}`.
final class Documents {

  private final String text;
  private int at;

  private Documents(String text) {
    this.text = text;
  }

  /// A map of attributes.
  static Map<String, AttributeValue> item(String text) {
    return ((AttributeValue.M) value(text)).values();
  }

  static AttributeValue value(String text) {
    Documents reader = new Documents(text);
    AttributeValue value = reader.next();
    if (reader.peek() != '\0') {
      throw new IllegalArgumentException("more behind: " + text.substring(reader.at));
    }
    return value;
  }

  private AttributeValue next() {
    return switch (peek()) {
      case '\'' -> new AttributeValue.S(quoted());
      case '{' -> new AttributeValue.M(members());
      case '[' -> new AttributeValue.L(elements(']'));
      case '<' -> set(elements('>'));
      default -> word(bare());
    };
  }

  private static AttributeValue word(String word) {
    return switch (word) {
      case "true", "false" -> new AttributeValue.Bool(Boolean.parseBoolean(word));
      case "null" -> AttributeValue.Null.INSTANCE;
      default ->
          word.startsWith("0x")
              ? new AttributeValue.B(Bytes.wrap(HexFormat.of().parseHex(word.substring(2))))
              : new AttributeValue.N(DynamoNumber.parse(word));
    };
  }

  private static AttributeValue set(List<AttributeValue> members) {
    return switch (members.getFirst()) {
      case AttributeValue.S _ -> {
        Set<String> values = new LinkedHashSet<>();
        members.forEach(member -> values.add(((AttributeValue.S) member).value()));
        yield new AttributeValue.SS(values);
      }
      case AttributeValue.N _ -> {
        Set<DynamoNumber> values = new LinkedHashSet<>();
        members.forEach(member -> values.add(((AttributeValue.N) member).value()));
        yield new AttributeValue.NS(values);
      }
      case AttributeValue.B _ -> {
        Set<Bytes> values = new LinkedHashSet<>();
        members.forEach(member -> values.add(((AttributeValue.B) member).value()));
        yield new AttributeValue.BS(values);
      }
      case AttributeValue.Bool _,
          AttributeValue.Null _,
          AttributeValue.SS _,
          AttributeValue.NS _,
          AttributeValue.BS _,
          AttributeValue.L _,
          AttributeValue.M _ ->
          throw new IllegalArgumentException("no set of " + members);
    };
  }

  private Map<String, AttributeValue> members() {
    Map<String, AttributeValue> members = new LinkedHashMap<>();
    at++;
    while (peek() != '}') {
      String name = bare();
      if (peek() != ':') {
        throw new IllegalArgumentException("colon expected at " + text.substring(at));
      }
      at++;
      members.put(name, next());
      skipComma();
    }
    at++;
    return members;
  }

  private List<AttributeValue> elements(char end) {
    List<AttributeValue> elements = new ArrayList<>();
    at++;
    while (peek() != end) {
      elements.add(next());
      skipComma();
    }
    at++;
    return elements;
  }

  private void skipComma() {
    if (peek() == ',') {
      at++;
    }
  }

  private String quoted() {
    int end = text.indexOf('\'', at + 1);
    String content = text.substring(at + 1, end);
    at = end + 1;
    return content;
  }

  private String bare() {
    int start = at;
    while (at < text.length() && " ,:]}>".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == start) {
      throw new IllegalArgumentException("a word expected at " + text.substring(at));
    }
    return text.substring(start, at);
  }

  private char peek() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : '\0';
  }
}
