package dev.partita.server.cli;

/// Something that whoever typed the command can put right: ends the process with one line.
final class UserError extends RuntimeException {

  /// The process cannot do what was asked: a port in use, a folder that is locked.
  static final int CANNOT = 1;

  /// What was asked makes no sense: an unknown option, a broken manifest.
  static final int USAGE = 2;

  private final int exitCode;

  UserError(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }

  /// Never null.
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
