package dev.partita.operator.dynamo;

/// A pair of capacities for reads and writes, in units per second. -1 stands for no bound where the
/// API has such a thing.
public record Units(long read, long write) {

  /// No bound, in OnDemandThroughput.
  public static final long UNBOUNDED = -1;

  public static final Units ZERO = new Units(0, 0);

  public static final Units NO_BOUND = new Units(UNBOUNDED, UNBOUNDED);
}
