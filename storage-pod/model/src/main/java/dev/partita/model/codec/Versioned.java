package dev.partita.model.codec;

import dev.partita.model.error.CorruptDataException;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The frame of the small formats: a version byte, the content, nothing behind it.
public final class Versioned {

  private static final int TYPICAL_BYTES = 256;

  private Versioned() {}

  public static <T> byte[] encode(int version, T value, BiConsumer<T, ByteWriter> content) {
    ByteWriter out = new ByteWriter(TYPICAL_BYTES);
    out.u8(version);
    content.accept(value, out);
    return out.toArray();
  }

  /// @throws CorruptDataException if the bytes are of another version, or not the content, or more
  public static <T> T decode(int version, byte[] octets, Function<ByteReader, T> content) {
    ByteReader in = new ByteReader(octets);
    int found = in.u8();
    if (found != version) {
      throw new CorruptDataException("version " + found + " where " + version + " is known");
    }
    T value = content.apply(in);
    in.done();
    return value;
  }

  /// As `decode`, for a format of which older versions are read too.
  ///
  /// @param newest the highest version known; the lowest is 1
  /// @param content is told the version found
  /// @throws CorruptDataException if the bytes are of another version, or not the content, or more
  public static <T> T decodeUpTo(int newest, byte[] octets, Content<T> content) {
    ByteReader in = new ByteReader(octets);
    int found = in.u8();
    if (found < 1 || found > newest) {
      throw new CorruptDataException("version " + found + " where 1 to " + newest + " are known");
    }
    T value = content.read(found, in);
    in.done();
    return value;
  }

  /// Reads the content of one version.
  @FunctionalInterface
  public interface Content<T> {
    T read(int version, ByteReader in);
  }
}
