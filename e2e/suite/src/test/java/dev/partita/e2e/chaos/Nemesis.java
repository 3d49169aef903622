package dev.partita.e2e.chaos;

import dev.partita.e2e.process.Victims;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Harms one pod at a time, sometimes all of them: kills, pauses, restarts, from a seed. Never
/// leaves harm behind.
final class Nemesis implements Runnable {

  private final Victims victims;
  private final Random random;
  private final long until;
  private final List<String> deeds = new ArrayList<>();

  /// @param until end of the harm, by {@link System#nanoTime}
  Nemesis(Victims victims, long seed, long until) {
    this.victims = victims;
    this.random = new Random(seed);
    this.until = until;
  }

  /// What was done, for the report; to be read after {@link #run} has returned.
  List<String> deeds() {
    return deeds;
  }

  @Override
  public void run() {
    try {
      rest(500);
      while (System.nanoTime() < until) {
        int pod = random.nextInt(victims.count());
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> killOne(pod);
          case 3, 4, 5 -> pauseOne(pod);
          case 6 -> killTwo(pod);
          default -> killAll();
        }
        rest(1_000 + random.nextInt(2_000));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the nemesis itself failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void killOne(int pod) throws IOException, InterruptedException {
    deeds.add("kill " + pod);
    victims.kill(pod);
    rest(random.nextInt(3_000));
    victims.start(pod);
  }

  private void pauseOne(int pod) throws IOException, InterruptedException {
    deeds.add("pause " + pod);
    victims.pause(pod);
    rest(500 + random.nextInt(4_000));
    victims.resume(pod);
  }

  private void killTwo(int pod) throws IOException, InterruptedException {
    int other = (pod + 1) % victims.count();
    deeds.add("kill " + pod + " and " + other);
    victims.kill(pod);
    victims.kill(other);
    rest(random.nextInt(1_500));
    victims.start(other);
    victims.start(pod);
  }

  private void killAll() throws IOException, InterruptedException {
    deeds.add("kill all");
    for (int i = 0; i < victims.count(); i++) {
      victims.kill(i);
    }
    for (int i = 0; i < victims.count(); i++) {
      victims.start(i);
    }
  }

  /// The pace of harm, not a wait for a condition.
  private static void rest(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }
}
