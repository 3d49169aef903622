package dev.partita.server.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.SerializationTexts;
import dev.partita.model.value.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one JSON value by its {@link Shape}. The parser stands on the value's first token and
/// afterwards on its last. Members that the shape does not know are skipped, JSON null is the same
/// as absent, of a member given twice the last counts.
///
/// The texts are those of DynamoDB's own JSON layer; `ShapeReaderTest` lists them.
final class ShapeReader {

  /// Elements of lists and entries of maps in one request, attribute values apart, which have a
  /// bound of their own. An empty structure takes three bytes of JSON and a hundred on the heap.
  /// More than the attributes that the largest item may have, which is the most that can be asked
  /// for.
  static final int MAX_PARTS = 1 << 17;

  private final JsonParser parser;
  private final AttributeReader attributes;
  private int parts;

  ShapeReader(JsonParser parser) {
    this.parser = parser;
    this.attributes = new AttributeReader(parser);
  }

  /// The request itself: an object that fills the whole text.
  Structure readRoot(StructureShape shape) throws IOException {
    JsonToken token = parser.nextToken();
    if (token != JsonToken.START_OBJECT) {
      throw token == JsonToken.START_ARRAY
          ? Serialization.error(
              SerializationTexts.noCollection(SerializationTexts.classOf(shape.name())))
          : Serialization.error("");
    }
    Structure root = readMembers(shape);
    if (parser.nextToken() != null) {
      throw Serialization.error("");
    }
    return root;
  }

