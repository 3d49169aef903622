package dev.partita.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.ItemSize;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {

  private static final StructureShape SHAPE =
      Shape.structure("TestInput")
          .optional("ReturnConsumedCapacity", Shape.text().oneOf("INDEXES", "TOTAL", "NONE"))
          .required("TableName", Shape.tableName())
          .optional("ReturnValues", Shape.text().oneOf("ALL_NEW", "NONE"))
          .optional("Item", Shape.attributeMap())
          .optional("Consistent", Shape.flag())
          .optional("Limit", Shape.integer().between(1, 100))
          .optional("Units", Shape.whole().atLeast(1))
          .optional("Blob", Shape.blob())
          .optional("Time", Shape.timestamp())
          .optional("Names", Shape.mapOf(Shape.text()))
          .optional("Keys", Shape.listOf(Shape.text().length(1, 255)).size(1, 20))
          .optional("Tags", Shape.mapOf(Shape.text()).keys(Shape.text().length(1, 3)))
          .optional(
              "Schema",
              Shape.listOf(
                  Shape.structure("SchemaElement")
                      .required("Name", Shape.text())
                      .required("KeyType", Shape.text().oneOf("HASH", "RANGE"))))
          .optional("Spec", Shape.structure("Spec").optional("On", Shape.flag()));

  @Test
  void reads_every_kind_of_member() {
    Structure request =
        read(
            """
            {"TableName":"abc","Item":{"a":{"S":"x"},"b":{"N":"1"},"c":{"B":"AQI="},
              "d":{"BOOL":true},"e":{"NULL":true},"f":{"SS":["p","q"]},"g":{"BS":["AQ=="]},
              "h":{"L":[{"S":"i"}]},"j":{"M":{"k":{"BOOL":false}}}},
             "Consistent":true,"Limit":7,"Units":5000000000,"Blob":"AQI=","Time":1.5,
             "Names":{"#a":"b"},"Keys":["k"],"Tags":{"x":"y"},
             "Schema":[{"Name":"n","KeyType":"HASH"}],"Spec":{"On":false}}
            """);
    assertThat(request.requiredText("TableName")).isEqualTo("abc");
    assertThat(request.flag("Consistent", false)).isTrue();
    assertThat(request.whole("Limit")).isEqualTo(7);
    assertThat(request.whole("Units")).isEqualTo(5_000_000_000L);
    assertThat(request.blob("Blob")).isEqualTo(Bytes.of((byte) 1, (byte) 2));
    assertThat(request.decimal("Time")).isEqualTo(1.5);
    assertThat(request.textMap("Names")).isEqualTo(Map.of("#a", "b"));
    assertThat(request.texts("Keys")).isEqualTo(List.of("k"));
    assertThat(request.requiredStructure("Spec").flag("On", true)).isFalse();
    List<Structure> schema = request.structures("Schema");
    assertThat(schema).singleElement().extracting(s -> s.requiredText("KeyType")).isEqualTo("HASH");
    Map<String, AttributeValue> item = request.requiredAttributes("Item").values();
    assertThat(item.keySet()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "j");
    assertThat(item.get("c")).isEqualTo(new AttributeValue.B(Bytes.of((byte) 1, (byte) 2)));
    assertThat(item.get("f")).isEqualTo(new AttributeValue.SS(Set.of("p", "q")));
    assertThat(item.get("h")).isEqualTo(new AttributeValue.L(List.of(new AttributeValue.S("i"))));
  }

  @Test
  void null_is_the_same_as_absent_and_unknown_members_are_ignored() {
    Structure request =
        read("{\"TableName\":\"abc\",\"Limit\":null,\"What\":[{\"a\":[1,{}]}],\"Item\":null}");
    assertThat(request.has("Limit")).isFalse();
    assertThat(request.attributes("Item")).isNull();
  }

  @Test
  void of_a_member_given_twice_the_last_counts() {
    Structure request =
        read(
            "{\"TableName\":\"abc\",\"TableName\":\"abd\",\"Item\":{\"a\":{\"S\":\"x\",\"S\":\"y\"}}}");
    assertThat(request.requiredText("TableName")).isEqualTo("abd");
    assertThat(request.requiredAttributes("Item").values())
        .isEqualTo(Map.of("a", new AttributeValue.S("y")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "TableName|23|NUMBER_VALUE cannot be converted to String",
        "TableName|34.56|DECIMAL_VALUE cannot be converted to String",
        "TableName|true|TRUE_VALUE cannot be converted to String",
        "TableName|false|FALSE_VALUE cannot be converted to String",
        "TableName|[]|Unrecognized collection type class java.lang.String",
        "TableName|{}|Start of structure or map found where not expected",
        "Consistent|\"x\"|Unexpected token received from parser",
        "Consistent|1|NUMBER_VALUE cannot be converted to Boolean",
        "Consistent|1.5|DECIMAL_VALUE cannot be converted to Boolean",
        "Consistent|[]|Unrecognized collection type class java.lang.Boolean",
        "Consistent|{}|Start of structure or map found where not expected",
        "Limit|\"1\"|STRING_VALUE cannot be converted to Integer",
        "Limit|true|TRUE_VALUE cannot be converted to Integer",
        "Limit|[]|Unrecognized collection type class java.lang.Integer",
        "Units|\"1\"|STRING_VALUE cannot be converted to Long",
        "Units|{}|Start of structure or map found where not expected",
        "Blob|1|only base-64-encoded strings are convertible to bytes",
        "Blob|[]|Unrecognized collection type class java.nio.ByteBuffer",
        "Blob|\"23456\"|Base64 encoded length is expected a multiple of 4 bytes but found: 5",
        "Blob|\"=+/=\"|Invalid last non-pad Base64 character dectected",
        "Blob|\"+/+=\"|Invalid last non-pad Base64 character dectected",
        "Blob|\"a-c=\"|Invalid Base64 character: '-'",
        "Item|\"x\"|Unexpected field type",
        "Item|[]|Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>",
        "Names|[]|Unrecognized collection type java.util.Map<java.lang.String, java.lang.String>",
        "Keys|\"x\"|Unexpected field type",
        "Keys|{}|Start of structure or map found where not expected",
        "Keys|[1]|NUMBER_VALUE cannot be converted to String",
        "Schema|[1]|Unexpected value type in payload",
        "Schema|[[]]|Unrecognized collection type class com.amazonaws.dynamodb.v20120810.SchemaElement",
        "Spec|1|Unexpected field type",
        "Spec|[]|Unrecognized collection type class com.amazonaws.dynamodb.v20120810.Spec",
        "Item|{\"a\":1}|Unexpected value type in payload",
        "Item|{\"a\":[]}|Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue",
        "Item|{\"a\":{\"N\":1}}|NUMBER_VALUE cannot be converted to String",
        "Item|{\"a\":{\"SS\":\"x\"}}|Unexpected field type",
        "Item|{\"a\":{\"SS\":{}}}|Start of structure or map found where not expected",
        "Item|{\"a\":{\"L\":[\"x\"]}}|Unexpected value type in payload",
        "Item|{\"a\":{\"M\":\"x\"}}|Unexpected field type",
        "Item|{\"a\":{\"B\":1}}|only base-64-encoded strings are convertible to bytes",
        "Item|{\"a\":{\"SS\":[]},\"b\":{\"BOOL\":3}}|NUMBER_VALUE cannot be converted to Boolean",
      })
  void wrong_json_types_get_their_text(String member, String json, String text) {
    refuses("{\"" + member + "\":" + json + "}", ErrorType.SERIALIZATION, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{",
        "{\"a\"",
        "x",
        "{\"TableName\":1,",
        "{}}",
        "{} x",
        "null",
        "1",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"TableName\":\"\\ud800\"}",
        "{'a':1}",
        "{\"a\":\"\u0001\"}",
      })
  void text_that_is_no_json_is_refused_without_a_message(String json) {
    refuses(json, ErrorType.SERIALIZATION, "");
  }

  @Test
  void invalid_utf8_is_no_json() {
    byte[] body = "{\"TableName\":\"ab?\"}".getBytes(StandardCharsets.UTF_8);
    body[15] = (byte) 0xff;
    assertThatThrownBy(() -> RequestReader.read(SHAPE, body))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.SERIALIZATION));
  }

  @Test
  void surrogates_in_utf8_are_refused() {
    byte[] body = "{\"TableName\":\"ab???\"}".getBytes(StandardCharsets.UTF_8);
    body[15] = (byte) 0xed;
    body[16] = (byte) 0xa0;
    body[17] = (byte) 0x80;
    assertThatThrownBy(() -> RequestReader.read(SHAPE, body)).isInstanceOf(ApiException.class);
  }

  @Test
  void nesting_of_a_hundred_thousand_is_refused_wherever_it_is() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    refuses("{\"TableName\":\"abc\",\"Other\":" + deep + "}", ErrorType.SERIALIZATION, "");
    String list = "{\"L\":[".repeat(50_000) + "]}".repeat(50_000);
    refuses("{\"TableName\":\"abc\",\"Item\":{\"a\":" + list + "}}", ErrorType.SERIALIZATION, "");
  }

  @Test
  void a_huge_number_is_cut_to_what_a_long_holds() {
    assertThat(read("{\"TableName\":\"abc\",\"Units\":99999999999999999999}").whole("Units"))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(read("{\"TableName\":\"abc\",\"Units\":1e999}").whole("Units"))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(read("{\"TableName\":\"abc\",\"Units\":1.9}").whole("Units")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
        "{\"TableName\":\"\"}|1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1",
        "{\"TableName\":\"a!c\"}|1 validation error detected: Value 'a!c' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
        "{\"TableName\":\"abc\",\"Limit\":0}|1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
        "{\"TableName\":\"abc\",\"Limit\":101}|1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100",
        "{\"TableName\":\"abc\",\"Keys\":[]}|1 validation error detected: Value '[]' at 'keys' failed to satisfy constraint: Member must have length greater than or equal to 1",
        "{\"TableName\":\"abc\",\"Schema\":[{\"Name\":\"n\",\"KeyType\":\"X\"}]}|1 validation error detected: Value 'X' at 'schema.1.member.keyType' failed to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]",
        "{\"TableName\":\"abc\",\"Tags\":{\"long\":\"x\"}}|1 validation error detected: Value '{long=x}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 3, Member must have length greater than or equal to 1]",
        "{\"ReturnValues\":\"BAD\",\"ReturnConsumedCapacity\":\"bad\"}|3 validation errors detected: Value 'bad' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value null at 'tableName' failed to satisfy constraint: Member must not be null; Value 'BAD' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, NONE]",
      })
  void violated_constraints_are_told_together_in_the_shapes_order(String json, String text) {
    refuses(json, ErrorType.VALIDATION, text);
  }

  @Test
  void a_table_may_be_named_by_its_arn() {
    Structure request =
        read("{\"TableName\":\"arn:aws:dynamodb:local-1:000000000000:table/orders\"}");
    assertThat(TableNames.plain(request.requiredText("TableName"))).isEqualTo("orders");
  }

  @Test
  void a_name_longer_than_255_is_refused_with_its_constraint() {
    String name = "a".repeat(256);
    refuses(
        "{\"TableName\":\"" + name + "\"}",
        ErrorType.VALIDATION,
        "1 validation error detected: Value '"
            + name
            + "' at 'tableName' failed to satisfy constraint: "
            + "Member must have length less than or equal to 255");
  }

  @Test
  void at_most_ten_violations_are_told() {
    String element = "{\"Name\":\"n\",\"KeyType\":\"X\"},";
    String json = "{\"TableName\":\"abc\",\"Schema\":[" + element.repeat(11) + "{}]}";
    assertThatThrownBy(() -> read(json))
        .hasMessageStartingWith("10 validation errors detected: ")
        .hasMessageContaining("schema.10.member")
        .hasMessageNotContaining("schema.11.member");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
        "{\"X\":\"1\"}|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
        "null|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
        "{\"S\":null}|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
        "{\"L\":[null]}|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
        "{\"S\":\"\",\"B\":\"\"}|Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
        "{\"L\":[{\"S\":\"a\",\"N\":\"1\"}]}|Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
        "{\"SS\":[]}|One or more parameter values were invalid: An string set  may not be empty",
        "{\"NS\":[]}|One or more parameter values were invalid: An number set  may not be empty",
        "{\"BS\":[]}|One or more parameter values were invalid: Binary sets should not be empty",
        "{\"SS\":[\"a\",\"b\",\"a\"]}|One or more parameter values were invalid: Input collection [a, b, a] contains duplicates.",
        "{\"NS\":[\"1\",\"1.0\"]}|Input collection contains duplicates",
        "{\"BS\":[\"YQ==\",\"YQ==\"]}|One or more parameter values were invalid: Input collection [YQ==, YQ==]of type BS contains duplicates.",
        "{\"SS\":[null]}|One or more parameter values were invalid: An string set may not have a null string as a member",
        "{\"NULL\":false}|One or more parameter values were invalid: Null attribute value types must have the value of true",
        "{\"S\":\"a\",\"N\":\"abc\"}|The parameter cannot be converted to a numeric value: abc",
        "{\"M\":{\"\":{\"S\":\"x\"}}}|Empty attribute name",
      })
  void illegal_attribute_values_wait_to_be_asked_for(String json, String text) {
    AttributeMap item =
        read("{\"TableName\":\"abc\",\"Item\":{\"ok\":{\"S\":\"x\"},\"bad\":" + json + "}}")
            .requiredAttributes("Item");
    assertThat(item.violation()).isEqualTo(new AttributeMap.Violation("bad", text));
    assertThatThrownBy(item::values)
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.VALIDATION))
        .hasMessage(text);
  }

  @Test
  void thirty_two_levels_are_taken_and_thirty_three_are_not() {
    assertThat(nested(32).violation()).isNull();
    assertThat(nested(33).violation())
        .isEqualTo(
            new AttributeMap.Violation(
                "a",
                "Nesting Levels have exceeded supported limits: "
                    + "Attributes in the item have nested levels beyond supported limit"));
    assertThat(nested(300).violation()).isNotNull();
  }

  @Test
  void attribute_names_end_at_65535_bytes() {
    assertThat(named("x".repeat(65_535)).violation()).isNull();
    assertThat(named("x".repeat(65_536)).violation()).isNotNull();
    assertThat(named("é".repeat(32_768)).violation()).isNotNull();
    assertThat(named("").violation()).isNotNull();
  }

  @Test
  void a_hundred_thousand_attributes_are_read() {
    StringBuilder item = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      item.append(i == 0 ? "" : ",").append("\"name").append(i * 32).append("\":{\"S\":\"\"}");
    }
    Structure request = read("{\"TableName\":\"abc\",\"Item\":{" + item + "}}");
    assertThat(request.requiredAttributes("Item").values()).hasSize(100_000);
  }

  private static AttributeMap named(String name) {
    return read("{\"TableName\":\"abc\",\"Item\":{\"" + name + "\":{\"S\":\"x\"}}}")
        .requiredAttributes("Item");
  }

  private static AttributeMap nested(int levels) {
    String json = "{\"L\":[".repeat(levels) + "]}".repeat(levels);
    return read("{\"TableName\":\"abc\",\"Item\":{\"a\":" + json + "}}").requiredAttributes("Item");
  }

  private static Structure read(String json) {
    return RequestReader.read(SHAPE, json.getBytes(StandardCharsets.UTF_8));
  }

  private static void refuses(String json, ErrorType type, @Nullable String text) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.getMessage()).isEqualTo(text == null ? "" : text);
              assertThat(e.type()).isEqualTo(type);
            });
  }

  @Test
  void of_a_map_that_no_parameter_may_have_only_the_beginning_is_kept() {
    StringBuilder body = new StringBuilder("{\"TableName\":\"abc\",\"Item\":{");
    for (int i = 0; i < 600_000; i++) {
      body.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":{\"N\":\"1\"}");
    }
    Map<String, AttributeValue> kept = read(body + "}}").requiredAttributes("Item").values();
    assertThat(ItemSize.ofAttributes(kept))
        .isBetween(AttributeReader.MAX_KEPT_BYTES, AttributeReader.MAX_KEPT_BYTES + 100);
    String nested = "{\"L\":[" + "{\"SS\":[\"a\",\"b\"]},".repeat(800_000) + "{\"NULL\":true}]}";
    Map<String, AttributeValue> inside =
        read("{\"TableName\":\"abc\",\"Item\":{\"a\":" + nested + "}}")
            .requiredAttributes("Item")
            .values();
    assertThat(ItemSize.ofAttributes(inside))
        .isBetween(AttributeReader.MAX_KEPT_BYTES, AttributeReader.MAX_KEPT_BYTES + 100);
    AttributeMap repeated =
        read("{\"TableName\":\"abc\",\"Item\":{"
                + ("\"a\":{\"S\":\"" + "x".repeat(1_000) + "\"},").repeat(3_000)
                + "\"a\":{\"S\":\"last\"}}}")
            .requiredAttributes("Item");
    assertThat(repeated.violation()).isNotNull();
  }

  @Test
  void empty_structures_without_number_are_refused_before_they_fill_the_heap() {
    String structures = "{}" + ",{}".repeat(ShapeReader.MAX_PARTS);
    refuses(
        "{\"TableName\":\"abc\",\"Schema\":[" + structures + "]}",
        ErrorType.VALIDATION,
        "Request has too many elements, the maximum is 131072");
    refuses(
        "{\"TableName\":\"abc\",\"Schema\":[" + structures + "}", ErrorType.SERIALIZATION, null);
  }

  @Test
  void names_of_many_bodies_are_not_kept_for_ever() {
    Object before = RequestReader.sharedNames();
    read("{\"TableName\":\"abc\"}");
    for (int i = 0; i < 10; i++) {
      read("{\"TableName\":\"abc\",\"" + i + "x".repeat(1 << 20) + "\":1}");
    }
    assertThat(RequestReader.sharedNames()).isNotSameAs(before);
  }
}
