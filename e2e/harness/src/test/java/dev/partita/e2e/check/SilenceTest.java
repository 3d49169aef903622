package dev.partita.e2e.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.e2e.check.Operation.Answer;
import dev.partita.e2e.check.Operation.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceTest {

  @Test
  void theLongestTimeBetweenTwoAnswersOfOneClientCounts() {
    List<Operation> operations =
        List.of(answered(1, 90), answered(1, 130), answered(1, 190), answered(2, 95));
    assertThat(Silence.longest(operations.subList(0, 3), 100, 200)).isEqualTo(Duration.ofNanos(60));
    assertThat(Silence.longest(operations, 100, 200))
        .as("the other client hears nothing in the whole span")
        .isEqualTo(Duration.ofNanos(100));
  }

  @Test
  void theEdgesOfTheSpanCount() {
    assertThat(Silence.longest(List.of(answered(1, 90), answered(1, 110)), 100, 200))
        .isEqualTo(Duration.ofNanos(90));
    assertThat(Silence.longest(List.of(answered(1, 90), answered(1, 170)), 100, 200))
        .isEqualTo(Duration.ofNanos(70));
  }

  @Test
  void whoWasNotAtWorkBeforeAndWhatHasNoAnswerDoesNotCount() {
    Operation unknown = new Operation(1, new Call.Write(1), 120, Long.MAX_VALUE, null);
    assertThat(
            Silence.longest(
                List.of(answered(1, 90), unknown, answered(1, 160), answered(3, 199)), 100, 200))
        .isEqualTo(Duration.ofNanos(60));
    assertThatThrownBy(() -> Silence.longest(List.of(answered(1, 150)), 100, 200))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Operation answered(int client, long at) {
    return new Operation(client, new Call.Write(at), at - 5, at, new Answer.Done());
  }
}