  private Structure readMembers(StructureShape shape) throws IOException {
    Structure structure = new Structure(shape);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      StructureShape.Member member = shape.find(parser.currentName());
      JsonToken token = parser.nextToken();
      if (member == null) {
        parser.skipChildren();
      } else {
        structure.set(
            member,
            token == JsonToken.VALUE_NULL
                ? null
                : readValue(member.shape(), SerializationTexts.UNEXPECTED_FIELD));
      }
    }
    return structure;
  }

  /// @param scalarText what to say of a scalar where a structure is expected: differs between
  ///   members and elements
  private @Nullable Object readValue(Shape shape, String scalarText) throws IOException {
    return switch (shape) {
      case Shape.Text _ -> text(parser);
      case Shape.Whole whole -> whole(whole);
      case Shape.Decimal decimal -> decimal(decimal);
      case Shape.Flag _ -> flag(parser);
      case Shape.Blob _ -> blob(parser);
      case Shape.Attribute _ -> attributes.readSingle(scalarText);
      case Shape.ListOf list -> list(list);
      case Shape.MapOf map when map.value() instanceof Shape.Attribute -> {
        expectMap(map);
        yield attributes.readMap();
      }
      case Shape.MapOf map -> map(map);
      case StructureShape structure -> structure(structure, scalarText);
    };
  }

  private Structure structure(StructureShape shape, String scalarText) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readMembers(shape);
      case START_ARRAY ->
          throw Serialization.error(
              SerializationTexts.noCollection(SerializationTexts.classOf(shape.name())));
      case null, default -> throw Serialization.error(scalarText);
    };
  }

  private List<Object> list(Shape.ListOf shape) throws IOException {
    expectList(parser);
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_NULL) {
        Object element = readValue(shape.element(), SerializationTexts.UNEXPECTED_VALUE);
        if (element != null) {
          countPart();
          elements.add(element);
        }
      }
    }
    return elements;
  }

  private Map<String, Object> map(Shape.MapOf shape) throws IOException {
    expectMap(shape);
    Map<String, Object> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        Object value = readValue(shape.value(), SerializationTexts.UNEXPECTED_VALUE);
        if (value != null) {
          countPart();
          entries.put(key, value);
        }
      }
    }
    return entries;
  }

  private void countPart() {
    if (++parts > MAX_PARTS) {
      throw ApiException.validation("Request has too many elements, the maximum is " + MAX_PARTS);
    }
  }

  private void expectMap(Shape.MapOf shape) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      throw Serialization.error(SerializationTexts.noMap(className(shape)));
    }
    if (token != JsonToken.START_OBJECT) {
      throw Serialization.error(SerializationTexts.UNEXPECTED_FIELD);
    }
  }

  private static String className(Shape shape) {
    return switch (shape) {
      case Shape.Text _ -> "java.lang.String";
      case Shape.Whole whole -> "java.lang." + whole.javaName();
      case Shape.Decimal decimal -> "java.lang." + decimal.javaName();
      case Shape.Flag _ -> "java.lang.Boolean";
      case Shape.Blob _ -> "java.nio.ByteBuffer";
      case Shape.Attribute _ -> SerializationTexts.classOf("AttributeValue");
      case Shape.ListOf list -> "java.util.List<" + className(list.element()) + ">";
      case Shape.MapOf map -> SerializationTexts.mapOf(className(map.value()));
      case StructureShape structure -> SerializationTexts.classOf(structure.name());
    };
  }

  private @Nullable Long whole(Shape.Whole shape) throws IOException {
    JsonToken token = parser.currentToken();
    if (!token.isNumeric()) {
      throw wrongScalar(token, shape.javaName(), "java.lang." + shape.javaName());
    }
    if (token == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    // The cast cuts the fraction off and saturates.
    return (long) parser.getDoubleValue();
  }

  private @Nullable Double decimal(Shape.Decimal shape) throws IOException {
    JsonToken token = parser.currentToken();
    if (!token.isNumeric()) {
      throw wrongScalar(token, shape.javaName(), "java.lang." + shape.javaName());
    }
    return parser.getDoubleValue();
  }

  static void expectList(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      throw Serialization.error(SerializationTexts.STRUCTURE_NOT_EXPECTED);
    }
    if (token != JsonToken.START_ARRAY) {
      throw Serialization.error(SerializationTexts.UNEXPECTED_FIELD);
    }
  }

  static String text(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_STRING) {
      throw wrongScalar(token, "String", "java.lang.String");
    }
    String text = parser.getText();
    Surrogates.check(text);
    return text;
  }

  static boolean flag(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token.isBoolean()) {
      return token == JsonToken.VALUE_TRUE;
    }
    if (token != JsonToken.VALUE_STRING) {
      throw wrongScalar(token, "Boolean", "java.lang.Boolean");
    }
    String text = parser.getText();
    if (text.equalsIgnoreCase("true") || text.equals("1") || text.equalsIgnoreCase("yes")) {
      return true;
    }
    if (text.equalsIgnoreCase("false") || text.equals("0") || text.equalsIgnoreCase("no")) {
      return false;
    }
    throw Serialization.error(SerializationTexts.UNEXPECTED_TOKEN);
  }

  static Bytes blob(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> Base64Text.decode(parser.getText());
      case START_ARRAY ->
          throw Serialization.error(SerializationTexts.noCollection("java.nio.ByteBuffer"));
      case START_OBJECT -> throw Serialization.error(SerializationTexts.STRUCTURE_NOT_EXPECTED);
      case null, default -> throw Serialization.error(SerializationTexts.NO_BINARY);
    };
  }

  static ApiException wrongScalar(JsonToken token, String simpleName, String className) {
    String text =
        switch (token) {
          case START_ARRAY -> SerializationTexts.noCollection(className);
          case START_OBJECT -> SerializationTexts.STRUCTURE_NOT_EXPECTED;
          case VALUE_TRUE -> SerializationTexts.notConvertible("TRUE", simpleName);
          case VALUE_FALSE -> SerializationTexts.notConvertible("FALSE", simpleName);
          case VALUE_NUMBER_INT -> SerializationTexts.notConvertible("NUMBER", simpleName);
          case VALUE_NUMBER_FLOAT -> SerializationTexts.notConvertible("DECIMAL", simpleName);
          case VALUE_STRING -> SerializationTexts.notConvertible("STRING", simpleName);
          case VALUE_NULL,
              VALUE_EMBEDDED_OBJECT,
              END_ARRAY,
              END_OBJECT,
              FIELD_NAME,
              NOT_AVAILABLE ->
              SerializationTexts.UNEXPECTED_VALUE;
        };
    return Serialization.error(text);
  }
}
