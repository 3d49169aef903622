package dev.partita.model.command;

/// The reason of unavailable outcomes of requests whose table was deleted while they were under
/// way.
public final class TableGone {

  public static final String REASON = "the table is deleted";

  private TableGone() {}

  /// Whether there is no such table any more.
  public static boolean isReason(String reason) {
    return reason.equals(REASON);
  }
}
