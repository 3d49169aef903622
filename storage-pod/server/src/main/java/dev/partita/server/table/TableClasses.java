package dev.partita.server.table;

import dev.partita.model.error.ApiException;
import dev.partita.model.table.TableDefinition.TableClass;
import dev.partita.server.json.Structure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What requests say about the table class.
final class TableClasses {
  private TableClasses() {}

  /// Reads TableClass. The service's model has an enumeration, the service a text of its own for
  /// what is not in it (ScyllaDB Alternator, test_tableclass.py).
  ///
  /// @return null where it is absent
  static @Nullable TableClass read(Structure request) {
    String given = request.text("TableClass");
    if (given == null) {
      return null;
    }
    for (TableClass each : TableClass.values()) {
      if (each.name().equals(given)) {
        return each;
      }
    }
    throw ApiException.validation(
        "Invalid table-class parameter provided. Please try again with a valid table-class value: "
            + Arrays.toString(TableClass.values())
            + ".");
  }
}
