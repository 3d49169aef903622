package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.BatchTexts;
import dev.partita.model.table.TableRecord;
import dev.partita.server.operation.RequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What the two batch operations share.
final class BatchTables {

  private final Tables tables;

  BatchTables(Tables tables) {
    this.tables = tables;
  }

  /// Looks all tables up side by side. Which failure is told is not the lookups' choice: whoever
  /// takes a table's result meets what became of it.
  ///
  /// @param namesOrArns as in the request
  /// @return the lookups in the same order, all of them complete
  CompletableFuture<List<CompletableFuture<TableRecord>>> lookUp(
      RequestContext context, Iterable<String> namesOrArns) {
    List<CompletableFuture<TableRecord>> lookups = new ArrayList<>();
    for (String nameOrArn : namesOrArns) {
      lookups.add(tables.serving(context, nameOrArn));
    }
    return CompletableFuture.allOf(lookups.toArray(CompletableFuture[]::new))
        .handle((_, _) -> lookups);
  }

  static ApiException required(String operation) {
    return ApiException.validation(BatchTexts.required(operation));
  }

  static ApiException tooMany(String operation) {
    return ApiException.validation(BatchTexts.tooMany(operation));
  }

  static ApiException duplicates() {
    return ApiException.validation(BatchTexts.DUPLICATES);
  }
}
