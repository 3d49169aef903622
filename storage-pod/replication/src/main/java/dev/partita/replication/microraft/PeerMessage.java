package dev.partita.replication.microraft;

import dev.partita.replication.Position;
import io.microraft.model.message.RaftMessage;

/// What travels between the replicas of one group.
sealed interface PeerMessage {

  /// Consensus.
  record Raft(RaftMessage message) implements PeerMessage {}

  /// Asks for a piece of an image of the state; piece 0 opens the image.
  ///
  /// @param fetch drawn by the receiver, names the transfer
  /// @param atLeast the image must stand at this log index or behind it
  /// @param piece asked again if the answer does not come; a piece behind it acknowledges it
  record Fetch(long fetch, long atLeast, int piece) implements PeerMessage {}

  /// @param position of the image, the same in all its pieces
  /// @param last no data in it: the image is complete
  record Piece(long fetch, int piece, Position position, boolean last, byte[] data)
      implements PeerMessage {}

  /// The image cannot be had here and now: too many are being sent, or the transfer is not known.
  record NoImage(long fetch) implements PeerMessage {}
}
