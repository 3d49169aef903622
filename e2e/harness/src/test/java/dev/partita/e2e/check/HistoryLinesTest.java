package dev.partita.e2e.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.e2e.check.Operation.Answer;
import dev.partita.e2e.check.Operation.Call;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryLinesTest {

  @Test
  void everyCallAndAnswerSurvives() {
    List<Operation> history =
        List.of(
            new Operation(1, new Call.Read(), 1, 2, new Answer.Value(null)),
            new Operation(1, new Call.Write(7), 3, 4, new Answer.Done()),
            new Operation(2, new Call.Swap(7, 8), 5, 6, new Answer.Refused(9L)),
            new Operation(2, new Call.Exchange(10), 7, 8, new Answer.Value(9L)),
            new Operation(3, new Call.Add(1), 9, Long.MAX_VALUE, null),
            new Operation(3, new Call.AddBelow(1, 2), 10, 11, new Answer.Refused(null)),
            new Operation(3, new Call.Delete(), 12, 13, new Answer.Done()));
    List<String> lines = history.stream().map(o -> HistoryLines.write("r", o)).toList();
    assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("\n"));
    assertThat(HistoryLines.read(lines)).isEqualTo(Map.of("r", history));
  }

  @Test
  void aTornLineIsRefused() {
    String line =
        HistoryLines.write("r", new Operation(1, new Call.Delete(), 1, 2, new Answer.Done()));
    assertThatThrownBy(() -> HistoryLines.read(List.of(line.substring(0, line.length() / 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a line of a history");
  }
}
