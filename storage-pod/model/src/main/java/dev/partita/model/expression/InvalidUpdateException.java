package dev.partita.model.expression;

/// Leaves the evaluation of an update that its item does not allow. Never leaves this package.
final class InvalidUpdateException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String text;

  InvalidUpdateException(String text) {
    super(text, null, false, false);
    this.text = text;
  }

  String text() {
    return text;
  }
}
