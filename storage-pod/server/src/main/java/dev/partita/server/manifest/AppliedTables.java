package dev.partita.server.manifest;

import dev.partita.server.manifest.TableManifest.DeletionPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Remembers across restarts which file declared a table last, so that a table that vanishes while
/// nothing runs is noticed too. One line per table: `<policy> TAB <table> TAB <file>`.
final class AppliedTables {

  private final Path store;

  AppliedTables(Path store) {
    this.store = store;
  }

  /// Tables that this file was the last to declare, with what it said of their deletion.
  Map<String, DeletionPolicy> of(Path file) throws IOException {
    Map<String, DeletionPolicy> tables = new LinkedHashMap<>();
    for (Line line : lines()) {
      if (line.file.equals(key(file))) {
        tables.put(line.table, line.policy);
      }
    }
    return tables;
  }

  /// Remembers the tables of a file, also those that were another's before. Those that it had and
  /// has no more stay until they are forgotten.
  void remember(Path file, List<TableManifest> manifests) throws IOException {
    Set<String> names =
        manifests.stream().map(TableManifest::tableName).collect(Collectors.toSet());
    List<Line> lines = new ArrayList<>(lines());
    lines.removeIf(line -> names.contains(line.table));
    for (TableManifest m : manifests) {
      lines.add(new Line(m.deletionPolicy(), m.tableName(), key(file)));
    }
    write(lines);
  }

  void forget(String table) throws IOException {
    List<Line> lines = new ArrayList<>(lines());
    lines.removeIf(line -> line.table.equals(table));
    write(lines);
  }

  private void write(List<Line> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.policy)
          .append('\t')
          .append(line.table)
          .append('\t')
          .append(line.file)
          .append('\n');
    }
    Path draft = store.resolveSibling(store.getFileName() + ".tmp");
    Files.writeString(draft, text, StandardCharsets.UTF_8);
    Files.move(draft, store, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<Line> lines() throws IOException {
    List<Line> lines = new ArrayList<>();
    if (!Files.exists(store)) {
      return lines;
    }
    for (String text : Files.readAllLines(store, StandardCharsets.UTF_8)) {
      String[] parts = text.split("\t", 3);
      try {
        lines.add(new Line(DeletionPolicy.valueOf(parts[0]), parts[1], parts[2]));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw new IOException(store + " is broken at '" + text + "'", e);
      }
    }
    return lines;
  }

  private static String key(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }

  private record Line(DeletionPolicy policy, String table, String file) {}
}
