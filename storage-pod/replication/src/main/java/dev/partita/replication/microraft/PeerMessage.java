package dev.partita.replication.microraft;

import dev.partita.replication.Position;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.RaftMessage;
import java.util.List;

/// What travels between the replicas of one group.
sealed interface PeerMessage {

  /// Consensus.
  record Raft(RaftMessage message) implements PeerMessage {}

  /// Asks for a piece of an image of the state; piece 0 opens the image. Once the image is
  /// complete, further pieces bring the entries that were applied since.
  ///
  /// @param fetch drawn by the receiver, names the transfer
  /// @param atLeast the image must stand at this log index or behind it
  /// @param piece asked again if the answer does not come; a piece behind it acknowledges it
  record Fetch(long fetch, long atLeast, int piece) implements PeerMessage {}

  /// Ends a transfer: the receiver has what it needs, or needs it no more.
  record Fetched(long fetch) implements PeerMessage {}

  /// A piece of an image.
  ///
  /// @param position of the image, the same in all its pieces
  /// @param term of the log entry at that position
  /// @param last no data in it: the image is complete
  record Piece(long fetch, int piece, Position position, int term, boolean last, byte[] data)
      implements PeerMessage {}

  /// What was applied behind the image, as far as it was not sent before.
  ///
  /// @param entries committed log entries without a gap; empty if there are none just now
  record Tail(long fetch, int piece, List<LogEntry> entries) implements PeerMessage {}

  /// The image cannot be had here and now: too many are being sent, or the transfer is not known.
  record NoImage(long fetch) implements PeerMessage {}
}
