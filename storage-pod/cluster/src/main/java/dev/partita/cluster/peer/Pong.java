package dev.partita.cluster.peer;

/// The body of an answer to a ping: empty, or one byte `01` from a pod that will soon go. What is
/// longer or another byte comes from a newer pod and says nothing to this one.
final class Pong {
  private static final byte LEAVING = 1;

  private Pong() {}

  static byte[] encode(boolean leaving) {
    return leaving ? new byte[] {LEAVING} : new byte[0];
  }

  static boolean leaving(byte[] body) {
    return body.length == 1 && body[0] == LEAVING;
  }
}
