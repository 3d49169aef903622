package dev.partita.model.command;

import dev.partita.model.value.Bytes;

/// Answer to a point read.
public sealed interface ReadOutcome {

  /// @param stored the stored item: header and attributes (see `StoredItem`)
  record Found(Bytes stored) implements ReadOutcome {}

  record Missing() implements ReadOutcome {
    public static final Missing INSTANCE = new Missing();
  }

  /// No replica could answer in time. SDKs retry.
  record Unavailable(String reason) implements ReadOutcome {}
}
