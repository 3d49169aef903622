package dev.partita.replication;

import org.jspecify.annotations.Nullable;

/// Answer to {@link Group#readPermit}.
public sealed interface ReadPermit {

  /// The replica led at some moment after the call, and every entry committed before that moment is
  /// applied: reading the state now is linearizable.
  record Granted() implements ReadPermit {
    public static final Granted INSTANCE = new Granted();
  }

  /// The replica does not lead, or could not confirm that it does.
  record NotLeader(@Nullable Replica leader) implements ReadPermit {}

  /// Too many reads wait for confirmation.
  record Refused(String reason) implements ReadPermit {}
}
