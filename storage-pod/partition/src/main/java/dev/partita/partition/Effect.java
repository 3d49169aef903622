package dev.partita.partition;

import dev.partita.model.value.Bytes;

/// What an entry does to one row. Carries the row's size before, so that counts of items and bytes
/// follow without a read on the replicas.
sealed interface Effect {

  Bytes rowKey();

  /// @param oldSize size of the item before, in DynamoDB bytes; 0 where there was none
  /// @param newSize size of the item, in DynamoDB bytes
  /// @param body the item as an encoded attribute map
  record Put(Bytes rowKey, int oldSize, int newSize, Bytes body) implements Effect {}

  /// @param oldSize as for `Put`
  record Delete(Bytes rowKey, int oldSize) implements Effect {}

  /// An item's entry in a local index.
  ///
  /// @param index the index's number
  /// @param oldSize size of the entry before, in DynamoDB bytes; 0 where there was none
  /// @param newSize size of the entry, in DynamoDB bytes
  /// @param body the projected attributes as an encoded attribute map
  record PutEntry(Bytes rowKey, int index, int oldSize, int newSize, Bytes body)
      implements Effect {}

  /// @param index the index's number
  /// @param oldSize as for `PutEntry`
  record DeleteEntry(Bytes rowKey, int index, int oldSize) implements Effect {}

  /// The record of an item collection; an empty one goes.
  record SetCollection(Bytes rowKey, ItemCollection collection) implements Effect {}

  /// The item that another effect of the entry puts or deletes had this time of expiry before: its
  /// entry in the expiry index goes, unless it is put with the same time again.
  ///
  /// @param seconds since 1970
  record ForgetExpiry(Bytes rowKey, long seconds) implements Effect {}
}
