package dev.partita.server.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// Inflates request bodies, never beyond a bound.
final class Inflater {

  private static final int BUFFER_BYTES = 16 * 1024;

  private Inflater() {}

  /// @param gzip one or more gzip members
  /// @param maxBytes of the result
  /// @throws TooLarge beyond the bound
  /// @throws IOException if the bytes are no whole gzip stream
  static byte[] gunzip(byte[] gzip, int maxBytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip), BUFFER_BYTES)) {
      byte[] octets = new byte[Math.min(maxBytes, Math.max(BUFFER_BYTES, gzip.length * 2))];
      int length = 0;
      while (true) {
        int read = in.read(octets, length, octets.length - length);
        if (read < 0) {
          return Arrays.copyOf(octets, length);
        }
        length += read;
        if (length == octets.length) {
          if (length == maxBytes) {
            if (in.read() >= 0) {
              throw new TooLarge();
            }
            return octets;
          }
          octets = Arrays.copyOf(octets, (int) Math.min(maxBytes, 2L * length));
        }
      }
    }
  }

  /// The inflated body is larger than allowed.
  static final class TooLarge extends IOException {}
}
