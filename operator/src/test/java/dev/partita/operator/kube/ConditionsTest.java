package dev.partita.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {

  /// Of characters that take two places each, so that the cut falls into one of them for one of the
  /// two beginnings.
  @ParameterizedTest
  @ValueSource(strings = {"", "x"})
  void aLongMessageIsCutBetweenCharacters(String begin) {
    String message =
        new Conditions(List.of(), 1L, Instant.EPOCH)
            .isTrue("DriftDetected", "Differs", begin + "\ud801\udc37".repeat(1000))
            .all()
            .get(0)
            .getMessage();
    assertThat(message).endsWith("\udc37…").hasSizeBetween(1023, 1024);
    assertThat(new String(message.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .describedAs("what comes back from the API server")
        .isEqualTo(message);
  }
}
