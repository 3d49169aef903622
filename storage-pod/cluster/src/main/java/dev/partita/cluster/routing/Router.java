package dev.partita.cluster.routing;

import dev.partita.cluster.catalog.Catalog;
import dev.partita.cluster.catalog.CatalogState;
import dev.partita.cluster.peer.PeerNetwork;
import dev.partita.cluster.peer.PeerReply;
import dev.partita.cluster.peer.PodOperation;
import dev.partita.cluster.support.ByteBudget;
import dev.partita.cluster.support.Retry;
import dev.partita.model.command.CommandCodec;
import dev.partita.model.command.Overload;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/// Brings every request to a replica that can answer it, here or on another pod. Wrong routes,
/// elections and lost connections are dealt with inside, until one deadline. A write is asked again
/// only if it certainly had no effect; one that left for another pod and got no answer ends as
/// indeterminate. A read may be asked again always.
public final class Router {
  private final String self;
  private final Routes routes;
  private final PartitionDoor door;
  private final PeerNetwork peers;
  private final TableView tables;
  private final ScheduledExecutorService timer;
  private final ByteBudget memory;
  private final Arrivals arrivals;

  /// @param memory for what pages and batches gather
  public Router(
      String self,
      Routes routes,
      PartitionDoor door,
      PeerNetwork peers,
      Catalog catalog,
      ScheduledExecutorService timer,
      ByteBudget memory,
      Arrivals arrivals) {
    this.self = self;
    this.routes = routes;
    this.door = door;
    this.peers = peers;
    this.tables = new CatalogView(catalog);
    this.timer = timer;
    this.memory = memory;
    this.arrivals = arrivals;
  }

  public CompletableFuture<WriteOutcome> write(TableRecord table, WriteCommand command) {
    return write(table, command, RoutingLimits.WRITE_PATIENCE_MILLIS);
  }

  CompletableFuture<WriteOutcome> write(
      TableRecord table, WriteCommand command, long patienceMillis) {
    return toLeader(new WriteErrand(command), table, patienceMillis);
  }

  public CompletableFuture<ReadOutcome> read(
      TableRecord table, PrimaryKey key, boolean consistent) {
    return read(new ReadErrand(key, consistent), table, consistent);
  }

  public CompletableFuture<PageOutcome> page(TableRecord table, PageRead read, boolean consistent) {
    return new PageRoute(
            read,
            PageRoute.Clock.SYSTEM,
            memory,
            part -> {
              PageErrand errand =
                  new PageErrand(part, part.range(), consistent, door, peers, arrivals);
              return new PageRoute.Part(errand::asked, read(errand, table, consistent));
            })
        .start();
  }

  <T> CompletableFuture<T> read(Errand<T> errand, TableRecord table, boolean consistent) {
    return consistent
        ? toLeader(errand, table, RoutingLimits.READ_PATIENCE_MILLIS)
        : new AnyReplicaRoute<>(errand, routes, tables, table, timer).start();
  }

  <T> CompletableFuture<T> toLeader(Errand<T> errand, TableRecord table, long patienceMillis) {
    return new LeaderRoute<>(errand, self, routes, tables, table, new Retry(timer, patienceMillis))
        .start();
  }

  private final class WriteErrand implements Errand<WriteOutcome> {
    private final WriteCommand command;

    WriteErrand(WriteCommand command) {
      this.command = command;
    }

    @Override
    public PartitionDescriptor place(TableRecord table) {
      return Routes.partition(table, command.key());
    }

    @Override
    public CompletableFuture<PartitionReply<WriteOutcome>> here(PartitionDescriptor partition) {
      return door.write(partition.id(), command);
    }

    @Override
    public CompletableFuture<PeerReply> there(
        PartitionDescriptor partition, String pod, long remainingMillis) {
      return peers.request(
          pod,
          PodOperation.WRITE.code(),
          PartitionRequests.write(partition.id(), command),
          remainingMillis);
    }

    @Override
    public WriteOutcome decode(byte[] body) {
      return CommandCodec.decodeWriteOutcome(body);
    }

    @Override
    public boolean mayRepeatLost() {
      return false;
    }

    @Override
    public WriteOutcome unavailable(String reason, boolean indeterminate) {
      return new WriteOutcome.Unavailable(reason, indeterminate);
    }

    @Override
    public boolean isUnavailable(WriteOutcome answer) {
      return answer instanceof WriteOutcome.Unavailable;
    }

    @Override
    public boolean isOverload(WriteOutcome answer) {
      return answer instanceof WriteOutcome.Unavailable(String reason, boolean indeterminate)
          && !indeterminate
          && Overload.isReason(reason);
    }
  }

  private final class ReadErrand implements Errand<ReadOutcome> {
    private final PrimaryKey key;
    private final boolean consistent;

    ReadErrand(PrimaryKey key, boolean consistent) {
      this.key = key;
      this.consistent = consistent;
    }

    @Override
    public PartitionDescriptor place(TableRecord table) {
      return Routes.partition(table, key);
    }

    @Override
    public CompletableFuture<PartitionReply<ReadOutcome>> here(PartitionDescriptor partition) {
      return door.read(partition.id(), key, consistent);
    }

    @Override
    public CompletableFuture<PeerReply> there(
        PartitionDescriptor partition, String pod, long remainingMillis) {
      return peers.request(
          pod,
          PodOperation.READ.code(),
          PartitionRequests.read(partition.id(), key, consistent),
          Math.min(remainingMillis, RoutingLimits.READ_ATTEMPT_MILLIS));
    }

    @Override
    public ReadOutcome decode(byte[] body) {
      return CommandCodec.decodeReadOutcome(body);
    }

    @Override
    public boolean mayRepeatLost() {
      return true;
    }

    @Override
    public ReadOutcome unavailable(String reason, boolean indeterminate) {
      return new ReadOutcome.Unavailable(reason);
    }

    @Override
    public boolean isUnavailable(ReadOutcome answer) {
      return answer instanceof ReadOutcome.Unavailable;
    }

    @Override
    public boolean isOverload(ReadOutcome answer) {
      return answer instanceof ReadOutcome.Unavailable(String reason) && Overload.isReason(reason);
    }
  }

  private record CatalogView(Catalog catalog) implements TableView {
    @Override
    public @Nullable TableRecord table(long id) {
      return catalog.state().table(id);
    }

    @Override
    public boolean deleted(TableRecord table) {
      CatalogState state = catalog.state();
      TableRecord known = state.table(table.id());
      return known == null
          ? table.id() < state.nextTableId()
          : known.status() == TableStatus.DELETING;
    }

    @Override
    public CompletableFuture<Boolean> refresh() {
      return catalog.refresh();
    }
  }
}
