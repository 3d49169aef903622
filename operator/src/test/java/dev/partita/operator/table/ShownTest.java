package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {

  @Test
  void aNumberThatMovesALittleIsNotShown() {
    assertThat(Shown.number(10_000L, 10_040L, 10_050)).isEqualTo(10_000);
  }

  @Test
  void aNumberThatMovedAHundredthIsShown() {
    assertThat(Shown.number(10_000L, 10_040L, 10_102)).isEqualTo(10_102);
    assertThat(Shown.number(10_000L, 9_950L, 9_900)).isEqualTo(9_900);
  }

  @Test
  void aNumberThatRestsIsExact() {
    assertThat(Shown.number(10_000L, 10_050L, 10_050)).isEqualTo(10_050);
  }

  @Test
  void smallNumbersAreExact() {
    assertThat(Shown.number(0L, 0L, 1)).isEqualTo(1);
    assertThat(Shown.number(1L, 1L, 0)).isZero();
    assertThat(Shown.number(null, null, 7)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.00 KiB",
    "10239, 10.0 KiB",
    "12897484, 12.3 MiB",
    "1048575, 1.00 MiB",
    "1073741824, 1.00 GiB",
    "9223372036854775807, 8192 PiB"
  })
  void sizesHaveThreeDigits(long bytes, String text) {
    assertThat(Shown.size(bytes)).isEqualTo(text);
  }
}
