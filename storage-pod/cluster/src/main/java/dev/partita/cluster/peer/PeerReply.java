package dev.partita.cluster.peer;

/// What became of a request to another pod.
public sealed interface PeerReply {

  /// @param body the answer
  record Answer(byte[] body) implements PeerReply {}

  /// It never left this pod and has no effect: no connection.
  record Unreachable(String reason) implements PeerReply {}

  /// It was not begun and has no effect: a bound is reached here or there.
  record Busy(String reason) implements PeerReply {}

  /// It left this pod and no answer came: whether it has an effect is unknown.
  record Lost(String reason) implements PeerReply {}
}
