package dev.partita.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// Port: the folder that holds the log's files, and nothing else. Used by a few threads.
public interface LogDisk extends Closeable {

  /// Names of all files, in any order.
  List<String> list() throws IOException;

  /// Creates a file of zeros. Size, content and name are durable when it returns; when it throws,
  /// the file is gone or short.
  LogFile create(String name, long bytes) throws IOException;

  LogFile open(String name) throws IOException;

  /// Deletes a file, durably.
  void delete(String name) throws IOException;

  /// Bytes that may still be allocated.
  long usableBytes() throws IOException;

  /// How an operator finds the file: its path.
  String locate(String name);
}
