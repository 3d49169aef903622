package dev.partita.server.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// Writes JSON text in UTF-8 into one growing array. Commas between members and elements are its
/// own business; that objects and arrays are closed is the caller's. Not thread-safe.
///
/// ```java
/// byte[] json =
///     new JsonBuffer().startObject().name("Count").number(1).endObject().toByteArray();
/// ```
public final class JsonBuffer {

  private static final int FIRST_CAPACITY = 512;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private byte[] octets;
  private int length;
  private boolean comma;

  public JsonBuffer() {
    this(FIRST_CAPACITY);
  }

  /// @param expectedLength of the text in bytes; only a hint
  public JsonBuffer(int expectedLength) {
    octets = new byte[Math.max(expectedLength, 64)];
  }

  public JsonBuffer startObject() {
    return open('{');
  }

  public JsonBuffer endObject() {
    return close('}');
  }

  public JsonBuffer startArray() {
    return open('[');
  }

  public JsonBuffer endArray() {
    return close(']');
  }

  /// Name of the member whose value comes next.
  public JsonBuffer name(String name) {
    string(name);
    return afterName();
  }

  /// As {@link #name(String)}, from UTF-8.
  public JsonBuffer name(byte[] utf8, int offset, int count) {
    string(utf8, offset, count);
    return afterName();
  }

  private JsonBuffer afterName() {
    append(':');
    comma = false;
    return this;
  }

  public JsonBuffer string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return string(utf8, 0, utf8.length);
  }

  /// A string that is already UTF-8.
  public JsonBuffer string(byte[] utf8, int offset, int count) {
    separate();
    ensure(count + 2);
    octets[length++] = '"';
    int end = offset + count;
    int clean = offset;
    for (int i = offset; i < end; i++) {
      byte b = utf8[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        copy(utf8, clean, i - clean);
        escape(b);
        clean = i + 1;
      }
    }
    copy(utf8, clean, end - clean);
    append('"');
    comma = true;
    return this;
  }

  /// Bytes as a string in base64.
  public JsonBuffer base64(byte[] bytes) {
    return quoted(Base64.getEncoder().encode(bytes));
  }

  /// Text that needs no escapes, in quotes: digits, base64.
  public JsonBuffer quoted(byte[] ascii) {
    return quoted(ascii, 0, ascii.length);
  }

  /// As {@link #quoted(byte[])}, of a slice.
  public JsonBuffer quoted(byte[] ascii, int offset, int count) {
    separate();
    ensure(count + 2);
    octets[length++] = '"';
    copy(ascii, offset, count);
    append('"');
    comma = true;
    return this;
  }

  /// Text that opens something, as it is: the next value needs no comma.
  public JsonBuffer opening(byte[] json) {
    separate();
    copy(json, 0, json.length);
    comma = false;
    return this;
  }

  public JsonBuffer number(long value) {
    return literal(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
  }

  /// A finite number, with a fraction always: `1.0`, `0.5`.
  public JsonBuffer number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no " + value);
    }
    return literal(Double.toString(value).getBytes(StandardCharsets.US_ASCII));
  }

  /// Milliseconds since 1970 as seconds with three places, DynamoDB's form of a time.
  public JsonBuffer timestamp(long millis) {
    String fraction = Long.toString(1000 + Math.floorMod(millis, 1000L)).substring(1);
    String text = Math.floorDiv(millis, 1000L) + "." + fraction;
    return literal(text.getBytes(StandardCharsets.US_ASCII));
  }

  public JsonBuffer bool(boolean value) {
    return literal(value ? TRUE : FALSE);
  }

  /// JSON that is already text, taken as it is.
  public JsonBuffer literal(byte[] json) {
    separate();
    copy(json, 0, json.length);
    comma = true;
    return this;
  }

  /// Bytes written so far.
  public int length() {
    return length;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(octets, length);
  }

  private JsonBuffer open(char bracket) {
    separate();
    append(bracket);
    comma = false;
    return this;
  }

  private JsonBuffer close(char bracket) {
    append(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      append(',');
    }
  }

  private void escape(byte b) {
    switch (b) {
      case '"', '\\' -> pair(b);
      case '\n' -> pair((byte) 'n');
      case '\r' -> pair((byte) 'r');
      case '\t' -> pair((byte) 't');
      case '\b' -> pair((byte) 'b');
      case '\f' -> pair((byte) 'f');
      default -> {
        ensure(6);
        octets[length++] = '\\';
        octets[length++] = 'u';
        octets[length++] = '0';
        octets[length++] = '0';
        octets[length++] = HEX[b >> 4];
        octets[length++] = HEX[b & 0xF];
      }
    }
  }

  private void pair(byte b) {
    ensure(2);
    octets[length++] = '\\';
    octets[length++] = b;
  }

  private void append(char ascii) {
    ensure(1);
    octets[length++] = (byte) ascii;
  }

  private void copy(byte[] from, int offset, int count) {
    ensure(count);
    System.arraycopy(from, offset, octets, length, count);
    length += count;
  }

  private void ensure(int more) {
    int needed = Math.addExact(length, more);
    if (needed > octets.length) {
      octets = Arrays.copyOf(octets, Math.max(needed, octets.length + (octets.length >> 1)));
    }
  }
}
