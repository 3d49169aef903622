package dev.partita.model.key;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import dev.partita.model.value.NumberCode;
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

  /// The bytes with which the codes of all values begin that begin with `value`.
  ///
  /// @param value S or B
  static void appendPrefix(AttributeValue value, ByteWriter out) {
    switch (value) {
      case AttributeValue.S s -> {
        out.u8(STRING);
        escape(s.value().getBytes(StandardCharsets.UTF_8), out);
      }
      case AttributeValue.B b -> {
        out.u8(BINARY);
        escape(b.value().unsafeArray(), out);
      }
      case AttributeValue.N _,
          AttributeValue.Bool _,
          AttributeValue.Null _,
          AttributeValue.SS _,
          AttributeValue.NS _,
          AttributeValue.BS _,
          AttributeValue.L _,
          AttributeValue.M _ ->
          throw new IllegalArgumentException("a prefix of type " + value.type());
    }
  }

  /// Reads the code that starts at the reader's position, and nothing behind it.
  ///
  /// @throws CorruptDataException if none does
  static AttributeValue read(ByteReader in) {
    int type = in.u8();
    return switch (type) {
      case NUMBER -> {
        int end = NumberCode.end(in.array(), in.position(), in.position() + in.remaining());
        int length = end - in.position();
        yield new AttributeValue.N(DynamoNumber.ofCode(in.array(), in.skip(length), length));
      }
      case STRING -> {
        byte[] octets = unescaped(in);
        yield new AttributeValue.S(ByteReader.utf8(octets, 0, octets.length));
      }
      case BINARY -> new AttributeValue.B(Bytes.wrap(unescaped(in)));
      default -> throw new CorruptDataException("a key value of type " + type);
    };
  }

  /// Index behind the code that starts at `at`; for keys that were made here.
  static int end(byte[] key, int at) {
    if (key[at] == NUMBER) {
      return NumberCode.end(key, at + 1, key.length);
    }
    int i = at + 1;
    while (key[i] != 0 || key[i + 1] != END) {
      i += key[i] == 0 ? 2 : 1;
    }
    return i + 2;
  }

  private static byte[] unescaped(ByteReader in) {
    ByteWriter out = new ByteWriter(in.remaining());
    while (true) {
      int octet = in.u8();
      if (octet == 0) {
        int next = in.u8();
        if (next == END) {
          return out.toArray();
        }
        if (next != ESCAPED_ZERO) {
          throw new CorruptDataException("a zero before " + next + " in a key");
        }
      }
      out.u8(octet);
    }
  }

  private static void escaped(byte[] octets, ByteWriter out) {
    escape(octets, out);
    out.u8(0);
    out.u8(END);
  }

  private static void escape(byte[] octets, ByteWriter out) {
    int from = 0;
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == 0) {
        out.raw(octets, from, i + 1 - from);
        out.u8(ESCAPED_ZERO);
        from = i + 1;
      }
    }
    out.raw(octets, from, octets.length - from);
  }
}
