package dev.partita.operator.table;

import dev.partita.operator.dynamo.TableChange;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.dynamo.TableWish;
import java.util.List;
import java.util.Objects;

/// What is next for a table. Pure: one look, one act.
sealed interface TablePlan {

  /// @param lost whether the resource had a table, and somebody deleted it
  record Create(boolean lost) implements TablePlan {}

  /// The table becomes this resource's; then it is planned again.
  ///
  /// @param made whether it is the one that this resource asked for without hearing the answer
  record Adopt(String tableId, boolean made) implements TablePlan {}

  /// @param drift whether the differences came through the API, after the manifest was carried out
  record Update(TableChange change, List<Difference> differences, boolean drift)
      implements TablePlan {}

  /// The table is being made, changed or deleted: look again soon.
  record Settle(String status) implements TablePlan {}

  record InSync() implements TablePlan {}

  /// Nothing is ever written.
  ///
  /// @param differences from the manifest
  record Watch(List<Difference> differences) implements TablePlan {}

  record Refuse(Refusal why, String text) implements TablePlan {}

  /// Why a manifest is not carried out until somebody does something.
  enum Refusal {
    /// Another resource has this table.
    NAME_TAKEN("NameTaken"),
    /// Somebody made the table through the API.
    TABLE_EXISTS("TableExists"),
    /// The manifest asks for another key than the table has.
    IMMUTABLE("Immutable"),
    /// The API says no.
    REFUSED("Refused");

    private final String reason;

    Refusal(String reason) {
      this.reason = reason;
    }

    /// As conditions spell it.
    String reason() {
      return reason;
    }
  }

  static TablePlan of(TableFacts facts) {
    TableState table = facts.table();
    if (facts.observeOnly()) {
      return new Watch(table == null ? List.of() : allDifferences(facts.wish(), table));
    }
    String name = facts.wish().name();
    if (facts.rival() != null) {
      return new Refuse(
          Refusal.NAME_TAKEN,
          "table "
              + name
              + " belongs to DynamoTable "
              + facts.rival()
              + "; delete one of the two, or give this one another tableName");
    }
    if (table == null) {
      return facts.refused() == null
          ? new Create(facts.ownedId() != null)
          : new Refuse(Refusal.REFUSED, facts.refused());
    }
    if (table.status().equals(TableState.DELETING)) {
      return new Settle(table.status());
    }
    return table.tableId().equals(facts.ownedId()) ? ofOwn(facts, table) : ofForeign(facts, table);
  }

  /// Whether a table is the one that this resource made, heard of or not, or took over.
  static boolean isOwn(TableFacts facts, TableState table) {
    return table.tableId().equals(facts.ownedId()) || isAwaited(facts, table);
  }

  private static List<Difference> allDifferences(TableWish wish, TableState table) {
    List<Difference> all = Differences.immutable(wish, table);
    all.addAll(Differences.mutable(wish, table));
    return all;
  }

  private static TablePlan ofForeign(TableFacts facts, TableState table) {
    if (isAwaited(facts, table)) {
      return new Adopt(table.tableId(), true);
    }
    if (!facts.adopt()) {
      return new Refuse(Refusal.TABLE_EXISTS, taken(table.name()));
    }
    // It would never be as the manifest says, and the resource could not let go of it again
    // without deleting it where its deletionPolicy says so.
    List<Difference> immutable = Differences.immutable(facts.wish(), table);
    return immutable.isEmpty()
        ? new Adopt(table.tableId(), false)
        : new Refuse(
            Refusal.IMMUTABLE,
            "table " + table.name() + " cannot be taken over: " + Difference.text(immutable));
  }

  /// What a resource is told whose table somebody else made.
  static String taken(String table) {
    return "table "
        + table
        + " already exists and was not made by this resource; set managementPolicy: ObserveOnly to"
        + " watch it, or annotate "
        + Annotations.ADOPT
        + ": \"true\" to take it over";
  }

  /// That a table is being made is written down after a look that found none, and before it is
  /// asked for. So one that is there later, with the same key, is that one.
  private static boolean isAwaited(TableFacts facts, TableState table) {
    return facts.ownedId() == null
        && facts.asked()
        && Differences.immutable(facts.wish(), table).isEmpty();
  }

  private static TablePlan ofOwn(TableFacts facts, TableState table) {
    List<Difference> immutable = Differences.immutable(facts.wish(), table);
    if (!immutable.isEmpty()) {
      return new Refuse(
          Refusal.IMMUTABLE, "the key of a table cannot change: " + Difference.text(immutable));
    }
    if (!table.status().equals(TableState.ACTIVE)) {
      return new Settle(table.status());
    }
    TableChange change = Changes.next(facts.wish(), table);
    if (change == null) {
      return new InSync();
    }
    if (facts.refused() != null) {
      return new Refuse(Refusal.REFUSED, Objects.requireNonNull(facts.refused()));
    }
    return new Update(change, Differences.mutable(facts.wish(), table), facts.inSync());
  }
}
