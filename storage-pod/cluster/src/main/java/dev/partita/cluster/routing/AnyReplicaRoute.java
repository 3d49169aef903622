package dev.partita.cluster.routing;

import dev.partita.cluster.peer.PeerReply;
import dev.partita.cluster.support.Retry;
import dev.partita.model.command.TableGone;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableRecord;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/// The way of one eventually consistent read: replica after replica, the nearest first, round and
/// round until one answers. Where all that are asked in one round have too much to do, that is the
/// answer at once: asking them again would only add to it.
final class AnyReplicaRoute<T> {
  private final Errand<T> errand;
  private final Routes routes;
  private final TableView tables;
  private final ScheduledExecutorService timer;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private TableRecord table;
  private PartitionDescriptor partition;
  private @Nullable Retry retry;
  private List<String> pods = List.of();
  private int next;
  private int overloaded;
  private @Nullable T cannot;
  private boolean askedHere;
  private @Nullable Throwable trouble;

  AnyReplicaRoute(
      Errand<T> errand,
      Routes routes,
      TableView tables,
      TableRecord table,
      ScheduledExecutorService timer) {
    this.errand = errand;
    this.routes = routes;
    this.tables = tables;
    this.table = table;
    this.timer = timer;
    this.partition = errand.place(table);
  }

  CompletableFuture<T> start() {
    if (routes.holds(partition)) {
      // The short way: nothing else is needed where this pod's own replica answers.
      askedHere = true;
      askHere();
    } else {
      ask();
    }
    return result;
  }

  private void askHere() {
    var _ = errand.here(partition).whenComplete(this::settle);
  }

  private void settle(@Nullable PartitionReply<T> reply, @Nullable Throwable failure) {
    if (reply instanceof PartitionReply.Answer<T>(T outcome) && !errand.isUnavailable(outcome)) {
      result.complete(outcome);
    } else if (failure != null && partition.peers().size() == 1) {
      result.completeExceptionally(failure);
    } else {
      // A replica that cannot read its own disk is no reason not to ask another.
      trouble = failure == null ? trouble : failure;
      if (reply instanceof PartitionReply.Answer<T>(T outcome)) {
        refused(outcome);
      }
      ask();
    }
  }

  private void refused(T outcome) {
    cannot = outcome;
    if (errand.isOverload(outcome)) {
      overloaded++;
    }
  }

  private void ask() {
    if (tables.deleted(table)) {
      result.complete(errand.unavailable(TableGone.REASON, false));
      return;
    }
    if (retry == null) {
      retry = new Retry(timer, RoutingLimits.READ_PATIENCE_MILLIS);
    }
    if (next >= pods.size()) {
      boolean first = pods.isEmpty();
      if (!first && overloaded >= pods.size()) {
        giveUp();
        return;
      }
      lookAgain();
      pods = routes.nearest(partition);
      next = 0;
      if (!first) {
        overloaded = 0;
        if (!retry.later(this::askNext)) {
          giveUp();
        }
        return;
      }
      if (askedHere && routes.isSelf(pods.getFirst())) {
        next = 1;
        if (pods.size() == 1) {
          ask();
          return;
        }
      }
    }
    askNext();
  }

  /// The table's ranges may have changed.
  private void lookAgain() {
    TableRecord present = tables.table(table.id());
    if (present != null) {
      table = present;
      partition = errand.place(present);
    }
  }

  private void giveUp() {
    if (trouble != null) {
      result.completeExceptionally(trouble);
    } else if (cannot != null) {
      result.complete(cannot);
    } else {
      result.complete(
          errand.unavailable("no replica of partition " + partition.id() + " answers", false));
    }
  }

  private void askNext() {
    String pod = pods.get(next++);
    if (routes.isSelf(pod)) {
      askHere();
      return;
    }
    var _ =
        errand
            .there(partition, pod, Objects.requireNonNull(retry).remainingMillis())
            .whenComplete(
                (reply, failure) -> {
                  if (failure == null && reply instanceof PeerReply.Answer(byte[] body)) {
                    decode(body);
                  } else {
                    if (reply instanceof PeerReply.Busy(String why)) {
                      refused(errand.unavailable(why, false));
                      if (Arrivals.isRefusal(reply)) {
                        // Another replica's answer would find no room either.
                        giveUp();
                        return;
                      }
                    }
                    settle(null, failure);
                  }
                });
  }

  private void decode(byte[] body) {
    try {
      settle(PartitionReply.decode(body, errand::decode), null);
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }
}
