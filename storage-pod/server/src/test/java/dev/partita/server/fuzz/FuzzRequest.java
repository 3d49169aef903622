package dev.partita.server.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One input: an operation and the body that it is sent.
record FuzzRequest(String operation, byte[] body) {

  private static final int SHOWN_CHARACTERS = 4_000;

  /// The input of a seed.
  static FuzzRequest of(long seed) {
    Chance chance = new Chance(seed);
    FuzzRequest sound = new FuzzBodies(chance).next();
    if (!chance.isCareless() || chance.oneIn(2)) {
      return sound;
    }
    byte[] other = new FuzzBodies(chance).next().body();
    return new FuzzRequest(sound.operation(), Damage.of(sound.body(), other, chance));
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof FuzzRequest(String name, byte[] bytes)
        && name.equals(operation)
        && Arrays.equals(bytes, body);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(body);
  }

  /// The input as a person reads it.
  @Override
  public String toString() {
    String text = new String(body, StandardCharsets.UTF_8);
    return operation
        + " ("
        + body.length
        + " bytes) "
        + (text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text);
  }
}
