package dev.partita.model.key;

import dev.partita.model.codec.ByteWriter;
import dev.partita.model.value.AttributeValue;
import java.nio.charset.StandardCharsets;

/// The bytes of one key value inside a row key. They order as the values do, within one type, and
/// tell where they end, so that whatever follows does not disturb the order.
///
/// ```
/// N   10  number code
/// S   20  UTF-8, with 00 written as 00 FF   00 01
/// B   30  bytes, with 00 written as 00 FF   00 01
/// ```
///
/// The end `00 01` lies below everything that may continue a longer value. UTF-8 orders as code
/// points do, which `String.compareTo` does not.
final class KeyCode {

  private static final int NUMBER = 0x10;
  private static final int STRING = 0x20;
  private static final int BINARY = 0x30;

  private static final int ESCAPED_ZERO = 0xFF;
  private static final int END = 0x01;

  private KeyCode() {}

  /// @param value S, N or B
  static void append(AttributeValue value, ByteWriter out) {
    switch (value) {
      case AttributeValue.N n -> {
        byte[] code = n.value().unsafeCode();
        out.u8(NUMBER);
        out.raw(code, 0, code.length);
      }
      case AttributeValue.S s -> {
        out.u8(STRING);
        escaped(s.value().getBytes(StandardCharsets.UTF_8), out);
      }
      case AttributeValue.B b -> {
        out.u8(BINARY);
        escaped(b.value().unsafeArray(), out);
      }
      case AttributeValue.Bool _,
          AttributeValue.Null _,
          AttributeValue.SS _,
          AttributeValue.NS _,
          AttributeValue.BS _,
          AttributeValue.L _,
          AttributeValue.M _ ->
          throw new IllegalArgumentException("a key of type " + value.type());
    }
  }

  private static void escaped(byte[] octets, ByteWriter out) {
    int from = 0;
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == 0) {
        out.raw(octets, from, i + 1 - from);
        out.u8(ESCAPED_ZERO);
        from = i + 1;
      }
    }
    out.raw(octets, from, octets.length - from);
    out.u8(0);
    out.u8(END);
  }
}
