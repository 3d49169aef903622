package dev.partita.server.item;

import dev.partita.model.capacity.CapacityUnits;
import dev.partita.model.command.WriteOutcome.IndexWrites;
import dev.partita.model.command.WriteOutcome.Written;
import dev.partita.model.table.TableDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Capacity units that one table and its indexes were used for.
///
/// @param table units of the table itself; 0 where only an index was read
/// @param localIndexes by name of the index, only those that were touched
record Consumption(double table, Map<String, Double> localIndexes) {

  Consumption {
    // An unmodifiable view, not Map.copyOf: that has an order of its own.
    localIndexes =
        localIndexes.isEmpty()
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(localIndexes));
  }

  static Consumption ofTable(double units) {
    return new Consumption(units, Map.of());
  }

  /// Of a put, an update or a delete that was done.
  static Consumption of(Written written, TableDefinition table) {
    double units = CapacityUnits.write(written.oldSize(), written.newSize());
    IndexWrites indexes = written.indexes();
    if (indexes == null) {
      return ofTable(units);
    }
    Map<String, Double> byName = new LinkedHashMap<>();
    for (int number = 0; number < indexes.units().size(); number++) {
      int taken = indexes.units().get(number);
      if (taken > 0) {
        byName.put(table.localIndexes().get(number).name(), (double) taken);
      }
    }
    return new Consumption(units, byName);
  }

  /// Of table and indexes together.
  double total() {
    double total = table;
    for (double units : localIndexes.values()) {
      total += units;
    }
    return total;
  }

  Consumption plus(Consumption other) {
    Map<String, Double> sum = new LinkedHashMap<>(localIndexes);
    other.localIndexes.forEach((name, units) -> sum.merge(name, units, Double::sum));
    return new Consumption(table + other.table, sum);
  }
}
