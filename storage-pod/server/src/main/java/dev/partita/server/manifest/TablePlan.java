package dev.partita.server.manifest;

import dev.partita.model.error.ApiException;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.model.table.TableRecord;
import dev.partita.server.table.TableChange;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one manifest asks of the table as it is. Pure.
sealed interface TablePlan {

  String LOCAL_INDEXES = "localSecondaryIndexes";

  TableManifest manifest();

  record Create(TableManifest manifest) implements TablePlan {}

  /// @param from the definition that was looked at
  /// @param to the definition that the manifest wants
  record Update(TableManifest manifest, TableDefinition from, TableDefinition to)
      implements TablePlan {}

  record Nothing(TableManifest manifest) implements TablePlan {}

  /// @param existing null where there is no such table
  /// @throws ManifestException if no change leads there
  static TablePlan of(TableManifest manifest, @Nullable TableRecord existing)
      throws ManifestException {
    if (existing == null) {
      return new Create(manifest);
    }
    TableDefinition from = existing.definition();
    checkKeys(manifest, from);
    TableDefinition to = target(manifest, from);
    return to.equals(from) ? new Nothing(manifest) : new Update(manifest, from, to);
  }

  private static void checkKeys(TableManifest manifest, TableDefinition from)
      throws ManifestException {
    TableDefinition wanted = manifest.definition();
    if (!keys(wanted).equals(keys(from))) {
      throw manifest.problem(
          "keySchema",
          "the key of a table cannot change: it is "
              + keys(from)
              + ", the manifest says "
              + keys(wanted));
    }
    for (AttributeDefinition attribute : wanted.attributes()) {
      if (!from.attributes().contains(attribute) && defines(from, attribute.name())) {
        throw manifest.problem(
            "attributeDefinitions",
            "the type of a key attribute cannot change: it is "
                + types(from)
                + ", the manifest says "
                + types(wanted));
      }
    }
    boolean managed = manifest.lines().containsKey(LOCAL_INDEXES);
    if (managed && !wanted.localIndexes().equals(from.localIndexes())) {
      throw manifest.problem(
          LOCAL_INDEXES,
          "local secondary indexes are made with their table and cannot change: they are "
              + names(from)
              + ", the manifest says "
              + names(wanted));
    }
  }

  private static boolean defines(TableDefinition d, String attribute) {
    return d.attributes().stream().anyMatch(a -> a.name().equals(attribute));
  }

  private static String names(TableDefinition d) {
    return d.localIndexes().stream().map(TablePlan::text).toList().toString();
  }

  private static String text(LocalIndex index) {
    return index.name()
        + " by "
        + index.rangeKey()
        + " "
        + index.projection()
        + (index.nonKeyAttributes().isEmpty() ? "" : " " + index.nonKeyAttributes());
  }

  private static String keys(TableDefinition d) {
    return d.hashKey() + " (HASH)" + (d.rangeKey() == null ? "" : ", " + d.rangeKey() + " (RANGE)");
  }

  private static String types(TableDefinition d) {
    Map<String, String> types = new LinkedHashMap<>();
    for (AttributeDefinition a : d.attributes()) {
      types.put(a.name(), a.type().name());
    }
    return types.toString();
  }

  /// What is not in the manifest stays as it is.
  private static TableDefinition target(TableManifest manifest, TableDefinition from)
      throws ManifestException {
    TableDefinition wanted = manifest.definition();
    Map<String, String> members = new HashMap<>(manifest.update());
    if (wanted.billingMode() == from.billingMode()
        && wanted.readCapacityUnits() == from.readCapacityUnits()
        && wanted.writeCapacityUnits() == from.writeCapacityUnits()) {
      // UpdateTable refuses units that do not change.
      members.remove("ProvisionedThroughput");
    } else {
      members.put("BillingMode", "\"" + wanted.billingMode() + "\"");
    }
    TableDefinition to = from;
    if (!members.isEmpty()) {
      members.put("TableName", "\"" + from.name() + "\"");
      try {
        to = TableChange.read(ManifestReader.body(members)).applyTo(from);
      } catch (ApiException e) {
        throw new ManifestException(
            manifest.file(),
            FaultFinder.line(e.getMessage(), manifest.lines(), manifest.line()),
            "table " + from.name() + ": " + e.getMessage());
      }
    }
    return manifest.lines().containsKey("tags") ? to.withTags(wanted.tags()) : to;
  }
}
