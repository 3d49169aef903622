package dev.partita.partition;

import dev.partita.model.value.Bytes;

/// What an entry does to one row. Carries the row's size before, so that item and byte counts
/// follow without a read on the replicas.
sealed interface Effect {

  Bytes rowKey();

  /// Size of the item before, in DynamoDB bytes; 0 where there was none.
  int oldSize();

  /// @param newSize size of the item, in DynamoDB bytes
  /// @param body the item as an encoded attribute map
  record Put(Bytes rowKey, int oldSize, int newSize, Bytes body) implements Effect {}

  record Delete(Bytes rowKey, int oldSize) implements Effect {}
}
