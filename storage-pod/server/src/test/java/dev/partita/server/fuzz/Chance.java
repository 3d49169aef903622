package dev.partita.server.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/// The random choices of one input: the same seed makes the same ones. An input is careful or
/// careless as a whole, so that many get past the first check and many do not.
final class Chance {

  /// How often something goes wrong, one time in so many; half of all inputs are sound.
  private static final int[] CARELESSNESS = {0, 0, 0, 0, 200, 60, 20, 6};

  private final SplittableRandom random;
  private final int careless;

  Chance(long seed) {
    random = new SplittableRandom(seed);
    careless = CARELESSNESS[random.nextInt(CARELESSNESS.length)];
  }

  /// Whether something is to go wrong here.
  boolean slips() {
    return careless != 0 && oneIn(careless);
  }

  boolean isCareless() {
    return careless != 0;
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
