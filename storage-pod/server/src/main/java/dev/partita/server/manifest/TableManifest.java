package dev.partita.server.manifest;

import dev.partita.model.table.TableDefinition;
import java.nio.file.Path;
import java.util.Map;

/// One `DynamoTable`, read and checked.
///
/// @param file where it stands
/// @param line of its `spec`, counted from 1
/// @param lines line of each member of the spec that is given, by its name in the manifest
/// @param definition what CreateTable would make of it
/// @param update the members that UpdateTable takes, as JSON values by their name on the wire
/// @param deletionPolicy what happens when it vanishes from its file
record TableManifest(
    Path file,
    int line,
    Map<String, Integer> lines,
    TableDefinition definition,
    Map<String, String> update,
    DeletionPolicy deletionPolicy) {
  TableManifest {
    lines = Map.copyOf(lines);
    update = Map.copyOf(update);
  }

  enum DeletionPolicy {
    RETAIN,
    DELETE
  }

  String tableName() {
    return definition.name();
  }

  /// @param member of the spec that is at fault; where it is not given the spec is
  ManifestException problem(String member, String text) {
    return new ManifestException(
        file, lines.getOrDefault(member, line), "table " + tableName() + ": " + text);
  }
}
