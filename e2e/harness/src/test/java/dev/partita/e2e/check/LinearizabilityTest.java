package dev.partita.e2e.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.e2e.check.Operation.Answer;
import dev.partita.e2e.check.Operation.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The checker must be able to say no.
class LinearizabilityTest {

  private static Operation op(Call call, long from, long to, @Nullable Answer answer) {
    return new Operation(0, call, from, answer == null ? Long.MAX_VALUE : to, answer);
  }

  private static final Answer DONE = new Answer.Done();

  private static Answer value(@Nullable Long v) {
    return new Answer.Value(v);
  }

  @Test
  void aSequentialHistoryIsLinearizable() {
    assertThat(
            Linearizability.violation(
                List.of(
                    op(new Call.Write(1), 0, 1, DONE),
                    op(new Call.Read(), 2, 3, value(1L)),
                    op(new Call.Swap(1, 2), 4, 5, DONE),
                    op(new Call.Add(3), 6, 7, value(5L)),
                    op(new Call.Delete(), 8, 9, DONE),
                    op(new Call.Read(), 10, 11, value(null)))))
        .isEmpty();
  }

  @Test
  void aStaleReadIsNot() {
    assertThat(
            Linearizability.violation(
                List.of(
                    op(new Call.Write(1), 0, 1, DONE),
                    op(new Call.Write(2), 2, 3, DONE),
                    op(new Call.Read(), 4, 5, value(1L)))))
        .isPresent();
  }

  @Test
  void aLostAcknowledgedWriteIsNot() {
    assertThat(
            Linearizability.violation(
                List.of(op(new Call.Write(1), 0, 1, DONE), op(new Call.Read(), 2, 3, value(null)))))
        .isPresent();
  }

  @Test
  void aValueFromNowhereIsNot() {
    assertThat(
            Linearizability.violation(
                List.of(op(new Call.Write(1), 0, 1, DONE), op(new Call.Read(), 2, 3, value(7L)))))
        .isPresent();
  }

  @Test
  void overlappingOperationsMayTakeEffectInEitherOrder() {
    assertThat(
            Linearizability.violation(
                List.of(
                    op(new Call.Write(1), 0, 10, DONE),
                    op(new Call.Write(2), 0, 10, DONE),
                    op(new Call.Read(), 11, 12, value(1L)))))
        .isEmpty();
  }

  @Test
  void twoReadsMayNotGoBackInTime() {
    assertThat(
            Linearizability.violation(
                List.of(
                    op(new Call.Write(1), 0, 1, DONE),
                    op(new Call.Write(2), 2, 20, DONE),
                    op(new Call.Read(), 3, 4, value(2L)),
                    op(new Call.Read(), 5, 6, value(1L)))))
        .isPresent();
  }

  @Test
  void anUnknownWriteMayAppearLateOrNever() {
    Operation unknown = op(new Call.Write(9), 0, 0, null);
    assertThat(Linearizability.violation(List.of(unknown, op(new Call.Read(), 50, 51, value(9L)))))
        .isEmpty();
    assertThat(
            Linearizability.violation(List.of(unknown, op(new Call.Read(), 50, 51, value(null)))))
        .isEmpty();
    assertThat(
            Linearizability.violation(
                List.of(
                    unknown,
                    op(new Call.Read(), 50, 51, value(9L)),
                    op(new Call.Read(), 52, 53, value(null)))))
        .isPresent();
  }

  @Test
  void aRefusedSwapNeedsAnotherValue() {
    assertThat(
            Linearizability.violation(
                List.of(
                    op(new Call.Write(1), 0, 1, DONE),
                    op(new Call.Swap(1, 2), 2, 3, new Answer.Refused(1L)))))
        .isPresent();
  }

  @Test
  void aRefusalTellsWhatTheRegisterHeld() {
    Operation written = op(new Call.Write(1), 0, 1, DONE);
    assertThat(
            Linearizability.violation(
                List.of(written, op(new Call.Swap(5, 2), 2, 3, new Answer.Refused(1L)))))
        .isEmpty();
    assertThat(
            Linearizability.violation(
                List.of(written, op(new Call.Swap(5, 2), 2, 3, new Answer.Refused(7L)))))
        .isPresent();
    assertThat(
            Linearizability.violation(
                List.of(written, op(new Call.Swap(5, 2), 2, 3, new Answer.Refused(null)))))
        .isPresent();
  }

  @Test
  void anExchangeTellsWhatWasThereBefore() {
    Operation first = op(new Call.Exchange(1), 0, 1, value(null));
    assertThat(Linearizability.violation(List.of(first, op(new Call.Exchange(2), 2, 3, value(1L)))))
        .isEmpty();
    assertThat(
            Linearizability.violation(List.of(first, op(new Call.Exchange(2), 2, 3, value(null)))))
        .isPresent();
  }

  @Test
  void aConditionalCounterStopsAtItsLimit() {
    Operation one = op(new Call.Add(1), 0, 1, value(1L));
    Operation two = op(new Call.AddBelow(1, 2), 2, 3, value(2L));
    assertThat(
            Linearizability.violation(
                List.of(one, two, op(new Call.AddBelow(1, 2), 4, 5, new Answer.Refused(2L)))))
        .isEmpty();
    assertThat(
            Linearizability.violation(
                List.of(one, two, op(new Call.AddBelow(1, 2), 4, 5, value(3L)))))
        .as("beyond the limit")
        .isPresent();
    assertThat(
            Linearizability.violation(
                List.of(one, op(new Call.AddBelow(1, 2), 4, 5, new Answer.Refused(1L)))))
        .as("refused without a reason")
        .isPresent();
    assertThat(Linearizability.violation(List.of(op(new Call.AddBelow(1, 2), 0, 1, value(1L)))))
        .as("nothing is not below anything")
        .isPresent();
  }

