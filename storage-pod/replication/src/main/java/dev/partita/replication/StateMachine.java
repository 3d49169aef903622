package dev.partita.replication;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/// What a group replicates. All methods are called one at a time by the group's own serial
/// executor, unless their text says otherwise. An exception out of any of them stops the replica: a
/// state machine reports what is expected as values.
public interface StateMachine {

  /// The position that the state reached; read once when the group opens. Everything up to it is in
  /// the state and will not be applied again.
  Position position();

  /// Applies one committed entry, in log order, exactly once as far as {@link #position()}
  /// remembers. The new position must become part of the state in the same atomic write as the
  /// entry's effects.
  ///
  /// @param position of this entry
  /// @param entry the bytes given to {@link Group#propose}; not to be modified
  /// @return what the proposer's future gets; null where nobody asks
  @Nullable Object apply(Position position, byte[] entry);

  /// Passes over an entry without effect (a leadership entry, a membership change, an entry of a
  /// lost epoch). The position may be remembered with the next {@link #apply}.
  void skip(Position position);

  /// This replica leads, and every entry committed before its term is applied. Called after the
  /// leadership entry of this term was applied here.
  ///
  /// @param epoch to be given with every {@link Group#propose} of this leadership
  void leading(long epoch);

  /// This replica does not lead (any more). Proposals of the lost epoch get their outcome through
  /// their futures.
  ///
  /// @param leader where leadership is believed to be; null if unknown
  void following(@Nullable Replica leader);

  /// Opens a consistent image of the whole state at its present position, for a replica that is too
  /// far behind. Called on any thread.
  SnapshotReader openSnapshot();

  /// Starts receiving an image beside the present state, on any thread.
  ///
  /// @throws StagingException if it cannot be received now
  SnapshotWriter stageSnapshot(Position position);

  /// A consistent image, read in bounded pieces.
  interface SnapshotReader extends Closeable {
    /// The position of the image.
    Position position();

    /// The next piece, at most about `maxBytes` long, or null after the last.
    byte @Nullable [] next(int maxBytes);

    @Override
    void close();
  }

  /// Receives an image in pieces on any one thread; {@link #install} alone is called by the group's
  /// executor. Closing without install throws the pieces away.
  interface SnapshotWriter extends Closeable {
    /// Takes the next piece.
    ///
    /// @throws StagingException if the piece cannot be, or must not be kept
    void accept(byte[] piece);

    /// There are no more pieces.
    ///
    /// @throws StagingException if the image is not whole
    void complete();

    /// Replaces the state by the received image, atomically with its position, also across a crash;
    /// durable when it returns.
    void install();

    @Override
    void close();
  }
}
