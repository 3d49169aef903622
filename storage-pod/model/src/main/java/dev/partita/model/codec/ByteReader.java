package dev.partita.model.codec;

import dev.partita.model.error.CorruptDataException;
import dev.partita.model.value.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what {@link ByteWriter} wrote. Every read is checked against the end, and no length that
/// is read is believed before: whatever the bytes are, the only exception is {@link
/// CorruptDataException}, and no more memory is taken than the input has bytes.
public final class ByteReader {

  private final byte[] octets;
  private final int end;
  private int at;

  public ByteReader(byte[] octets) {
    this(octets, 0, octets.length);
  }

  public ByteReader(Bytes value) {
    this(value.unsafeArray());
  }

  public ByteReader(byte[] octets, int offset, int length) {
    if (offset < 0 || length < 0 || length > octets.length - offset) {
      throw new CorruptDataException("no such slice: " + offset + "+" + length);
    }
    this.octets = octets;
    this.at = offset;
    this.end = offset + length;
  }

  public int remaining() {
    return end - at;
  }

  /// Index of the next byte in `array()`.
  public int position() {
    return at;
  }

  /// The array read from; not to be written into.
  public byte[] array() {
    return octets;
  }

  public int u8() {
    need(1);
    return octets[at++] & 0xFF;
  }

  public int u16() {
    return u8() << 8 | u8();
  }

  public int u32() {
    need(4);
    int value =
        octets[at] << 24
            | (octets[at + 1] & 0xFF) << 16
            | (octets[at + 2] & 0xFF) << 8
            | (octets[at + 3] & 0xFF);
    at += 4;
    return value;
  }

  public long u64() {
    long high = u32();
    return high << 32 | (u32() & 0xFFFF_FFFFL);
  }

  public boolean bool() {
    int value = u8();
    if (value > 1) {
      throw new CorruptDataException("neither true nor false: " + value);
    }
    return value == 1;
  }

  /// Unsigned LEB128 in its shortest form.
  ///
  /// @return not negative
  public int varint() {
    int first = u8();
    if (first < 0x80) {
      return first;
    }
    int value = first & 0x7F;
    for (int shift = 7; shift <= 28; shift += 7) {
      int next = u8();
      value |= (next & 0x7F) << shift;
      if (next < 0x80) {
        if (next == 0 || value < 0 || (shift == 28 && next > 0x07)) {
          break;
        }
        return value;
      }
    }
    throw new CorruptDataException("bad varint");
  }

  /// A count of things that take at least one byte each.
  public int count() {
    int count = varint();
    need(count);
    return count;
  }

  /// Skips `count` bytes.
  ///
  /// @return where they start in `array()`
  public int skip(int count) {
    need(count);
    int from = at;
    at += count;
    return from;
  }

  /// A varint length, then as many bytes.
  public Bytes bytes() {
    int count = count();
    int from = skip(count);
    return Bytes.wrap(Arrays.copyOfRange(octets, from, from + count));
  }

  /// A varint length, then UTF-8.
  public String string() {
    int count = count();
    return utf8(octets, skip(count), count);
  }

  /// Everything must have been read.
  public void done() {
    if (at != end) {
      throw new CorruptDataException(remaining() + " bytes too many");
    }
  }

  /// Decodes UTF-8 and refuses what is not.
  public static String utf8(byte[] octets, int offset, int length) {
    String text = new String(octets, offset, length, StandardCharsets.UTF_8);
    // Malformed input turns into U+FFFD; seldom it is there by right.
    if (text.indexOf('\uFFFD') >= 0) {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(octets, offset, length))
            .toString();
      } catch (CharacterCodingException e) {
        throw new CorruptDataException("not UTF-8: " + e.getMessage());
      }
    }
    return text;
  }

  private void need(int count) {
    if (count < 0 || count > end - at) {
      throw new CorruptDataException("cut off: " + count + " wanted, " + (end - at) + " there");
    }
  }
}
