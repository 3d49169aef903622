package dev.partita.partition;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.item.TtlAttribute;
import dev.partita.model.value.Bytes;
import org.jspecify.annotations.Nullable;

/// How far a replica's expiry index is. Written in one batch with the entries that it tells of.
///
/// ```
/// u8      format version: 1
/// string  attribute
/// bool    whether rows are missing; if so: bytes, the row key from which on they are
/// ```
///
/// @param attribute whose times are in the index
/// @param missingFrom row key from which on rows of before were not looked at yet; null when the
///   index has all
record ExpiryState(TtlAttribute attribute, @Nullable Bytes missingFrom) {

  private static final int FORMAT = 1;
  private static final int EXPECTED_BYTES = 64;

  byte[] encode() {
    ByteWriter out = new ByteWriter(EXPECTED_BYTES);
    out.u8(FORMAT);
    out.string(attribute.name());
    Bytes from = missingFrom;
    out.bool(from != null);
    if (from != null) {
      out.bytes(from);
    }
    return out.toArray();
  }

  /// Throws {@link CorruptDataException} on anything that {@link #encode} does not write.
  static ExpiryState decode(byte[] encoded) {
    ByteReader in = new ByteReader(encoded);
    int format = in.u8();
    if (format != FORMAT) {
      throw new CorruptDataException("unknown format of an expiry index: " + format);
    }
    TtlAttribute attribute = new TtlAttribute(in.string());
    Bytes from = in.bool() ? in.bytes() : null;
    in.done();
    return new ExpiryState(attribute, from);
  }
}
