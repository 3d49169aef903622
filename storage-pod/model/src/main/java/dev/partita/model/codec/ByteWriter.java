package dev.partita.model.codec;

import dev.partita.model.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing byte array that encoders append to. Integers are big-endian, so that their unsigned
/// order is the order of their bytes. Not for use by several threads.
public final class ByteWriter {

  /// Strings up to this many UTF-16 units take at most 126 bytes of UTF-8, so that their length
  /// fits a one-byte varint and they can be encoded in place.
  private static final int SHORT_STRING = 42;

  private byte[] octets;
  private int length;

  /// @param expected bytes to make room for at first
  public ByteWriter(int expected) {
    octets = new byte[Math.max(expected, 16)];
  }

  public int length() {
    return length;
  }

  /// Forgets what was written, keeps the room.
  public void clear() {
    length = 0;
  }

  public void u8(int value) {
    room(1);
    octets[length++] = (byte) value;
  }

  public void u16(int value) {
    room(2);
    octets[length++] = (byte) (value >>> 8);
    octets[length++] = (byte) value;
  }

  public void u32(int value) {
    room(4);
    octets[length++] = (byte) (value >>> 24);
    octets[length++] = (byte) (value >>> 16);
    octets[length++] = (byte) (value >>> 8);
    octets[length++] = (byte) value;
  }

  public void u64(long value) {
    u32((int) (value >>> 32));
    u32((int) value);
  }

  public void bool(boolean value) {
    u8(value ? 1 : 0);
  }

  /// Unsigned LEB128.
  ///
  /// @param value not negative
  public void varint(int value) {
    room(5);
    int rest = value;
    while (rest > 0x7F) {
      octets[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    octets[length++] = (byte) rest;
  }

  public void raw(byte[] source, int offset, int count) {
    room(count);
    System.arraycopy(source, offset, octets, length, count);
    length += count;
  }

  /// A varint length, then the bytes.
  public void bytes(byte[] source, int offset, int count) {
    varint(count);
    raw(source, offset, count);
  }

  /// A varint length, then the bytes.
  public void bytes(Bytes value) {
    bytes(value.unsafeArray(), 0, value.length());
  }

  /// A varint length, then UTF-8. An unpaired surrogate becomes `?`, as `String.getBytes` has it.
  ///
  /// @return how many bytes of UTF-8 were written
  public int string(String value) {
    return string(value, 0);
  }

  /// As `string`, but with the length raised by one, so that 0 can mark the end of a sequence.
  ///
  /// @return how many bytes of UTF-8 were written
  public int stringOrEnd(String value) {
    return string(value, 1);
  }

  private int string(String value, int lengthOffset) {
    int units = value.length();
    if (units > SHORT_STRING) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      varint(utf8.length + lengthOffset);
      raw(utf8, 0, utf8.length);
      return utf8.length;
    }
    room(1 + 3 * units);
    int lengthAt = length;
    int at = length + 1;
    for (int i = 0; i < units; i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        octets[at++] = (byte) c;
      } else if (c < 0x800) {
        octets[at++] = (byte) (0xC0 | (c >> 6));
        octets[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        octets[at++] = (byte) (0xE0 | (c >> 12));
        octets[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        octets[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < units
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        int point = Character.toCodePoint(c, value.charAt(++i));
        octets[at++] = (byte) (0xF0 | (point >> 18));
        octets[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        octets[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        octets[at++] = (byte) (0x80 | (point & 0x3F));
      } else {
        octets[at++] = '?';
      }
    }
    int count = at - lengthAt - 1;
    octets[lengthAt] = (byte) (count + lengthOffset);
    length = at;
    return count;
  }

  /// Overwrites eight bytes already written.
  public void putU64(int at, long value) {
    int end = length;
    length = at;
    u64(value);
    length = end;
  }

  public byte[] toArray() {
    return Arrays.copyOf(octets, length);
  }

  public Bytes toBytes() {
    return Bytes.wrap(toArray());
  }

  /// The array behind, valid up to `length()` until the next write.
  public byte[] unsafeArray() {
    return octets;
  }

  private void room(int count) {
    if (count > octets.length - length) {
      octets = Arrays.copyOf(octets, Math.max(Math.addExact(length, count), octets.length * 2));
    }
  }
}
