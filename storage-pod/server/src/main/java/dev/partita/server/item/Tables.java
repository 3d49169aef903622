package dev.partita.server.item;

import dev.partita.cluster.Cluster;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.server.json.TableNames;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Finds the tables of data calls.
final class Tables {

  private final Cluster cluster;

  Tables(Cluster cluster) {
    this.cluster = cluster;
  }

  /// @param nameOrArn as in the request
  /// @return a table that serves items; else fails with ResourceNotFoundException
  CompletableFuture<TableRecord> serving(String nameOrArn) {
    CompletableFuture<@Nullable TableRecord> found = cluster.table(TableNames.plain(nameOrArn));
    return found.thenApply(Tables::serving);
  }

  private static TableRecord serving(@Nullable TableRecord table) {
    if (table == null
        || (table.status() != TableStatus.ACTIVE && table.status() != TableStatus.UPDATING)) {
      throw new ApiException(ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found");
    }
    return table;
  }
}
