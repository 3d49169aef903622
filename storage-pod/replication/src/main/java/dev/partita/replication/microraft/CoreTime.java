package dev.partita.replication.microraft;

import dev.partita.replication.GroupTiming;
import dev.partita.replication.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/// MicroRaft counts heartbeats in whole seconds. Its second is our heartbeat: this clock runs fast
/// by that factor, and delays it asks for are shortened by the same. The clock is monotonic, since
/// a stepped clock would end or prolong leaderships.
final class CoreTime extends Clock {
  private static final long CORE_MILLIS_PER_HEARTBEAT = 1_000;

  /// The core takes time 0 for "never heard of a leader": start far behind it.
  private static final long START_MILLIS = 3_600_000;

  private final Scheduler scheduler;
  private final long origin;
  private final long nanosPerCoreMilli;
  private final long electionCoreMillis;

  CoreTime(Scheduler scheduler, GroupTiming timing) {
    this.scheduler = scheduler;
    this.origin = scheduler.nanoTime();
    this.nanosPerCoreMilli = timing.heartbeat().toNanos() / CORE_MILLIS_PER_HEARTBEAT;
    this.electionCoreMillis = Math.max(1, timing.election().toNanos() / nanosPerCoreMilli);
  }

  @Override
  public long millis() {
    return START_MILLIS + (scheduler.nanoTime() - origin) / nanosPerCoreMilli;
  }

  /// The length of an election in the core's milliseconds.
  long electionMillis() {
    return electionCoreMillis;
  }

  /// Whether a delay is one of the core's election timeouts: those alone are given in milliseconds
  /// and at least this long, heartbeats come in seconds and repetitions are shorter.
  boolean isElection(long delay, TimeUnit unit) {
    return unit == TimeUnit.MILLISECONDS && delay >= electionCoreMillis;
  }

  /// The real time of a delay the core asks for.
  Duration real(long delay, TimeUnit unit) {
    return Duration.ofNanos(Math.multiplyExact(unit.toMillis(delay), nanosPerCoreMilli));
  }

  /// How long ago a reading of this clock was, in real milliseconds.
  long millisSince(long reading) {
    return TimeUnit.NANOSECONDS.toMillis(Math.max(0, millis() - reading) * nanosPerCoreMilli);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
