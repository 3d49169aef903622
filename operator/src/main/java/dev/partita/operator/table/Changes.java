package dev.partita.operator.table;

import dev.partita.operator.dynamo.TableChange;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.dynamo.TableWish;
import dev.partita.operator.dynamo.Units;
import dev.partita.operator.dynamo.UnitsWish;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which call is next on the way from a table to what its manifest says. Billing and capacity go
/// together, since DynamoDB takes neither half of a switch alone. Tags that go are removed before
/// others come, so that there are never more on the way than a table may have. Deletion protection
/// goes first where it is switched on and last where it is switched off, so that a change that is
/// refused never leaves a table with less protection than both its states had. Pure.
final class Changes {

  private Changes() {}

  /// @return null where nothing is left to change
  static @Nullable TableChange next(TableWish wish, TableState table) {
    Boolean protect = wish.deletionProtection();
    boolean flip = protect != null && protect != table.deletionProtection();
    if (flip && Boolean.TRUE.equals(protect)) {
      return new TableChange.DeletionProtection(true);
    }
    TableChange billing = billing(wish, table);
    if (billing != null) {
      return billing;
    }
    UnitsWish warm = raised(wish.warm(), table.warm());
    if (!warm.isNone()) {
      return new TableChange.Warm(warm);
    }
    String tableClass = wish.tableClass();
    if (tableClass != null && !tableClass.equals(table.tableClass())) {
      return new TableChange.TableClass(tableClass);
    }
    TableChange tags = tags(wish, table);
    if (tags != null) {
      return tags;
    }
    return flip ? new TableChange.DeletionProtection(false) : null;
  }

  private static @Nullable TableChange tags(TableWish wish, TableState table) {
    List<String> superfluous = Tags.superfluous(wish, table);
    if (!superfluous.isEmpty()) {
      return new TableChange.RemoveTags(table.arn(), superfluous);
    }
    Map<String, String> missing = Tags.missing(wish, table);
    return missing.isEmpty() ? null : new TableChange.SetTags(table.arn(), missing);
  }

  private static @Nullable TableChange billing(TableWish wish, TableState table) {
    String after = Differences.modeAfter(wish, table);
    String mode = after.equals(table.billingMode()) ? null : after;
    if (after.equals(TableState.PAY_PER_REQUEST)) {
      UnitsWish bounds =
          new UnitsWish(
              changed(wish.onDemand().read(), table.onDemand().read()),
              changed(wish.onDemand().write(), table.onDemand().write()));
      return mode == null && bounds.isNone() ? null : new TableChange.Billing(mode, null, bounds);
    }
    Units wanted = wish.provisioned();
    // DynamoDB refuses units that are as they were.
    Units units = mode == null && Objects.equals(wanted, table.provisioned()) ? null : wanted;
    return mode == null && units == null
        ? null
        : new TableChange.Billing(mode, units, UnitsWish.NONE);
  }

  private static @Nullable Long changed(@Nullable Long wanted, long actual) {
    return wanted != null && wanted == actual ? null : wanted;
  }

  private static UnitsWish raised(UnitsWish wanted, Units actual) {
    return new UnitsWish(
        raised(wanted.read(), actual.read()), raised(wanted.write(), actual.write()));
  }

  private static @Nullable Long raised(@Nullable Long wanted, long actual) {
    return wanted != null && wanted > actual ? wanted : null;
  }
}
