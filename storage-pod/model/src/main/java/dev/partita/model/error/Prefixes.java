package dev.partita.model.error;

/// What many texts begin with.
final class Prefixes {

  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String NOT_VALID = "One or more parameter values are not valid. ";

  private Prefixes() {}

  static String invalid(String what) {
    return INVALID + what;
  }

  /// The younger prefix, of values that keys cannot have.
  static String notValid(String what) {
    return NOT_VALID + what;
  }
}
