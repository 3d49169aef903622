package dev.partita.server.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Damages the bytes of a body, as broken and hostile clients do.
final class Damage {

  private static final List<Integer> REPETITIONS =
      List.of(1, 1, 1, 1, 2, 2, 2, 3, 10, 10, 10, 300, 300, 3_000);
  private static final List<String> PIECES =
      List.of(
          "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", "null", "1e", "-", "\0",
          "\ufeff", "[[", "{\"a\":", "//", "'", "NaN", " ");

  /// What UTF-8 does not have.
  private static final byte[][] NOT_UTF8 = {
    {(byte) 0xff},
    {(byte) 0xc0, (byte) 0x80},
    {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
    {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xe2, (byte) 0x82},
    {(byte) 0x80}
  };

  /// Bytes that a damaged body may grow to.
  private static final int MAX_BYTES = 256 << 10;

  private Damage() {}

  /// @param other a second body, to be spliced in
  static byte[] of(byte[] body, byte[] other, Chance chance) {
    byte[] damaged = body;
    for (int i = 1 + chance.below(3); i > 0; i--) {
      byte[] next = once(damaged, other, chance);
      damaged = next.length == 0 || next.length > MAX_BYTES ? damaged : next;
    }
    return damaged;
  }

  private static byte[] once(byte[] body, byte[] other, Chance chance) {
    int at = chance.below(body.length + 1);
    int end = Math.min(body.length, at + chance.below(40));
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 64);
    out.write(body, 0, at);
    switch (chance.below(6)) {
      case 0 -> {
        return out.toByteArray();
      }
      case 1 -> {}
      case 2 -> {
        for (int i = chance.of(REPETITIONS); i > 0; i--) {
          out.write(body, at, end - at);
        }
        end = at;
      }
      case 3 -> {
        out.writeBytes(
            chance.of(PIECES).repeat(chance.of(REPETITIONS)).getBytes(StandardCharsets.UTF_8));
        end = at;
      }
      case 4 -> {
        int from = chance.below(other.length + 1);
        out.write(other, from, other.length - from);
        return out.toByteArray();
      }
      default -> {
        out.writeBytes(NOT_UTF8[chance.below(NOT_UTF8.length)]);
        end = at;
      }
    }
    out.write(body, end, body.length - end);
    return out.toByteArray();
  }
}
