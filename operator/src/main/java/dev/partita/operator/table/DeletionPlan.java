package dev.partita.operator.table;

import dev.partita.operator.dynamo.TableChange;
import dev.partita.operator.dynamo.TableState;

/// What happens to the table of a resource that is being deleted. Pure.
sealed interface DeletionPlan {

  /// The resource may go; its table, if there is one, stays.
  record LetGo() implements DeletionPlan {}

  record Delete() implements DeletionPlan {}

  /// The manifest says that the table is not protected: then it must not be, before it is deleted.
  record Unprotect(TableChange.DeletionProtection change) implements DeletionPlan {}

  /// The table is being made, changed or deleted: look again soon.
  record Settle(String status) implements DeletionPlan {}

  /// The resource stays until somebody switches the protection off.
  record Hold(String text) implements DeletionPlan {}

  /// @param facts as for a resource that stays
  static DeletionPlan of(TableFacts facts) {
    TableState table = facts.table();
    if (facts.observeOnly() || facts.rival() != null || table == null) {
      return new LetGo();
    }
    if (!TablePlan.isOwn(facts, table)) {
      return new LetGo();
    }
    if (!table.status().equals(TableState.ACTIVE)) {
      return new Settle(table.status());
    }
    Boolean wanted = facts.wish().deletionProtection();
    if (Boolean.TRUE.equals(wanted) || (table.deletionProtection() && wanted == null)) {
      return new Hold(
          "table "
              + table.name()
              + " is protected against deletion; set deletionProtectionEnabled: false to delete it,"
              + " or deletionPolicy: Retain to keep it and let this resource go");
    }
    return table.deletionProtection()
        ? new Unprotect(new TableChange.DeletionProtection(false))
        : new Delete();
  }
}
