package dev.partita.replication.microraft;

import dev.partita.replication.microraft.Operation.Logged;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The bytes of successive log entries.
///
/// ```
/// index of the first u64 | count u32 | count x ( term u32 | kind u8 | length u32 | body )
/// ```
///
/// Kind and body as in {@link OperationCodec}; the index of no entries is 0.
final class EntriesCodec {
  private static final int HEADER_BYTES = 12;
  private static final int ENTRY_HEADER_BYTES = 9;
  private static final DefaultRaftModelFactory MODELS = new DefaultRaftModelFactory();

  /// The bytes of one entry.
  static int size(LogEntry entry) {
    return ENTRY_HEADER_BYTES + OperationCodec.size((Logged) entry.getOperation());
  }

  static int size(List<LogEntry> entries) {
    return HEADER_BYTES + entries.stream().mapToInt(EntriesCodec::size).sum();
  }

  /// The first entries, as many as fit into `maxBytes`, but at least one if there is one.
  static List<LogEntry> upTo(int maxBytes, List<LogEntry> entries) {
    int bytes = 0;
    int count = 0;
    for (LogEntry entry : entries) {
      bytes += size(entry);
      if (count > 0 && bytes > maxBytes) {
        break;
      }
      count++;
    }
    return entries.subList(0, count);
  }

  static void write(List<LogEntry> entries, ByteBuffer out) {
    out.putLong(entries.isEmpty() ? 0 : entries.getFirst().getIndex()).putInt(entries.size());
    for (LogEntry entry : entries) {
      Logged operation = (Logged) entry.getOperation();
      out.putInt(entry.getTerm())
          .put(OperationCodec.kind(operation))
          .putInt(OperationCodec.size(operation));
      OperationCodec.write(operation, out);
    }
  }

  static List<LogEntry> read(WireReader in) {
    long first = in.index();
    int count = in.count();
    if (count > in.remaining() / ENTRY_HEADER_BYTES
        || (count > 0 && first == 0)
        || first > Long.MAX_VALUE - count) {
      throw new MalformedMessageException(count + " entries from " + first);
    }
    List<LogEntry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int term = in.count();
      byte kind = in.int8();
      int length = in.count();
      entries.add(entry(first + i, term, OperationCodec.read(kind, length, in)));
    }
    return entries;
  }

  static LogEntry entry(long index, int term, Logged operation) {
    return MODELS
        .createLogEntryBuilder()
        .setIndex(index)
        .setTerm(term)
        .setOperation(operation)
        .build();
  }

  private EntriesCodec() {}
}
