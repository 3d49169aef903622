package dev.partita.server.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.AttributeTexts;
import dev.partita.model.error.ItemTexts;
import dev.partita.model.error.SerializationTexts;
import dev.partita.model.expression.ExpressionLimits;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import dev.partita.model.value.ItemSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads attribute values. A wrong JSON type ends the reading with SerializationException; a value
/// that is only illegal (two types, an empty set, no number) is remembered and reading goes on,
/// because a wrong JSON type further on goes before it.
final class AttributeReader {

  /// Containers inside one another in a single value, the value included. Items and updates have a
  /// tighter bound of their own, which counts the item itself.
  static final int MAX_NESTING = 32;

  /// Levels behind which only the syntax is checked: the request is refused anyway, and nobody's
  /// stack should depend on what a client sends.
  private static final int MAX_READ_NESTING = 2 * MAX_NESTING;

  /// Longest attribute name, in UTF-8 bytes.
  static final int MAX_NAME_BYTES = 65_535;

  private static final String ATTRIBUTE_CLASS = SerializationTexts.classOf("AttributeValue");

  /// Values of one map are kept up to so many DynamoDB bytes: more than any parameter may have.
  /// What comes behind is read for its errors only, since small values take a hundred times their
  /// size on the heap.
  static final int MAX_KEPT_BYTES = ExpressionLimits.MAX_PLACEHOLDER_MAP_BYTES;

  /// What a member of a set counts for at least: a set may be given empty ones without number.
  private static final int MIN_KEPT_BYTES = 1;

  private final JsonParser parser;

  /// DynamoDB bytes of the values of the present map so far; stays behind the bound once past it.
  private long bytes;

  /// First illegal value since it was last taken; null while all are legal.
  private @Nullable String violation;

  AttributeReader(JsonParser parser) {
    this.parser = parser;
  }

