package dev.partita.model.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SearchTest {

  private static final int LONG = 400_000;

  @Test
  void bothSearchesFindWhatTheJdkFinds() {
    Random random = new Random(42);
    int found = 0;
    for (int i = 0; i < 3_000; i++) {
      // Two letters, so that parts of the part are found all the time.
      String text = letters(random, random.nextInt(6_000));
      String part =
          random.nextBoolean() && text.length() > 2_000
              ? text.substring(random.nextInt(1_000), 1_000 + random.nextInt(1_000))
              : letters(random, random.nextInt(i % 2 == 0 ? 8 : 2_000));
      boolean expected = text.contains(part);
      found += expected ? 1 : 0;
      assertThat(Search.contains(text, part)).isEqualTo(expected);
      assertThat(Search.contains(bytes(text), bytes(part))).isEqualTo(expected);
    }
    assertThat(found).isBetween(300, 2_700);
  }

  @Test
  void charactersAndBytesOfEveryKindAreFound() {
    String text = "ä€😀".repeat(LONG / 10);
    assertThat(Search.contains(text, "😀ä€".repeat(LONG / 20))).isTrue();
    assertThat(Search.contains(text, "😀€ä".repeat(LONG / 20))).isFalse();
    assertThat(Search.contains(bytes(text), bytes("€😀ä".repeat(LONG / 20)))).isTrue();
    assertThat(Search.contains("", "")).isTrue();
    assertThat(Search.contains("a".repeat(LONG), "")).isTrue();
    assertThat(Search.contains("a".repeat(LONG), "a".repeat(LONG))).isTrue();
    assertThat(Search.contains("a".repeat(LONG), "a".repeat(LONG + 1))).isFalse();
  }

  @Test
  void aPartThatAlmostFitsEverywhereIsSearchedSoon() {
    String text = "a".repeat(LONG);
    String part = "a".repeat(LONG / 4) + "b" + "a".repeat(LONG / 4);
    // The simple search needs some 20,000,000,000 comparisons for one of these.
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 200; i++) {
            assertThat(Search.contains(text, part)).isFalse();
            assertThat(Search.contains(bytes(text), bytes(part))).isFalse();
          }
        });
  }

  private static String letters(Random random, int length) {
    StringBuilder letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append(random.nextInt(20) == 0 ? 'b' : 'a');
    }
    return letters.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
