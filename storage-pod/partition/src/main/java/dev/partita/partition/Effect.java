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

  /// The item that another effect of the entry puts or deletes had this time of expiry before: its
  /// entry in the expiry index goes, unless it is put with the same time again.
  ///
  /// @param seconds since 1970
  record ForgetExpiry(Bytes rowKey, long seconds) implements Effect {
    @Override
    public int oldSize() {
      return 0;
    }
  }
}
