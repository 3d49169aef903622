package dev.partita.model.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Draws values of all types, with a liking for the edges.
public final class RandomValues {

  private static final int[] POINTS = {0, 1, 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000};

  private RandomValues() {}

  /// @param constants to choose from, at least one
  public static <T> T oneOf(RandomGenerator random, T[] constants) {
    return List.of(constants).get(random.nextInt(constants.length));
  }

  public static BigDecimal decimal(RandomGenerator random) {
    int digits = random.nextInt(4) == 0 ? 38 : 1 + random.nextInt(38);
    BigInteger unscaled = BigInteger.valueOf(random.nextInt(9) + 1);
    for (int i = 1; i < digits; i++) {
      int digit = random.nextInt(3) == 0 ? 0 : random.nextInt(10);
      unscaled = unscaled.multiply(BigInteger.TEN).add(BigInteger.valueOf(digit));
    }
    int exponent =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(-130, 126);
          case 1 -> random.nextBoolean() ? -130 + random.nextInt(3) : 125 - random.nextInt(3);
          default -> random.nextInt(-8, 20);
        };
    if (random.nextInt(30) == 0) {
      unscaled = BigInteger.ZERO;
    }
    BigDecimal value = new BigDecimal(unscaled, digits - 1 - exponent);
    return random.nextBoolean() ? value : value.negate();
  }

  public static DynamoNumber number(RandomGenerator random) {
    return DynamoNumber.of(decimal(random));
  }

  /// @param longest in code points
  public static String text(RandomGenerator random, int longest) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(longest + 1); left > 0; left--) {
      text.appendCodePoint(point(random));
    }
    return text.toString();
  }

  public static Bytes bytes(RandomGenerator random, int longest) {
    byte[] octets = new byte[random.nextInt(longest + 1)];
    for (int i = 0; i < octets.length; i++) {
      octets[i] =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> (byte) (random.nextBoolean() ? 1 : 0xFF);
            default -> (byte) random.nextInt();
          };
    }
    return Bytes.wrap(octets);
  }

  public static AttributeValue key(RandomGenerator random) {
    return switch (random.nextInt(3)) {
      case 0 -> new AttributeValue.S(text(random, 12));
      case 1 -> new AttributeValue.N(number(random));
      default -> new AttributeValue.B(bytes(random, 12));
    };
  }

  /// @param levels how many lists and maps may lie in each other
  public static AttributeValue value(RandomGenerator random, int levels) {
    return switch (random.nextInt(levels > 0 ? 10 : 8)) {
      case 0 -> new AttributeValue.S(text(random, random.nextInt(8) == 0 ? 300 : 20));
      case 1 -> new AttributeValue.N(number(random));
      case 2 -> new AttributeValue.B(bytes(random, random.nextInt(8) == 0 ? 300 : 20));
      case 3 -> new AttributeValue.Bool(random.nextBoolean());
      case 4 -> AttributeValue.Null.INSTANCE;
      case 5 -> {
        Set<String> members = new LinkedHashSet<>();
        do {
          members.add(text(random, 6));
        } while (random.nextInt(3) > 0);
        yield new AttributeValue.SS(members);
      }
      case 6 -> {
        Set<DynamoNumber> members = new LinkedHashSet<>();
        do {
          members.add(number(random));
        } while (random.nextInt(3) > 0);
        yield new AttributeValue.NS(members);
      }
      case 7 -> {
        Set<Bytes> members = new LinkedHashSet<>();
        do {
          members.add(bytes(random, 6));
        } while (random.nextInt(3) > 0);
        yield new AttributeValue.BS(members);
      }
      case 8 -> {
        List<AttributeValue> values = new ArrayList<>();
        while (random.nextInt(3) > 0) {
          values.add(value(random, levels - 1));
        }
        yield new AttributeValue.L(values);
      }
      default -> new AttributeValue.M(item(random, levels - 1));
    };
  }

  /// @param levels how many lists and maps may lie in each attribute
  public static Map<String, AttributeValue> item(RandomGenerator random, int levels) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    while (random.nextInt(4) > 0) {
      item.put(text(random, 10), value(random, levels));
    }
    return item;
  }

  private static int point(RandomGenerator random) {
    int point =
        switch (random.nextInt(4)) {
          case 0 -> POINTS[random.nextInt(POINTS.length)];
          case 1 -> random.nextInt(Character.MAX_CODE_POINT + 1);
          default -> 'a' + random.nextInt(26);
        };
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xE000 : point;
  }
}
