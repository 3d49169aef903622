package dev.partita.server.json;

/// Text that UTF-8 cannot hold: half of a surrogate pair. JSON's `\\u` escapes can spell it;
/// stored, it would come back as another string, so it is refused.
final class Surrogates {

  private Surrogates() {}

  static void check(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw Serialization.error("");
        }
        i++;
      }
    }
  }
}