  /// Reads a map of attribute values; the parser stands on its opening brace.
  AttributeMap readMap() throws IOException {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    AttributeMap.Violation first = null;
    bytes = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      violation = null;
      boolean kept = hasRoom();
      String name = name();
      bytes += ItemSize.utf8Length(name);
      AttributeValue value = element(parser.nextToken(), 0);
      if (violation != null) {
        first = first == null ? new AttributeMap.Violation(name, violation) : first;
      }
      if (kept) {
        values.put(name, value == null ? AttributeValue.Null.INSTANCE : value);
      }
    }
    violation = null;
    if (first == null && !hasRoom() && ItemSize.ofAttributes(values) <= MAX_KEPT_BYTES) {
      // Names or types given again and again: the last ones should count, but were not kept.
      first = new AttributeMap.Violation("", ItemTexts.TOO_LARGE);
    }
    return new AttributeMap(values, first);
  }

  /// Reads one attribute value outside a map, as a map with one nameless entry.
  AttributeMap readSingle(String scalarText) throws IOException {
    violation = null;
    bytes = 0;
    AttributeValue value = value(scalarText, 0);
    String illegal = violation;
    violation = null;
    return illegal != null || value == null
        ? new AttributeMap(
            Map.of(),
            new AttributeMap.Violation("", illegal == null ? AttributeTexts.NO_TYPE : illegal))
        : new AttributeMap(Map.of("", value), null);
  }

  private String name() throws IOException {
    String name = parser.currentName();
    Surrogates.check(name);
    if (name.isEmpty()) {
      refuse(AttributeTexts.EMPTY_NAME);
    } else if (name.length() > MAX_NAME_BYTES / 3
        && name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      refuse(AttributeTexts.NAME_TOO_LONG);
    }
    return name;
  }

  private boolean hasRoom() {
    return bytes <= MAX_KEPT_BYTES;
  }

  private void refuse(String text) {
    if (violation == null) {
      violation = text;
    }
  }

  /// A value inside a map or list, where JSON null is an attribute value without a type.
  private @Nullable AttributeValue element(JsonToken token, int depth) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      refuse(AttributeTexts.NO_TYPE);
      return null;
    }
    return value(SerializationTexts.UNEXPECTED_VALUE, depth);
  }

  /// @param depth containers around this value
  /// @return null if the value is illegal
  private @Nullable AttributeValue value(String scalarText, int depth) throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.START_OBJECT) {
      throw Serialization.error(
          token == JsonToken.START_ARRAY
              ? SerializationTexts.noCollection(ATTRIBUTE_CLASS)
              : scalarText);
    }
    AttributeValue value = null;
    int types = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String type = parser.currentName();
      JsonToken first = parser.nextToken();
      if (first == JsonToken.VALUE_NULL) {
        continue;
      }
      // Of a type given twice the last counts, as with every other member.
      boolean again = value != null && value.type().equals(type);
      AttributeValue read =
          switch (type) {
            case "S" -> counted(new AttributeValue.S(ShapeReader.text(parser)));
            case "N" -> number();
            case "B" -> counted(new AttributeValue.B(ShapeReader.blob(parser)));
            case "BOOL" -> counted(new AttributeValue.Bool(ShapeReader.flag(parser)));
            case "NULL" -> counted(nothing());
            case "SS" -> strings();
            case "NS" -> numbers();
            case "BS" -> blobs();
            case "L" -> list(depth + 1);
            case "M" -> map(depth + 1);
            default -> {
              parser.skipChildren();
              types--;
              yield null;
            }
          };
      types += again ? 0 : 1;
      value = read == null ? value : read;
    }
    if (types == 0) {
      refuse(AttributeTexts.NO_TYPE);
    } else if (types > 1) {
      refuse(AttributeTexts.SEVERAL_TYPES);
    }
    return violation == null ? value : null;
  }

  private @Nullable AttributeValue number() throws IOException {
    DynamoNumber number = parsed(ShapeReader.text(parser));
    return number == null ? null : counted(new AttributeValue.N(number));
  }

  private @Nullable DynamoNumber parsed(String text) {
    try {
      return DynamoNumber.parse(text);
    } catch (ApiException e) {
      refuse(e.getMessage());
      return null;
    }
  }

  private AttributeValue counted(AttributeValue scalar) {
    bytes += ItemSize.of(scalar);
    return scalar;
  }

  private AttributeValue nothing() throws IOException {
    if (!ShapeReader.flag(parser)) {
      refuse(AttributeTexts.NULL_NOT_TRUE);
    }
    return AttributeValue.Null.INSTANCE;
  }

  private @Nullable AttributeValue strings() throws IOException {
    ShapeReader.expectList(parser);
    List<String> members = new ArrayList<>();
    boolean empty = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      empty = false;
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        refuse(AttributeTexts.NULL_IN_STRING_SET);
      } else {
        boolean kept = hasRoom();
        String member = ShapeReader.text(parser);
        bytes += Math.max(MIN_KEPT_BYTES, ItemSize.utf8Length(member));
        if (kept) {
          members.add(member);
        }
      }
    }
    if (empty) {
      refuse(AttributeTexts.EMPTY_STRING_SET);
      return null;
    }
    Set<String> set = new LinkedHashSet<>(members);
    if (set.size() < members.size()) {
      refuse(AttributeTexts.duplicateStrings(members));
    }
    return set.isEmpty() ? null : new AttributeValue.SS(set);
  }

  private @Nullable AttributeValue numbers() throws IOException {
    ShapeReader.expectList(parser);
    Set<DynamoNumber> set = new LinkedHashSet<>();
    boolean duplicates = false;
    int members = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      members++;
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        refuse(AttributeTexts.NULL_IN_NUMBER_SET);
        continue;
      }
      boolean kept = hasRoom();
      DynamoNumber number = parsed(ShapeReader.text(parser));
      if (number != null && kept) {
        bytes += number.size();
        duplicates |= !set.add(number);
      }
    }
    if (members == 0) {
      refuse(AttributeTexts.EMPTY_NUMBER_SET);
    } else if (duplicates) {
      refuse(AttributeTexts.DUPLICATE_NUMBERS);
    }
    return set.isEmpty() ? null : new AttributeValue.NS(set);
  }

  private @Nullable AttributeValue blobs() throws IOException {
    ShapeReader.expectList(parser);
    List<Bytes> members = new ArrayList<>();
    boolean empty = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      empty = false;
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        refuse(AttributeTexts.NULL_IN_BINARY_SET);
        continue;
      }
      boolean kept = hasRoom();
      Bytes member = ShapeReader.blob(parser);
      bytes += Math.max(MIN_KEPT_BYTES, member.length());
      if (kept) {
        members.add(member);
      }
    }
    Set<Bytes> set = new LinkedHashSet<>(members);
    if (empty) {
      refuse(AttributeTexts.EMPTY_BINARY_SET);
    } else if (set.size() < members.size()) {
      refuse(
          AttributeTexts.duplicateBinaries(members.stream().map(AttributeReader::base64).toList()));
    }
    return set.isEmpty() ? null : new AttributeValue.BS(set);
  }

  private static String base64(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.toArray());
  }

  private @Nullable AttributeValue list(int depth) throws IOException {
    ShapeReader.expectList(parser);
    checkDepth(depth);
    List<AttributeValue> elements = new ArrayList<>();
    bytes += ItemSize.CONTAINER_BYTES;
    if (depth > MAX_READ_NESTING) {
      parser.skipChildren();
      return new AttributeValue.L(elements);
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      boolean kept = hasRoom();
      bytes += ItemSize.ELEMENT_BYTES;
      AttributeValue element = element(parser.currentToken(), depth);
      if (element != null && kept) {
        elements.add(element);
      }
    }
    return new AttributeValue.L(elements);
  }

  private @Nullable AttributeValue map(int depth) throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.START_OBJECT) {
      throw Serialization.error(
          token == JsonToken.START_ARRAY
              ? SerializationTexts.noMap(SerializationTexts.mapOf(ATTRIBUTE_CLASS))
              : SerializationTexts.UNEXPECTED_FIELD);
    }
    checkDepth(depth);
    Map<String, AttributeValue> entries = new LinkedHashMap<>();
    bytes += ItemSize.CONTAINER_BYTES;
    if (depth > MAX_READ_NESTING) {
      parser.skipChildren();
      return new AttributeValue.M(entries);
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean kept = hasRoom();
      String name = name();
      bytes += ItemSize.ELEMENT_BYTES + ItemSize.utf8Length(name);
      AttributeValue entry = element(parser.nextToken(), depth);
      if (entry != null && kept) {
        entries.put(name, entry);
      }
    }
    return new AttributeValue.M(entries);
  }

  private void checkDepth(int depth) {
    if (depth > MAX_NESTING) {
      refuse(AttributeTexts.TOO_DEEP);
    }
  }
}
