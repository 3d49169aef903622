package dev.partita.cluster.routing;

import dev.partita.cluster.peer.PeerReply;
import dev.partita.cluster.support.Retry;
import dev.partita.model.command.TableGone;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The way of one request to the leader of its partition: this pod's own replica is asked first, it
/// leads or knows who does; where there is none, the leader last heard of, else every holder in
/// turn.
final class LeaderRoute<T> {
  private final Errand<T> errand;
  private final String self;
  private final Routes routes;
  private final TableView tables;
  private final Retry retry;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private TableRecord table;
  private PartitionDescriptor partition;
  private int turn;
  private String lastTrouble = "no leader known";

  LeaderRoute(
      Errand<T> errand,
      String self,
      Routes routes,
      TableView tables,
      TableRecord table,
      Retry retry) {
    this.errand = errand;
    this.self = self;
    this.routes = routes;
    this.tables = tables;
    this.table = table;
    this.retry = retry;
    partition = errand.place(table);
  }

  CompletableFuture<T> start() {
    if (routes.holds(partition)) {
      askHere();
    } else {
      askThere(routes.leader(partition.id()));
    }
    return result;
  }

  private void askHere() {
    var _ = errand.here(partition).whenComplete((reply, failure) -> settle(self, reply, failure));
  }

  private void askThere(@Nullable String hint) {
    String pod = hint != null && routes.reachable(hint) ? hint : nextInTurn();
    if (pod == null) {
      again("no pod that may lead partition " + partition.id() + " can be reached");
      return;
    }
    if (pod.equals(self)) {
      askHere();
      return;
    }
    var _ =
        errand
            .there(partition, pod, retry.remainingMillis())
            .whenComplete(
                (reply, failure) -> {
                  if (failure != null) {
                    result.completeExceptionally(failure);
                  } else {
                    settle(pod, reply);
                  }
                });
  }

  private void settle(String pod, PeerReply reply) {
    switch (reply) {
      case PeerReply.Answer(byte[] body) -> {
        PartitionReply<T> decoded;
        try {
          decoded = PartitionReply.decode(body, errand::decode);
        } catch (RuntimeException e) {
          result.completeExceptionally(e);
          return;
        }
        settle(pod, decoded, null);
      }
      case PeerReply.Unreachable(String why) -> {
        routes.leader(partition.id(), null);
        again(why);
      }
      case PeerReply.Busy(String why) -> result.complete(errand.unavailable(why, false));
      case PeerReply.Lost(String why) -> {
        routes.leader(partition.id(), null);
        if (errand.mayRepeatLost()) {
          again(why);
        } else {
          result.complete(errand.unavailable(why, true));
        }
      }
    }
  }

  private void settle(String pod, @Nullable PartitionReply<T> reply, @Nullable Throwable failure) {
    if (reply == null) {
      result.completeExceptionally(
          failure == null ? new IllegalStateException("no reply from " + pod) : failure);
      return;
    }
    switch (reply) {
      case PartitionReply.Answer<T>(T value) -> {
        if (!pod.equals(self)) {
          routes.leader(partition.id(), pod);
        }
        // A replica that is dropped answers the reads that wait for it that it cannot.
        result.complete(
            errand.mayRepeatLost() && errand.isUnavailable(value) && tables.deleted(table)
                ? errand.unavailable(TableGone.REASON, false)
                : value);
      }
      case PartitionReply.NotLeader<T>(String leader) -> {
        if (leader != null && !leader.equals(pod) && !leader.equals(self) && turn == 0) {
          // The first hint is followed at once; later ones after a pause, they may go in circles.
          turn++;
          routes.leader(partition.id(), leader);
          askThere(leader);
        } else {
          routes.leader(partition.id(), leader);
          again("partition " + partition.id() + " has no leader at present");
        }
      }
      case PartitionReply.NotHere<T> _ -> {
        routes.leader(partition.id(), null);
        again("pod " + pod + " does not serve partition " + partition.id());
      }
      case PartitionReply.WrongRange<T> _ -> rerouted();
    }
  }

  /// The table's ranges changed: reads the catalog anew.
  private void rerouted() {
    var _ =
        tables
            .refresh()
            .thenAccept(
                _ -> {
                  TableRecord present = tables.table(table.id());
                  if (present == null) {
                    result.complete(errand.unavailable(TableGone.REASON, false));
                  } else {
                    table = present;
                    partition = errand.place(present);
                    again("partition " + partition.id() + " moved");
                  }
                });
  }

  private void again(String trouble) {
    lastTrouble = trouble;
    if (tables.deleted(table)) {
      result.complete(errand.unavailable(TableGone.REASON, false));
      return;
    }
    boolean will =
        retry.later(
            () -> {
              turn++;
              String hint = routes.leader(partition.id());
              if (routes.holds(partition) && (hint == null || turn % 2 == 0)) {
                askHere();
              } else {
                askThere(hint);
              }
            });
    if (!will) {
      result.complete(errand.unavailable(lastTrouble, false));
    }
  }

  private @Nullable String nextInTurn() {
    List<String> pods = routes.nearest(partition);
    for (int i = 0; i < pods.size(); i++) {
      String pod = pods.get((turn + i) % pods.size());
      if (routes.reachable(pod)) {
        return pod;
      }
    }
    return null;
  }
}
