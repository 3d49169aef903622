package dev.partita.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/// Writes sorted rows into one file beside the store, to be taken in by {@link
/// ItemWriter#replaceRange}. Used by one thread. Closing without {@link #finish} deletes the file.
public final class TableFile implements AutoCloseable {

  private final Path path;
  private final EnvOptions environment = new EnvOptions();
  private final SstFileWriter writer;
  private byte @Nullable [] lastKey;
  private long rows;
  private boolean finished;
  private boolean closed;

  TableFile(Path path, Options options) {
    this.path = path;
    writer = new SstFileWriter(environment, options);
    try {
      writer.open(path.toString());
    } catch (RocksDBException e) {
      close();
      throw RocksErrors.named("create table file " + path, e);
    }
  }

  /// Adds a row; keys must come in strictly ascending unsigned order.
  public void put(byte[] rowKey, byte[] value) {
    requireOpen();
    if (lastKey != null && Arrays.compareUnsigned(lastKey, rowKey) >= 0) {
      throw new IllegalArgumentException("rows of a table file must ascend");
    }
    try {
      writer.put(rowKey, value);
    } catch (RocksDBException e) {
      throw RocksErrors.named("write table file " + path, e);
    }
    lastKey = rowKey;
    rows++;
  }

  /// Rows written so far.
  public long rows() {
    return rows;
  }

  /// Bytes written so far, approximately.
  public long bytes() {
    requireOpen();
    try {
      return writer.fileSize();
    } catch (RocksDBException e) {
      throw RocksErrors.named("measure table file " + path, e);
    }
  }

  /// Completes the file and makes its bytes durable; its name is made so by the replacement.
  ///
  /// @return where it is
  public Path finish() {
    requireOpen();
    if (rows == 0) {
      throw new IllegalStateException("a table file needs at least one row");
    }
    try {
      writer.finish();
    } catch (RocksDBException e) {
      throw RocksErrors.named("finish table file " + path, e);
    }
    finished = true;
    return path;
  }

  private void requireOpen() {
    if (closed || finished) {
      throw new IllegalStateException("table file is finished or closed");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    writer.close();
    environment.close();
    if (!finished) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new StorageException("could not delete unfinished table file " + path, e);
      }
    }
  }
}
