package dev.partita.operator.table;

import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.dynamo.TableWish;
import org.jspecify.annotations.Nullable;

/// Everything that the plan for a table depends on.
///
/// @param observeOnly whether the resource only watches the table
/// @param adopt whether the resource takes over a table that it did not make
/// @param ownedId `tableId` of the table that is this resource's; null where it has none
/// @param asked whether it was written down that the table is being made, and it has not been seen
///   since
/// @param inSync whether this generation of the manifest was carried out once
/// @param refused what the API said when it refused this generation of the manifest; null if it did
///   not
/// @param rival another resource that this table belongs to; null where there is none
/// @param table null where there is none of that name
record TableFacts(
    TableWish wish,
    boolean observeOnly,
    boolean adopt,
    @Nullable String ownedId,
    boolean asked,
    boolean inSync,
    @Nullable String refused,
    @Nullable String rival,
    @Nullable TableState table) {

  /// The same after the table became this resource's.
  TableFacts owning(String tableId) {
    return new TableFacts(wish, observeOnly, adopt, tableId, false, inSync, refused, rival, table);
  }
}
