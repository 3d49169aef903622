package dev.partita.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.error.ApiException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoNumberTest {

  private static final String OVERFLOW =
      "Number overflow. Attempting to store a number with magnitude larger than supported range";
  private static final String UNDERFLOW =
      "Number underflow. Attempting to store a number with magnitude smaller than supported range";
  private static final String DIGITS =
      "Attempting to store more than 38 significant digits in a Number";
  private static final String NINES = "9".repeat(38);

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "+1000.0,1000",
    "1e3,1000",
    "1E+3,1000",
    "0042,42",
    ".5,0.5",
    "5.,5",
    "-0,0",
    "00,0",
    "0E5,0",
    "0e126,0",
    "-0.0e-999,0",
    "-.050,-0.05",
    "123.4560,123.456",
    "-12.3,-12.3",
    "1e-7,0.0000001",
    "10.01,10.01",
    "100000000000000000000,100000000000000000000",
  })
  void aNumberIsShownPlainAndTrimmed(String text, String plain) {
    assertThat(DynamoNumber.parse(text)).hasToString(plain);
  }

  @Test
  void theExtremesAreShownInFull() {
    assertThat(DynamoNumber.parse("1E125")).hasToString("1" + "0".repeat(125));
    assertThat(DynamoNumber.parse("1E-130")).hasToString("0." + "0".repeat(129) + "1");
    assertThat(DynamoNumber.parse("-" + NINES.charAt(0) + "." + NINES.substring(1) + "E125"))
        .hasToString("-" + NINES + "0".repeat(88));
    String longest = "-1." + "2".repeat(37) + "E-130";
    assertThat(DynamoNumber.parse(longest).toString())
        .isEqualTo("-0." + "0".repeat(129) + "1" + "2".repeat(37))
        .hasSize(NumberCode.MAX_PLAIN_LENGTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "-",
        "+",
        ".",
        "1a",
        "1e",
        "1e+",
        "e5",
        "1.2.3",
        " 1",
        "1 ",
        "--1",
        "0x10",
        "NaN",
        "Infinity",
        "1_000",
        "1,5",
        "\u0661",
        "-.e1"
      })
  void whatIsNoNumberIsRefusedWithItsText(String text) {
    assertThatThrownBy(() -> DynamoNumber.parse(text))
        .isInstanceOf(ApiException.class)
        .hasMessage("The parameter cannot be converted to a numeric value: " + text);
  }

  @Test
  void theEmptyTextIsRefusedWithoutSuffix() {
    assertThatThrownBy(() -> DynamoNumber.parse(""))
        .hasMessage("The parameter cannot be converted to a numeric value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E126", "-1e126", "10e125", "1e99999", "0.1e127"})
  void whatIsTooLargeOverflows(String text) {
    assertThatThrownBy(() -> DynamoNumber.parse(text)).hasMessage(OVERFLOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E-131", "-9.9e-131", "0.1e-130", "1e-99999"})
  void whatIsTooSmallUnderflows(String text) {
    assertThatThrownBy(() -> DynamoNumber.parse(text)).hasMessage(UNDERFLOW);
  }

  @Test
  void thirtyNineDigitsAreTooMany() {
    assertThatThrownBy(() -> DynamoNumber.parse("1" + NINES)).hasMessage(DIGITS);
    assertThatThrownBy(() -> DynamoNumber.parse("1." + NINES)).hasMessage(DIGITS);
    assertThat(DynamoNumber.parse("000" + NINES + "000")).hasToString(NINES + "000");
  }

  @Test
  void theRangeIsCheckedBeforeThePrecision() {
    assertThatThrownBy(() -> DynamoNumber.parse("1" + NINES + "e120")).hasMessage(OVERFLOW);
    assertThatThrownBy(() -> DynamoNumber.parse("0.1" + NINES + "e-130")).hasMessage(UNDERFLOW);
  }

  @Test
  void aLongTextIsReadWithoutItsZeros() {
    assertThat(DynamoNumber.parse("0".repeat(100_000) + "7." + "0".repeat(100_000)))
        .hasToString("7");
  }

  @Test
  void equalityIsByValue() {
    assertThat(DynamoNumber.parse("1e3"))
        .isEqualTo(DynamoNumber.parse("+1000.000"))
        .hasSameHashCodeAs(DynamoNumber.parse("1000"))
        .isEqualTo(DynamoNumber.of(1000))
        .isEqualTo(DynamoNumber.of(new BigDecimal("1000.0")))
        .isNotEqualTo(DynamoNumber.parse("-1000"));
    assertThat(DynamoNumber.parse("-0")).isEqualTo(DynamoNumber.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "1,2,3",
    "-1,1,0",
    "0,5,5",
    "99,1,100",
    "0.1,0.2,0.3",
    "999999999999999999,999999999999999999,1999999999999999998",
    "-999999999999999999,-1,-1000000000000000000",
    "1e37,1,10000000000000000000000000000000000001",
    "1.5,-0.5,1",
    "1000000,-1,999999",
  })
  void sumsAndDifferencesAreExact(String left, String right, String sum) {
    DynamoNumber l = DynamoNumber.parse(left);
    DynamoNumber r = DynamoNumber.parse(right);
    DynamoNumber s = DynamoNumber.parse(sum);
    assertThat(l.plus(r)).isEqualTo(s);
    assertThat(s.minus(r)).isEqualTo(l);
  }

  @Test
  void aSumThatNeedsMoreDigitsOverflows() {
    assertThatThrownBy(() -> DynamoNumber.parse("1e50").plus(DynamoNumber.of(1)))
        .isInstanceOf(ApiException.class)
        .hasMessage(OVERFLOW);
    assertThatThrownBy(() -> DynamoNumber.parse("9e125").plus(DynamoNumber.parse("9e125")))
        .hasMessage(OVERFLOW);
    assertThatThrownBy(() -> DynamoNumber.parse("1.2e-130").minus(DynamoNumber.parse("1.1e-130")))
        .hasMessage(UNDERFLOW);
  }
}
