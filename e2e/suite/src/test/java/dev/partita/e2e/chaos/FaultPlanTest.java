package dev.partita.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.e2e.chaos.Fault.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

  private static List<Fault> round(FaultPlan plan) {
    List<Fault> faults = new ArrayList<>();
    do {
      faults.add(plan.next());
    } while (!plan.roundIsOver());
    return faults;
  }

  @Test
  void everyRoundHasEveryKindOfFaultAndFitsAShortRun() {
    for (long seed = 0; seed < 100; seed++) {
      FaultPlan plan = new FaultPlan(seed, 3);
      for (int i = 0; i < 3; i++) {
        List<Fault> faults = round(plan);
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        faults.forEach(fault -> kinds.add(fault.kind()));
        assertThat(kinds).as("seed %d", seed).isEqualTo(EnumSet.allOf(Kind.class));
        assertThat(faults.stream().mapToInt(Fault::millis).sum()).isLessThan(20_000);
      }
    }
  }

  @Test
  void stopsAreSurelyShorterOrLongerThanAnElection() {
    FaultPlan plan = new FaultPlan(7, 3);
    for (int i = 0; i < 1_000; i++) {
      Fault fault = plan.next();
      if (fault.kind() == Kind.SHORT_STOP) {
        assertThat(fault.millis()).isLessThan(Fault.SILENCE_MILLIS);
      }
      if (fault.kind() == Kind.LONG_STOP) {
        assertThat(fault.millis()).isGreaterThan(Fault.ELECTED_MILLIS);
      }
      assertThat(fault.pod()).isBetween(0, 2);
    }
  }

  @Test
  void aSeedGivesTheSamePlanAgain() {
    assertThat(round(new FaultPlan(5, 3))).isEqualTo(round(new FaultPlan(5, 3)));
    assertThat(round(new FaultPlan(5, 3))).isNotEqualTo(round(new FaultPlan(6, 3)));
  }
}