  @Test
  void manyUnknownOutcomesOfARegisterDoNotKeepItFromAnAnswer() {
    List<Operation> history = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      history.add(op(i % 2 == 0 ? new Call.Write(i) : new Call.Exchange(i), i, 0, null));
      history.add(op(new Call.Swap(i, 100 + i), i, 0, null));
      history.add(op(new Call.Delete(), i, 0, null));
    }
    long[] seen = {7, 107, 8, 39, 20, 120};
    for (int i = 0; i < seen.length; i++) {
      history.add(op(new Call.Read(), 100 + 2 * i, 101 + 2 * i, value(seen[i])));
    }
    assertThat(Linearizability.violation(history)).isEmpty();
    history.add(op(new Call.Read(), 200, 201, value(7L)));
    assertThat(Linearizability.violation(history)).as("overwritten, and back again").isPresent();
  }

  @Test
  void manyUnknownOutcomesOfACounterDoNotKeepItFromAnAnswer() {
    List<Operation> history = new ArrayList<>();
    history.add(op(new Call.Add(1), 0, 1, value(1L)));
    for (int i = 0; i < 40; i++) {
      history.add(op(new Call.Add(1), 2 + i, 0, null));
      history.add(op(new Call.AddBelow(1, 5 + i % 4), 2 + i, 0, null));
    }
    history.add(op(new Call.AddBelow(1, 4), 100, 101, new Answer.Refused(6L)));
    history.add(op(new Call.Read(), 102, 103, value(41L)));
    assertThat(Linearizability.violation(history)).isEmpty();
    history.add(op(new Call.Read(), 104, 105, value(40L)));
    assertThat(Linearizability.violation(history)).as("it never goes down").isPresent();
  }

  @Test
  void twoAddsMayNotReturnTheSameSum() {
    assertThat(
            Linearizability.violation(
                List.of(
                    op(new Call.Add(1), 0, 10, value(1L)), op(new Call.Add(1), 0, 10, value(1L)))))
        .isPresent();
  }

  @Test
  void histories_of_a_real_register_pass_and_tampered_ones_mostly_fail() {
    int caught = 0;
    for (int seed = 0; seed < 200; seed++) {
      List<Operation> history = run(new Random(seed));
      assertThat(Linearizability.violation(history)).as("seed %d", seed).isEmpty();
      List<Operation> tampered = new ArrayList<>(history);
      for (int i = tampered.size() - 1; i >= 0; i--) {
        Operation o = tampered.get(i);
        if (o.call() instanceof Call.Read && o.answer() instanceof Answer.Value v) {
          long other = v.value() == null ? 1_000 : v.value() + 1_000;
          tampered.set(i, op(o.call(), o.invokedAt(), o.returnedAt(), value(other)));
          break;
        }
      }
      caught += Linearizability.violation(tampered).isPresent() ? 1 : 0;
    }
    assertThat(caught).isEqualTo(200);
  }

  /// Drives a real register from overlapping intervals with the effect at a random moment inside.
  private static List<Operation> run(Random random) {
    record Planned(long from, long at, long to, Call call) {}
    List<Planned> plan = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      long from = random.nextInt(400);
      long at = from + 1 + random.nextInt(20);
      long to = at + 1 + random.nextInt(20);
      Call call =
          switch (random.nextInt(6)) {
            case 0 -> new Call.Write(i);
            case 1 -> new Call.Add(1);
            case 2 -> new Call.Swap(random.nextInt(60), i);
            case 3 -> new Call.Exchange(i);
            case 4 -> new Call.AddBelow(1, random.nextInt(60));
            default -> new Call.Read();
          };
      plan.add(new Planned(from, at, to, call));
    }
    plan.add(new Planned(1_000, 1_001, 1_002, new Call.Read()));
    plan.sort((a, b) -> Long.compare(a.at(), b.at()));
    Long state = null;
    List<Operation> history = new ArrayList<>();
    for (Planned p : plan) {
      Answer answer = DONE;
      switch (p.call()) {
        case Call.Read() -> answer = value(state);
        case Call.Write(long v) -> state = v;
        case Call.Delete() -> state = null;
        case Call.Add(long d) -> {
          state = (state == null ? 0 : state) + d;
          answer = value(state);
        }
        case Call.Swap(long e, long v) -> {
          if (state != null && state == e) {
            state = v;
          } else {
            answer = new Answer.Refused(state);
          }
        }
        case Call.Exchange(long v) -> {
          answer = value(state);
          state = v;
        }
        case Call.AddBelow(long d, long limit) -> {
          if (state != null && state < limit) {
            state += d;
            answer = value(state);
          } else {
            answer = new Answer.Refused(state);
          }
        }
      }
      boolean lost = p.from() < 1_000 && random.nextInt(20) == 0;
      history.add(op(p.call(), p.from(), p.to(), lost ? null : answer));
    }
    return history;
  }
}
