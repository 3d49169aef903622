package dev.partita.model.command;

/// Tells load from trouble among the reasons of unavailable outcomes: a reason of load begins with
/// {@link #PREFIX}, "too many writes wait for their partition". It travels in the reason, so that
/// pods of different versions understand each other.
public final class Overload {

  public static final String PREFIX = "too many ";

  private Overload() {}

  /// Whether nothing was done because of load.
  public static boolean isReason(String reason) {
    return reason.startsWith(PREFIX);
  }
}
