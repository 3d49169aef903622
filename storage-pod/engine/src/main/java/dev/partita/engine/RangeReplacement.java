package dev.partita.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The intent to replace a range, as it is kept in the store until the replacement is complete.
///
/// ```
/// version u8 = 1 | from bytes | to bytes | metaKey bytes | metaValue bytes | files u32 | file names bytes…
/// bytes = length u32, octets; integers are big-endian; names are relative to the staging folder
/// ```
record RangeReplacement(
    byte[] from, byte[] to, List<String> files, byte[] metaKey, byte[] metaValue) {

  private static final byte VERSION = 1;

  byte[] encode() {
    List<byte[]> names = files.stream().map(file -> file.getBytes(StandardCharsets.UTF_8)).toList();
    int size = 1 + 4 * 5 + from.length + to.length + metaKey.length + metaValue.length;
    for (byte[] name : names) {
      size += 4 + name.length;
    }
    ByteBuffer out = ByteBuffer.allocate(size).put(VERSION);
    put(out, from);
    put(out, to);
    put(out, metaKey);
    put(out, metaValue);
    out.putInt(names.size());
    names.forEach(name -> put(out, name));
    return out.array();
  }

  static RangeReplacement decode(byte[] encoded) {
    try {
      ByteBuffer in = ByteBuffer.wrap(encoded);
      byte version = in.get();
      if (version != VERSION) {
        throw new CorruptStoreException("unknown version of a replacement intent: " + version);
      }
      byte[] from = get(in);
      byte[] to = get(in);
      byte[] metaKey = get(in);
      byte[] metaValue = get(in);
      int count = in.getInt();
      List<String> files = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        files.add(new String(get(in), StandardCharsets.UTF_8));
      }
      return new RangeReplacement(from, to, files, metaKey, metaValue);
    } catch (java.nio.BufferUnderflowException | IllegalArgumentException e) {
      throw new CorruptStoreException("unreadable replacement intent", e);
    }
  }

  List<Path> paths(Path folder) {
    return files.stream().map(folder::resolve).toList();
  }

  private static void put(ByteBuffer out, byte[] octets) {
    out.putInt(octets.length).put(octets);
  }

  private static byte[] get(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("length " + length + " of " + in.remaining());
    }
    byte[] octets = new byte[length];
    in.get(octets);
    return octets;
  }
}
