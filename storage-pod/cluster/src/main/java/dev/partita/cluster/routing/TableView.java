package dev.partita.cluster.routing;

import dev.partita.model.table.TableRecord;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What a request on its way wants to know about its table.
interface TableView {

  /// The table as this pod's copy of the catalog has it, or null.
  @Nullable TableRecord table(long id);

  /// Whether the table is known to be deleted or about to be.
  boolean deleted(TableRecord table);

  /// Brings this pod's copy of the catalog up to date; false if that could not be done in time.
  CompletableFuture<Boolean> refresh();
}
