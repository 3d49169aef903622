package dev.partita.cluster.peer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// First frame of either side of a connection: who speaks, and to whom.
///
/// ```
/// 8 bytes  "partita\0"
/// u8       version of the conversation, 2
/// u16 + UTF-8  name of the cluster
/// u16 + UTF-8  name of the pod that speaks
/// u16 + UTF-8  name of the pod that is meant
/// u16 + UTF-8  id of the data of the pod that speaks
/// ```
///
/// @param cluster name of the cluster
/// @param from pod that speaks
/// @param to pod that is meant
/// @param data drawn when the data folder of `from` was made, see {@link Acquaintances}
record Hello(String cluster, String from, String to, String data) {
  private static final byte[] MAGIC = "partita\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte VERSION = 2;

  /// The hello of the pod that is meant.
  Hello answerWith(String itsData) {
    return new Hello(cluster, to, from, itsData);
  }

  byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    out.writeBytes(MAGIC);
    out.write(VERSION);
    for (String name : new String[] {cluster, from, to, data}) {
      byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
      out.write(utf8.length >>> 8);
      out.write(utf8.length);
      out.writeBytes(utf8);
    }
    return out.toByteArray();
  }

  static Hello decode(byte[] body) throws FrameException {
    ByteBuffer in = ByteBuffer.wrap(body);
    byte[] magic = new byte[MAGIC.length];
    if (in.remaining() < MAGIC.length + 1) {
      throw new FrameException("hello of " + body.length + " bytes");
    }
    in.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new FrameException("hello of another product");
    }
    byte version = in.get();
    if (version != VERSION) {
      throw new FrameException("hello of version " + version);
    }
    Hello hello = new Hello(name(in), name(in), name(in), name(in));
    if (in.hasRemaining()) {
      throw new FrameException("hello with bytes behind its end");
    }
    return hello;
  }

  private static String name(ByteBuffer in) throws FrameException {
    if (in.remaining() < 2) {
      throw new FrameException("hello without its names");
    }
    int length = in.getShort() & 0xffff;
    if (length == 0 || in.remaining() < length) {
      throw new FrameException("hello with a name of " + length + " bytes");
    }
    byte[] utf8 = new byte[length];
    in.get(utf8);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new FrameException("hello with a name that is not UTF-8");
    }
  }
}
