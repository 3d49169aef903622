package dev.partita.server.item;

import dev.partita.cluster.Cluster;
import dev.partita.cluster.TableLookup;
import dev.partita.model.command.Overload;
import dev.partita.model.command.TableGone;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.model.error.ItemTexts;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.server.operation.RequestContext;
import java.util.concurrent.CompletableFuture;

/// Finds the tables of data calls.
final class Tables {

  private final Cluster cluster;

  Tables(Cluster cluster) {
    this.cluster = cluster;
  }

  /// @param nameOrArn as in the request
  /// @return a table that serves items; else fails with ResourceNotFoundException, or
  ///   ServiceUnavailable where the catalog cannot be asked; throws where an ARN is of another
  ///   region or account
  CompletableFuture<TableRecord> serving(RequestContext context, String nameOrArn) {
    return cluster.table(context.tableName(nameOrArn)).thenApply(Tables::serving);
  }

  /// What a request comes to that no partition has answered.
  ///
  /// @param reason of an unavailable outcome
  static ApiException unavailable(String what, String reason) {
    return TableGone.isReason(reason)
        ? notFound()
        : new ApiException(
            Overload.isReason(reason) ? ErrorType.THROTTLING : ErrorType.INTERNAL_SERVER_ERROR,
            what + reason);
  }

  private static ApiException notFound() {
    return new ApiException(ErrorType.RESOURCE_NOT_FOUND, ItemTexts.NO_SUCH_TABLE);
  }

  private static TableRecord serving(TableLookup lookup) {
    return switch (lookup) {
      case TableLookup.Found(TableRecord table)
          when table.status() == TableStatus.ACTIVE || table.status() == TableStatus.UPDATING ->
          table;
      case TableLookup.Found _, TableLookup.Missing _ -> throw notFound();
      case TableLookup.Unavailable(String reason) ->
          throw new ApiException(ErrorType.SERVICE_UNAVAILABLE, reason);
    };
  }
}
