package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Attribute values in DynamoDB's JSON, mostly valid, from small pools so that comparisons meet.
final class Values {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<String> STRINGS =
      List.of(
          "", "a", "ab", "abc", "b", "Zoë", "\uD83D\uDE80", "\uFF5E", "1", "true", " ", "S", "N");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "-1",
          "10",
          "1.5",
          "-2.75",
          "100",
          "1e2",
          "0.001",
          "-0",
          "00012",
          "1.0",
          "12345678901234567890123456789012345678",
          "1E125",
          "-9.99E125",
          "1E-130",
          "3.14159");
  private static final List<String> BROKEN_NUMBERS =
      List.of(
          "",
          "abc",
          "1e126",
          "-1e126",
          "1e-131",
          "123456789012345678901234567890123456789",
          "1 ",
          "0x10",
          "NaN",
          "Infinity",
          "1e",
          "--1",
          "1.2.3",
          "1_000",
          "+-1",
          "1e400");

  private final Random random;

  Values(Random random) {
    this.random = random;
  }

  /// A value that DynamoDB stores.
  ObjectNode valid(int depth) {
    ObjectNode v = JSON.objectNode();
    switch (random.nextInt(depth > 0 ? 16 : 12)) {
      case 0, 1, 2 -> v.put("S", pick(STRINGS));
      case 3, 4, 5 -> v.put("N", pick(NUMBERS));
      case 6 -> v.put("B", base64());
      case 7 -> v.put("BOOL", random.nextBoolean());
      case 8 -> v.put("NULL", true);
      case 9 -> v.set("SS", members(STRINGS.subList(1, STRINGS.size())));
      case 10 -> v.set("NS", numbers());
      case 11 -> v.set("BS", binaries());
      case 12, 13 -> {
        ArrayNode list = v.putArray("L");
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(valid(depth - 1));
        }
      }
      default -> {
        ObjectNode map = v.putObject("M");
        for (int i = random.nextInt(4); i > 0; i--) {
          map.set(pick(Names.NESTED), valid(depth - 1));
        }
      }
    }
    return v;
  }

  /// A value that DynamoDB refuses.
  ObjectNode broken() {
    ObjectNode v = JSON.objectNode();
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> v.put("N", pick(BROKEN_NUMBERS));
      case 3 -> v.putArray("SS");
      case 4 -> v.putArray("NS");
      case 5 -> v.putArray("SS").add("a").add("b").add("a");
      case 6 -> v.putArray("NS").add("1").add("1.0");
      case 7 -> v.put("NULL", false);
      case 8 -> {
        v.put("S", "a");
        v.put("N", "1");
      }
      default -> {
        // An empty structure: no type at all.
      }
    }
    return v;
  }

  /// A map value nested so that the item around it has `levels` levels.
  static ObjectNode nested(int levels) {
    ObjectNode inner = JSON.objectNode().put("S", "deep");
    for (int i = 0; i < levels; i++) {
      ObjectNode around = JSON.objectNode();
      if (i % 2 == 0) {
        around.putArray("L").add(inner);
      } else {
        around.putObject("M").set("m", inner);
      }
      inner = around;
    }
    return inner;
  }

  String number() {
    return pick(NUMBERS);
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private String base64() {
    byte[] b = new byte[random.nextInt(4)];
    random.nextBytes(b);
    return Base64.getEncoder().encodeToString(b);
  }

  private ArrayNode members(List<String> pool) {
    Set<String> chosen = new LinkedHashSet<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      chosen.add(pick(pool));
    }
    ArrayNode array = JSON.arrayNode();
    chosen.forEach(array::add);
    return array;
  }

  private ArrayNode numbers() {
    Set<Integer> chosen = new LinkedHashSet<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      chosen.add(random.nextInt(8) - 2);
    }
    ArrayNode array = JSON.arrayNode();
    chosen.forEach(n -> array.add(Integer.toString(n)));
    return array;
  }

  private ArrayNode binaries() {
    Set<Integer> chosen = new LinkedHashSet<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      chosen.add(random.nextInt(8));
    }
    ArrayNode array = JSON.arrayNode();
    chosen.forEach(n -> array.add(Base64.getEncoder().encodeToString(new byte[] {n.byteValue()})));
    return array;
  }
}
