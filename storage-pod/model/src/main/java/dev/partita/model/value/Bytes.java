package dev.partita.model.value;

import java.util.Arrays;
import java.util.HexFormat;

/// An immutable byte string, ordered by unsigned bytes.
public final class Bytes implements Comparable<Bytes> {

  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] octets;

  private Bytes(byte[] octets) {
    this.octets = octets;
  }

  /// Takes a copy.
  public static Bytes of(byte... octets) {
    return octets.length == 0 ? EMPTY : new Bytes(octets.clone());
  }

  /// Takes a copy of a slice.
  public static Bytes copy(byte[] octets, int offset, int length) {
    return wrap(Arrays.copyOfRange(octets, offset, offset + length));
  }

  /// Takes the array itself: the caller gives it up.
  public static Bytes wrap(byte[] octets) {
    return octets.length == 0 ? EMPTY : new Bytes(octets);
  }

  public int length() {
    return octets.length;
  }

  public byte[] toArray() {
    return octets.clone();
  }

  /// The array behind, for readers that promise not to write into it.
  public byte[] unsafeArray() {
    return octets;
  }

  public static Bytes min(Bytes a, Bytes b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  public static Bytes max(Bytes a, Bytes b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(octets, other.octets);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Bytes b && Arrays.equals(octets, b.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(octets);
  }
}
