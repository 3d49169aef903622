package dev.partita.replication;

/// Where a state machine stands in its group's log.
///
/// @param index log index of the last applied entry; 0 before the first
/// @param epoch log index of the last applied leadership entry; 0 before the first. An entry
///   decided under another epoch than the one it is applied in has no effect: it was decided on an
///   image that may have lost its tail.
public record Position(long index, long epoch) {
  public static final Position START = new Position(0, 0);

  public Position {
    if (index < 0 || epoch < 0 || epoch > index) {
      throw new IllegalArgumentException("no position: index " + index + ", epoch " + epoch);
    }
  }
}
