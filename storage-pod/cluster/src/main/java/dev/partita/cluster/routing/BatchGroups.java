package dev.partita.cluster.routing;

import dev.partita.cluster.support.SideBySide;
import dev.partita.model.table.PartitionDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// The items of a batch by partition, with their places in the batch.
final class BatchGroups<C, T> {
  private record Group<C>(List<C> items, List<Integer> places) {}

  private final Map<Long, Group<C>> open = new LinkedHashMap<>();
  private final Map<Long, Integer> bytes = new LinkedHashMap<>();
  private final List<Group<C>> all = new ArrayList<>();

  /// @param weight in bytes
  void add(int place, C item, PartitionDescriptor partition, int weight) {
    int before = bytes.getOrDefault(partition.id(), 0);
    Group<C> group = open.get(partition.id());
    if (group == null || before >= RoutingLimits.MAX_BATCH_MESSAGE_BYTES) {
      group = new Group<>(new ArrayList<>(), new ArrayList<>());
      open.put(partition.id(), group);
      all.add(group);
      before = 0;
    }
    group.items().add(item);
    group.places().add(place);
    bytes.put(partition.id(), before + weight);
  }

  /// Asks for all groups side by side and puts the outcomes in the order of the batch.
  CompletableFuture<List<T>> ask(int size, Function<List<C>, CompletableFuture<List<T>>> askGroup) {
    List<CompletableFuture<List<T>>> asked = new ArrayList<>();
    for (Group<C> group : all) {
      asked.add(askGroup.apply(group.items()));
    }
    return SideBySide.all(asked)
        .thenApply(
            outcomes -> {
              Map<Integer, T> placed = new LinkedHashMap<>();
              for (int g = 0; g < all.size(); g++) {
                List<Integer> places = all.get(g).places();
                for (int i = 0; i < places.size(); i++) {
                  placed.put(places.get(i), outcomes.get(g).get(i));
                }
              }
              List<T> ordered = new ArrayList<>(size);
              for (int i = 0; i < size; i++) {
                T outcome = placed.get(i);
                if (outcome == null) {
                  throw new IllegalStateException("item " + i + " of a batch got no answer");
                }
                ordered.add(outcome);
              }
              return ordered;
            });
  }
}
