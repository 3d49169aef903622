package dev.partita.server.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/// Makes ids for `x-amzn-RequestId`: 52 upper-case letters and digits. They tell requests apart in
/// logs and keep no secret.
final class RequestIds {

  private static final int LENGTH = 52;
  private static final byte[] ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".getBytes(StandardCharsets.US_ASCII);

  /// Digits that one random long is good for: 36^12 < 2^63.
  private static final int PER_LONG = 12;

  private RequestIds() {}

  static String next() {
    byte[] id = new byte[LENGTH];
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long bits = 0;
    for (int i = 0; i < LENGTH; i++) {
      if (i % PER_LONG == 0) {
        bits = random.nextLong() >>> 1;
      }
      id[i] = ALPHABET[(int) (bits % ALPHABET.length)];
      bits /= ALPHABET.length;
    }
    return new String(id, StandardCharsets.ISO_8859_1);
  }
}
