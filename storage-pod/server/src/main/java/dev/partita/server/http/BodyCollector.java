package dev.partita.server.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/// Collects a request body in one array that grows with what really came: a length that is only
/// announced costs nothing.
final class BodyCollector {

  private static final byte[] NONE = new byte[0];
  private static final int FIRST_BYTES = 16 * 1024;

  private final int announced;
  private byte[] octets = NONE;
  private int length;

  /// @param announced value of `Content-Length`, -1 where there is none
  BodyCollector(int announced) {
    this.announced = announced;
  }

  /// Bytes of memory that {@link #add} would take in addition.
  int growth(Buffer chunk) {
    return capacityFor(length + chunk.length()) - octets.length;
  }

  void add(Buffer chunk) {
    int needed = length + chunk.length();
    int capacity = capacityFor(needed);
    if (capacity > octets.length) {
      octets = Arrays.copyOf(octets, capacity);
    }
    chunk.getBytes(octets, length);
    length = needed;
  }

  private int capacityFor(int needed) {
    if (needed <= octets.length) {
      return octets.length;
    }
    if (announced >= needed && announced <= Math.max(FIRST_BYTES, 2 * needed)) {
      return announced;
    }
    return Math.max(needed, Math.max(FIRST_BYTES, 2 * octets.length));
  }

  int length() {
    return length;
  }

  byte[] toByteArray() {
    return length == octets.length ? octets : Arrays.copyOf(octets, length);
  }
}
