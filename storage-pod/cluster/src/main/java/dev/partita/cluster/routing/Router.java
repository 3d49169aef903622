package dev.partita.cluster.routing;

import dev.partita.cluster.catalog.Catalog;
import dev.partita.cluster.catalog.CatalogState;
import dev.partita.cluster.peer.PeerNetwork;
import dev.partita.cluster.peer.PeerReply;
import dev.partita.cluster.peer.PodOperation;
import dev.partita.cluster.support.Retry;
import dev.partita.model.command.CommandCodec;
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

  public Router(
      String self,
      Routes routes,
      PartitionDoor door,
      PeerNetwork peers,
      Catalog catalog,
      ScheduledExecutorService timer) {
    this.self = self;
    this.routes = routes;
    this.door = door;
    this.peers = peers;
    this.tables = new CatalogView(catalog);
    this.timer = timer;
  }

  public CompletableFuture<WriteOutcome> write(TableRecord table, WriteCommand command) {
    return new WriteRoute(table, command).start();
  }

  public CompletableFuture<ReadOutcome> read(
      TableRecord table, PrimaryKey key, boolean consistent) {
    return consistent
        ? new StrongReadRoute(table, key).start()
        : new EventualReadRoute(Routes.partition(table, key), key, routes, door, peers, timer)
            .start();
  }

  private final class WriteRoute extends LeaderRoute<WriteOutcome> {
    private final WriteCommand command;

    WriteRoute(TableRecord table, WriteCommand command) {
      super(
          self,
          routes,
          tables,
          table,
          command.key(),
          new Retry(timer, RoutingLimits.WRITE_PATIENCE_MILLIS));
      this.command = command;
    }

    @Override
    CompletableFuture<PartitionReply<WriteOutcome>> here(PartitionDescriptor partition) {
      return door.write(partition.id(), command);
    }

    @Override
    CompletableFuture<PeerReply> there(
        PartitionDescriptor partition, String pod, long remainingMillis) {
      return peers.request(
          pod,
          PodOperation.WRITE.code(),
          PartitionRequests.write(partition.id(), command),
          remainingMillis);
    }

    @Override
    WriteOutcome decode(byte[] body) {
      return CommandCodec.decodeWriteOutcome(body);
    }

    @Override
    boolean mayRepeatLost() {
      return false;
    }

    @Override
    WriteOutcome unavailable(String reason, boolean indeterminate) {
      return new WriteOutcome.Unavailable(reason, indeterminate);
    }
  }

  private final class StrongReadRoute extends LeaderRoute<ReadOutcome> {
    private final PrimaryKey key;

    StrongReadRoute(TableRecord table, PrimaryKey key) {
      super(self, routes, tables, table, key, new Retry(timer, RoutingLimits.READ_PATIENCE_MILLIS));
      this.key = key;
    }

    @Override
    CompletableFuture<PartitionReply<ReadOutcome>> here(PartitionDescriptor partition) {
      return door.read(partition.id(), key, true);
    }

    @Override
    CompletableFuture<PeerReply> there(
        PartitionDescriptor partition, String pod, long remainingMillis) {
      return peers.request(
          pod,
          PodOperation.READ.code(),
          PartitionRequests.read(partition.id(), key, true),
          Math.min(remainingMillis, RoutingLimits.READ_ATTEMPT_MILLIS));
    }

    @Override
    ReadOutcome decode(byte[] body) {
      return CommandCodec.decodeReadOutcome(body);
    }

    @Override
    boolean mayRepeatLost() {
      return true;
    }

    @Override
    ReadOutcome unavailable(String reason, boolean indeterminate) {
      return new ReadOutcome.Unavailable(reason);
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
