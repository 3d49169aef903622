package dev.partita.e2e.chaos;

import dev.partita.e2e.process.Victims;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// Harms pods as its plan says, until the time and a round of the plan are over. Never leaves harm
/// behind.
final class Nemesis implements Callable<List<Nemesis.Deed>> {

  private final Victims victims;
  private final FaultPlan plan;
  private final long lengthNanos;

  Nemesis(Victims victims, FaultPlan plan, long lengthNanos) {
    this.victims = victims;
    this.plan = plan;
    this.lengthNanos = lengthNanos;
  }

  /// @param atMillis since the run began
  /// @param tookMillis until the last process that it harmed ran again
  record Deed(Fault fault, long atMillis, long tookMillis) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.1f s: %s from pod %d, %d ms",
          atMillis / 1_000.0,
          fault.kind(),
          fault.pod(),
          tookMillis);
    }
  }

  @Override
  public List<Deed> call() throws IOException, InterruptedException {
    List<Deed> deeds = new ArrayList<>();
    long begun = System.nanoTime();
    rest(plan.restMillis());
    while (System.nanoTime() - begun < lengthNanos || !plan.roundIsOver()) {
      Fault fault = plan.next();
      long at = System.nanoTime();
      commit(fault);
      deeds.add(
          new Deed(
              fault,
              TimeUnit.NANOSECONDS.toMillis(at - begun),
              TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - at)));
      rest(plan.restMillis());
    }
    return deeds;
  }

  private void commit(Fault fault) throws IOException, InterruptedException {
    int one = fault.pod();
    int other = (one + 1) % victims.count();
    switch (fault.kind()) {
      case KILL -> kill(fault.millis(), one);
      case KILL_TWO -> kill(fault.millis(), one, other);
      case KILL_ALL -> kill(fault.millis(), one, other, (one + 2) % victims.count());
      case SHORT_STOP, LONG_STOP -> pause(fault.millis(), one);
      case STOP_TWO -> pause(fault.millis(), one, other);
      case RESTART -> {
        victims.stop(one);
        rest(fault.millis());
        victims.start(one);
      }
    }
  }

  private void kill(int millis, int... pods) throws IOException, InterruptedException {
    for (int pod : pods) {
      victims.kill(pod);
    }
    rest(millis);
    victims.start(pods);
  }

  private void pause(int millis, int... pods) throws IOException, InterruptedException {
    for (int pod : pods) {
      victims.pause(pod);
    }
    rest(millis);
    for (int pod : pods) {
      victims.resume(pod);
    }
  }

  /// The pace of harm, not a wait for a condition.
  private static void rest(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }
}
