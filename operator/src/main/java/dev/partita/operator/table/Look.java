package dev.partita.operator.table;

import dev.partita.operator.dynamo.TableState;
import org.jspecify.annotations.Nullable;

/// What was seen of a table.
sealed interface Look {

  /// Nobody knows: what was known stays.
  ///
  /// @param endpoint null where it is not known either
  record Unknown(@Nullable String endpoint) implements Look {}

  /// There is no table that is this resource's.
  ///
  /// @param status null unless one is being made
  record Nothing(@Nullable String endpoint, @Nullable String status) implements Look {}

  /// @param own whether the table is this resource's, not only watched
  /// @param last numbers of the look before this one; null for none
  /// @param partitions null where the pods did not say
  record Seen(
      String endpoint,
      TableState table,
      boolean own,
      @Nullable Numbers last,
      @Nullable Integer partitions)
      implements Look {}
}
