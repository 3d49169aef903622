package dev.partita.server.table;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.TableTexts;
import dev.partita.model.table.TableDefinition.TableClass;
import dev.partita.server.json.Structure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What requests say about the table class.
final class TableClasses {
  private TableClasses() {}

  /// Reads TableClass. The service's model has an enumeration, the service a text of its own for
  /// what is not in it.
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
    throw ApiException.validation(TableTexts.unknownClass(Arrays.toString(TableClass.values())));
  }
}
