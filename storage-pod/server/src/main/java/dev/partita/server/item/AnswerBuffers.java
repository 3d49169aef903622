package dev.partita.server.item;

import dev.partita.model.item.JsonLength;
import dev.partita.model.value.Bytes;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.operation.AnswerMemory;
import java.util.List;

/// Buffers for answers with items. One that may become long is measured, and has its memory, before
/// anything is written: a buffer that grows to it has twice as much for a moment, on every thread.
final class AnswerBuffers {

  /// Encoded bytes up to which the length of an answer is guessed. Its JSON is 36 times as long at
  /// most, and as a rule little longer.
  static final int MAX_GUESSED_BYTES = 64 * 1024;

  /// Bytes of an answer besides its items: names, capacity.
  private static final int OVERHEAD_BYTES = 512;

  /// The same where little memory is no concern: with the key of a page's end.
  private static final int LONG_OVERHEAD_BYTES = 32 * 1024;

  private AnswerBuffers() {}

  /// For encoded attribute maps.
  static JsonBuffer of(List<Bytes> items, AnswerMemory memory) {
    int encoded = 0;
    for (Bytes item : items) {
      encoded += item.length();
    }
    if (encoded <= MAX_GUESSED_BYTES) {
      return guessed(encoded);
    }
    long json = 0;
    for (Bytes item : items) {
      json += JsonLength.of(item) + 1;
    }
    return taken(json, memory);
  }

  /// For one encoded attribute map.
  static JsonBuffer of(byte[] octets, int offset, int length, AnswerMemory memory) {
    return length <= MAX_GUESSED_BYTES
        ? guessed(length)
        : taken(JsonLength.of(octets, offset, length), memory);
  }

  static JsonBuffer guessed(int encoded) {
    return new JsonBuffer(encoded * 5 / 4 + OVERHEAD_BYTES);
  }

  /// @param json bytes of the items
  static JsonBuffer taken(long json, AnswerMemory memory) {
    int bytes = Math.toIntExact(json + LONG_OVERHEAD_BYTES);
    memory.take(bytes);
    return new JsonBuffer(bytes);
  }
}
