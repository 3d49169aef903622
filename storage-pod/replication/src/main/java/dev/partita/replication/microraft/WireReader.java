package dev.partita.replication.microraft;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// Reads big-endian fields and never past the end: everything that is not as it should be is a
/// {@link MalformedMessageException}.
final class WireReader {
  private final ByteBuffer in;

  WireReader(byte[] bytes, int length) {
    this.in = ByteBuffer.wrap(bytes, 0, length);
  }

  byte int8() {
    try {
      return in.get();
    } catch (BufferUnderflowException _) {
      throw cutShort();
    }
  }

  boolean bool() {
    byte value = int8();
    if (value != 0 && value != 1) {
      throw new MalformedMessageException("neither true nor false: " + value);
    }
    return value == 1;
  }

  /// An int that is not negative.
  int count() {
    try {
      return notNegative(in.getInt());
    } catch (BufferUnderflowException _) {
      throw cutShort();
    }
  }

  long int64() {
    try {
      return in.getLong();
    } catch (BufferUnderflowException _) {
      throw cutShort();
    }
  }

  /// A long that is not negative.
  long index() {
    long value = int64();
    if (value < 0) {
      throw new MalformedMessageException("negative: " + value);
    }
    return value;
  }

  /// A long that is greater than zero.
  long id() {
    long value = int64();
    if (value <= 0) {
      throw new MalformedMessageException("no id: " + value);
    }
    return value;
  }

  /// `length` bytes, as a copy.
  byte[] bytes(int length) {
    if (length > in.remaining()) {
      throw cutShort();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  int remaining() {
    return in.remaining();
  }

  void end() {
    if (in.hasRemaining()) {
      throw new MalformedMessageException(in.remaining() + " bytes too many");
    }
  }

  private static int notNegative(int value) {
    if (value < 0) {
      throw new MalformedMessageException("negative: " + value);
    }
    return value;
  }

  private static MalformedMessageException cutShort() {
    return new MalformedMessageException("cut short");
  }
}
