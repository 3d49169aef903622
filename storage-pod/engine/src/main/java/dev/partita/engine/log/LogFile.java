package dev.partita.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Port: one file of fixed size.
public interface LogFile extends Closeable {

  String name();

  /// Size in bytes.
  long size() throws IOException;

  /// Writes all that remains in `from`, at `position`, without making it durable.
  void write(ByteBuffer from, long position) throws IOException;

  /// Makes everything written so far durable.
  void sync() throws IOException;

  /// Fills what remains in `to` from `position`; throws at the end of the file.
  void read(ByteBuffer to, long position) throws IOException;
}
