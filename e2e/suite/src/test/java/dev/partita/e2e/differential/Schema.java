package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A table of the differential test.
///
/// @param hash partition key attribute
/// @param hashType S, N or B
/// @param range sort key attribute, or null
/// @param rangeType its type, or null
record Schema(
    String table,
    String hash,
    String hashType,
    @Nullable String range,
    @Nullable String rangeType) {

  static final List<Schema> ALL =
      List.of(
          new Schema("DiffHash", "pk", "S", null, null),
          new Schema("DiffRange", "pk", "S", "sk", "N"),
          new Schema("DiffBinary", "id", "B", "when", "S"),
          new Schema("DiffNumber", "id", "N", null, null));

  private static final int KEYS = 12;

  List<String> keys() {
    return range == null ? List.of(hash) : List.of(hash, range);
  }

  /// Keys of different lanes never meet.
  ObjectNode key(Random random, int lane) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    key.set(hash, value(hashType, lane * 1_000 + random.nextInt(KEYS)));
    if (range != null && rangeType != null) {
      key.set(range, value(rangeType, random.nextInt(3)));
    }
    return key;
  }

  private static ObjectNode value(String type, int n) {
    ObjectNode v = JsonNodeFactory.instance.objectNode();
    return switch (type) {
      case "S" -> v.put("S", "key" + n);
      case "N" -> v.put("N", n % 2 == 0 ? Integer.toString(n) : n + ".0");
      case "B" ->
          v.put("B", Base64.getEncoder().encodeToString(new byte[] {(byte) (n >> 8), (byte) n}));
      default -> throw new IllegalArgumentException(type);
    };
  }

  String createTable() {
    StringBuilder attributes = new StringBuilder();
    StringBuilder schema = new StringBuilder();
    String definition = "{\"AttributeName\":\"%s\",\"AttributeType\":\"%s\"}";
    String element = "{\"AttributeName\":\"%s\",\"KeyType\":\"%s\"}";
    attributes.append(String.format(Locale.ROOT, definition, hash, hashType));
    schema.append(String.format(Locale.ROOT, element, hash, "HASH"));
    if (range != null) {
      attributes.append(',').append(String.format(Locale.ROOT, definition, range, rangeType));
      schema.append(',').append(String.format(Locale.ROOT, element, range, "RANGE"));
    }
    return "{\"TableName\":\"%s\",\"AttributeDefinitions\":[%s],\"KeySchema\":[%s],\"BillingMode\":\"PAY_PER_REQUEST\"}"
        .formatted(table, attributes, schema);
  }
}
