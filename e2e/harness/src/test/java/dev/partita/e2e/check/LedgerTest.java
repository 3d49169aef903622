package dev.partita.e2e.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.e2e.check.Operation.Answer;
import dev.partita.e2e.check.Operation.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static Operation op(Call call, @Nullable Answer answer) {
    return new Operation(0, call, 0, answer == null ? Long.MAX_VALUE : 1, answer);
  }

  private static Answer value(@Nullable Long v) {
    return new Answer.Value(v);
  }

  @Test
  void aCounterHoldsWhatWasAcknowledgedAndAtMostWhatMayHaveHappened() {
    List<Operation> history =
        List.of(
            op(new Call.Add(1), value(1L)),
            op(new Call.AddBelow(1, 9), value(2L)),
            op(new Call.AddBelow(1, 2), new Answer.Refused(2L)),
            op(new Call.Add(1), null),
            op(new Call.Read(), value(2L)));
    assertThat(Ledger.violations(history, 2L)).isEmpty();
    assertThat(Ledger.violations(history, 3L)).isEmpty();
    assertThat(Ledger.violations(history, 1L)).hasSize(1);
    assertThat(Ledger.violations(history, 4L)).hasSize(1);
    assertThat(Ledger.violations(history, null)).hasSize(1);
  }

  @Test
  void aRegisterHoldsAndShowsOnlyWhatWasWritten() {
    List<Operation> history =
        List.of(
            op(new Call.Write(1), new Answer.Done()),
            op(new Call.Exchange(2), value(1L)),
            op(new Call.Swap(7, 3), new Answer.Refused(2L)),
            op(new Call.Delete(), new Answer.Done()),
            op(new Call.Read(), value(null)));
    assertThat(Ledger.violations(history, null)).isEmpty();
    assertThat(Ledger.violations(history, 3L)).isEmpty();
    assertThat(Ledger.violations(history, 4L)).hasSize(1);
    List<Operation> strange = List.of(op(new Call.Read(), value(8L)));
    assertThat(Ledger.violations(strange, null)).hasSize(1);
    assertThat(Ledger.violations(List.of(op(new Call.Swap(7, 3), new Answer.Refused(8L))), null))
        .hasSize(1);
  }
}
