package dev.partita.partition;

import dev.partita.engine.Rows.Cursor;
import dev.partita.model.codec.Checksum;
import dev.partita.replication.Position;
import java.util.concurrent.CancellationException;

/// The sum over all that one replica holds at one position of its log. Two replicas of one group at
/// the same position have the same sum, or one of them is broken.
///
/// @param position what is applied
/// @param rows number of rows
/// @param sum over what the group keeps beside its rows, then every row's key and value in order
public record ReplicaChecksum(Position position, long rows, long sum) {

  /// Reads the rows to the end.
  ///
  /// @param state what the group keeps beside its rows, encoded
  /// @param rows as of `position`; stays open
  /// @throws CancellationException when the thread is interrupted
  public static ReplicaChecksum of(Position position, byte[] state, Cursor rows) {
    Checksum sum = new Checksum();
    sum.add(state);
    long count = 0;
    while (rows.next()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted after " + count + " rows");
      }
      sum.add(rows.key());
      sum.add(rows.value());
      count++;
    }
    return new ReplicaChecksum(position, count, sum.value());
  }
}
