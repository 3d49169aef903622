package dev.partita.operator.dynamo;

import org.jspecify.annotations.Nullable;

/// One call of UpdateTable. DynamoDB takes one kind of change at a time.
public sealed interface TableChange {

  /// @param mode null where it stays
  /// @param provisioned null where it stays, and under on-demand
  record Billing(@Nullable String mode, @Nullable Units provisioned, UnitsWish onDemand)
      implements TableChange {}

  record Warm(UnitsWish units) implements TableChange {}

  record TableClass(String tableClass) implements TableChange {}

  record DeletionProtection(boolean on) implements TableChange {}
}
