package dev.partita.partition;

import dev.partita.engine.ItemStore;
import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.StoredItem;
import dev.partita.model.item.TtlAttribute;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.value.AttributeValue;
import dev.partita.partition.ExpiryKeys.Due;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Deletes a partition's expired items through the log, as its leader: each under the condition
/// that it still says what the index says, so that an item that was given another time meanwhile is
/// left alone.
final class Expiration {

  private final ItemStore store;
  private final Applier applier;
  private final Lane lane;
  private volatile @Nullable TableDefinition table;

  Expiration(ItemStore store, Applier applier, Lane lane) {
    this.store = store;
    this.applier = applier;
    this.lane = lane;
  }

  /// Nothing is deleted before this was called.
  void follow(TableDefinition definition) {
    table = definition;
  }

  /// Deletes what is due. Reads the disk: not for event loops.
  ///
  /// @param now in seconds since 1970
  /// @param limit items at most
  Expiring run(long now, int limit) {
    TtlAttribute attribute = applier.expiry().attribute();
    TableDefinition definition = table;
    if (attribute == null || definition == null || !lane.leads()) {
      return Expiring.NOTHING;
    }
    List<Request> requests = new ArrayList<>();
    List<Due> outdated = new ArrayList<>();
    List<Due> found = applier.expiry().due(now, limit);
    for (Due due : found) {
      byte[] stored = store.get(due.rowKey().unsafeArray());
      if (stored == null || ExpiryIndex.of(attribute, stored) != due.seconds()) {
        outdated.add(due);
      } else {
        requests.add(Request.of(due.rowKey(), delete(definition, attribute, due, stored)));
      }
    }
    if (!outdated.isEmpty()) {
      applier.forgetExpiry(outdated);
    }
    lane.submitAll(requests);
    List<CompletableFuture<Reply<WriteOutcome>>> replies =
        requests.stream().map(Request::reply).toList();
    return new Expiring(
        replies.size(),
        CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
            .handle(
                (_, _) -> {
                  int deleted = (int) replies.stream().filter(Expiration::isDeleted).count();
                  if (!found.isEmpty() && deleted == replies.size()) {
                    applier.expiry().done(found.getLast());
                  }
                  return deleted;
                }));
  }

  private WriteCommand delete(
      TableDefinition definition, TtlAttribute attribute, Due due, byte[] stored) {
    Map<String, AttributeValue> item =
        ItemCodec.decode(stored, StoredItem.HEADER_BYTES, stored.length - StoredItem.HEADER_BYTES);
    String range = definition.rangeKey();
    PrimaryKey key =
        new PrimaryKey(
            definition.hashKey(),
            value(item, definition.hashKey()),
            range,
            range == null ? null : value(item, range));
    return new WriteCommand.Delete(
        applier.state().descriptor().tableId(),
        key,
        attribute.expiresAt(due.seconds()),
        ReturnValues.NONE,
        false);
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String attribute) {
    AttributeValue value = item.get(attribute);
    if (value == null) {
      throw new IllegalStateException("an item without its key attribute " + attribute);
    }
    return value;
  }

  private static boolean isDeleted(CompletableFuture<Reply<WriteOutcome>> reply) {
    return !reply.isCompletedExceptionally()
        && reply.join() instanceof Reply.Answer<WriteOutcome>(WriteOutcome.Written _);
  }
}
