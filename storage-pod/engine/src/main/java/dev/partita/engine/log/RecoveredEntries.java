package dev.partita.engine.log;

import dev.partita.replication.LogStore.LogRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Collects the live entries while the log is read.
final class RecoveredEntries {

  private final Map<Long, NavigableMap<Long, LogRecord>> groups = new HashMap<>();

  void apply(LogOp op) {
    switch (op) {
      case LogOp.Entry(long group, LogRecord entry) -> put(group, entry);
      case LogOp.Copy(long group, LogRecord entry) -> put(group, entry);
      case LogOp.Truncate(long group, long index) -> of(group).tailMap(index, true).clear();
      case LogOp.Cut cut -> of(cut.group()).headMap(cut.index(), true).clear();
      case LogOp.Reset reset -> groups.remove(reset.group());
      case LogOp.Removed(long group) -> groups.remove(group);
      case LogOp.Vote _, LogOp.Committed _, LogOp.Created _, LogOp.State _ -> {}
    }
  }

  private void put(long group, LogRecord entry) {
    of(group).put(entry.index(), entry);
  }

  private NavigableMap<Long, LogRecord> of(long group) {
    return groups.computeIfAbsent(group, _ -> new TreeMap<>());
  }

  /// In index order.
  List<LogRecord> entries(long group) {
    NavigableMap<Long, LogRecord> entries = groups.get(group);
    return entries == null ? List.of() : List.copyOf(entries.values());
  }
}
