package dev.partita.operator.table;

/// What a condition is to say.
///
/// @param reason one word in UpperCamelCase, documented in `docs/operations/tables.md`
/// @param message a sentence
record Claim(Truth truth, String reason, String message) {

  enum Truth {
    TRUE,
    FALSE,
    UNKNOWN
  }

  static Claim yes(String reason, String message) {
    return new Claim(Truth.TRUE, reason, message);
  }

  static Claim no(String reason, String message) {
    return new Claim(Truth.FALSE, reason, message);
  }

  static Claim unknown(String reason, String message) {
    return new Claim(Truth.UNKNOWN, reason, message);
  }
}
