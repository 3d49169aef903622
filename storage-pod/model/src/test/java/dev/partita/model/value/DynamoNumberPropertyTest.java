package dev.partita.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.CorruptDataException;
import dev.partita.testing.Seeded;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.random.RandomGenerator;

class DynamoNumberPropertyTest {

  @Seeded(3_000)
  void whatIsParsedIsShownAndComesBackAsTheSameNumber(RandomGenerator random) {
    BigDecimal decimal = RandomValues.decimal(random);
    DynamoNumber number = DynamoNumber.parse(spelled(decimal, random));
    assertThat(number.value()).isEqualByComparingTo(decimal);
    assertThat(number.toString())
        .isEqualTo(decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString());
    assertThat(DynamoNumber.parse(number.toString())).isEqualTo(number);
    assertThat(DynamoNumber.of(decimal)).isEqualTo(number).hasSameHashCodeAs(number);
    assertThat(NumberCode.plainLength(number.unsafeCode(), 0))
        .isEqualTo(number.toString().length());
  }

  @Seeded(3_000)
  void bytesOrderAsNumbersDo(RandomGenerator random) {
    BigDecimal left = RandomValues.decimal(random);
    BigDecimal right = near(left, random);
    byte[] leftCode = DynamoNumber.of(left).unsafeCode();
    byte[] rightCode = DynamoNumber.of(right).unsafeCode();
    assertThat(Integer.signum(Arrays.compareUnsigned(leftCode, rightCode)))
        .as("%s and %s", left, right)
        .isEqualTo(left.compareTo(right));
  }

  @Seeded(2_000)
  void noCodeIsThePrefixOfAnother(RandomGenerator random) {
    BigDecimal left = RandomValues.decimal(random);
    byte[] a = DynamoNumber.of(left).unsafeCode();
    byte[] b = DynamoNumber.of(near(left, random)).unsafeCode();
    if (!Arrays.equals(a, b)) {
      int common = Arrays.mismatch(a, b);
      assertThat(common).isLessThan(Math.min(a.length, b.length));
    }
  }

  @Seeded(2_000)
  void aCodeEndsWhereItEnds(RandomGenerator random) {
    byte[] code = RandomValues.number(random).unsafeCode();
    byte[] longer = Arrays.copyOf(code, code.length + 3);
    assertThat(code).hasSizeLessThanOrEqualTo(NumberCode.MAX_LENGTH);
    assertThat(NumberCode.end(longer, 0, longer.length)).isEqualTo(code.length);
    assertThatThrownBy(() -> NumberCode.end(longer, 0, code.length - 1))
        .isInstanceOf(CorruptDataException.class);
  }

  @Seeded(5_000)
  void garbageIsEitherTheOnlyCodeOfANumberOrCorrupt(RandomGenerator random) {
    byte[] octets = RandomValues.number(random).unsafeCode().clone();
    octets[random.nextInt(octets.length)] = (byte) random.nextInt();
    try {
      int end = NumberCode.end(octets, 0, octets.length);
      DynamoNumber number = DynamoNumber.ofCode(octets, 0, end);
      assertThat(DynamoNumber.parse(number.toString())).isEqualTo(number);
    } catch (CorruptDataException e) {
      assertThat(e).hasMessageContaining("number");
    }
  }

  @Seeded(3_000)
  void sumsAreThoseOfExactDecimals(RandomGenerator random) {
    BigDecimal left = RandomValues.decimal(random);
    BigDecimal right = near(left, random);
    BigDecimal sum = left.add(right);
    try {
      DynamoNumber expected = DynamoNumber.of(sum);
      assertThat(DynamoNumber.of(left).plus(DynamoNumber.of(right))).isEqualTo(expected);
      assertThat(DynamoNumber.of(left).minus(DynamoNumber.of(right.negate()))).isEqualTo(expected);
    } catch (ApiException _) {
      assertThatThrownBy(() -> DynamoNumber.of(left).plus(DynamoNumber.of(right)))
          .isInstanceOf(ApiException.class);
    }
  }

  private static BigDecimal near(BigDecimal value, RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 0 -> value.negate();
      case 1 -> value;
      case 2 -> inRange(value.movePointRight(1), value);
      case 3 -> {
        BigDecimal stripped = value.stripTrailingZeros();
        yield stripped.precision() < 38 && stripped.scale() < 130
            ? stripped.add(stripped.ulp().movePointLeft(1))
            : value.negate();
      }
      case 4 -> new BigDecimal(random.nextInt(-1000, 1000));
      default -> RandomValues.decimal(random);
    };
  }

  private static BigDecimal inRange(BigDecimal wanted, BigDecimal otherwise) {
    try {
      DynamoNumber.of(wanted);
      return wanted;
    } catch (ApiException _) {
      return otherwise;
    }
  }

  private static String spelled(BigDecimal value, RandomGenerator random) {
    String text =
        switch (random.nextInt(3)) {
          case 0 -> value.toString();
          case 1 -> value.toPlainString();
          default -> value.unscaledValue() + "e" + -value.scale();
        };
    if (text.startsWith("-")) {
      return "-" + "0".repeat(random.nextInt(3)) + text.substring(1);
    }
    return (random.nextBoolean() ? "+" : "") + "0".repeat(random.nextInt(3)) + text;
  }
}
