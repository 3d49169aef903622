package dev.partita.e2e.kubernetes;

import java.util.Map;

/// What a Secret holds, as text.
record Values(String secret, Map<String, String> all) {

  /// @throws AssertionError if there is no such value
  String get(String key) {
    String value = all.get(key);
    if (value == null) {
      throw new AssertionError("Secret " + secret + " has no " + key + " but " + all.keySet());
    }
    return value;
  }
}
