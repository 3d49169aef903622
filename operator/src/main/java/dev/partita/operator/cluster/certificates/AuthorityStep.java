package dev.partita.operator.cluster.certificates;

import java.time.Duration;
import java.time.Instant;

/// What is next for a cluster's authority. Decided from what is there, so that an operator that was
/// killed in between goes on where the last one was.
public enum AuthorityStep {
  KEEP,
  /// A successor is made and trusted by all.
  ANNOUNCE,
  /// The successor, announced because of its predecessor's age, is now asked for.
  HURRY,
  /// The successor signs.
  SWITCH,
  /// The predecessor is no longer trusted.
  RETIRE;

  /// Applications read the authority when they start, from a Secret: for so long they get both
  /// before the new one signs, unless somebody has asked for the exchange and knows better.
  static final Duration ANNOUNCED_FOR = Duration.ofDays(30);

  /// @param everywhere whether every pod uses the certificates that are in the Secrets, and so also
  ///   trusts what is in them
  /// @param asked whether somebody wants the authority exchanged, and has not got it yet
  /// @param hurried whether the exchange that goes on was asked for
  static AuthorityStep of(
      Authorities now, boolean everywhere, boolean asked, boolean hurried, Instant time) {
    if (now.steady()) {
      return asked || !time.isBefore(now.current().own().renewAt()) ? ANNOUNCE : KEEP;
    }
    if (now.next() != null && asked) {
      return HURRY;
    }
    if (!everywhere) {
      return KEEP;
    }
    if (now.next() == null) {
      return RETIRE;
    }
    return early(now, hurried, time) ? KEEP : SWITCH;
  }

  /// Whether there is nothing to do but to wait for a date, if for anything.
  static boolean settled(Authorities now, boolean hurried, Instant time) {
    return now.steady() || early(now, hurried, time);
  }

  /// Whether a successor is announced whose time has not come.
  private static boolean early(Authorities now, boolean hurried, Instant time) {
    return now.next() != null
        && !hurried
        && time.isBefore(now.next().own().notBefore().plus(ANNOUNCED_FOR));
  }
}
