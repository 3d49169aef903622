package dev.partita.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.Range;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pod's rows on disk: one RocksDB with the column families `items` (rows), `replicas` (meta
/// values), `expiry` (items by the time they expire) and `default` (the engine's own records). It
/// has no write-ahead log: the consensus log is the log, a replica's position travels in every
/// batch, and what was written since the last flush is written again from the log after a crash.
/// All column families reach the disk at one moment, so what a crash leaves is always the state
/// after some whole batch.
///
/// Thread-safe. Errors of the disk come as {@link StorageException}; bytes that are not what was
/// written as {@link CorruptStoreException}, which names the file.
public final class ItemStore implements ItemReader, ItemWriter, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ItemStore.class);

  private static final String STAGING = "staging";
  private static final byte[] FORMAT_KEY = {'f'};
  private static final byte FORMAT = 1;

  /// How long closing waits for readers, in seconds. Handles stay open behind those that remain.
  private static final long CLOSE_WAIT_SECONDS = 10;

  private final Gate gate = new Gate("item store");
  private final AtomicLong nextTableFile = new AtomicLong(1);
  private final RocksHandles handles;
  private final PointReads points;
  private final Options tableFileOptions;
  private final Path staging;
  private final Replacements replacements;

  /// Opens the store of a directory, which is created if it is missing, and finishes range
  /// replacements that a crash interrupted.
  public static ItemStore open(Path directory, ItemStoreOptions options) {
    return open(directory, options, _ -> {});
  }

  /// @param observer told about the steps of every replacement: a test may throw out of it
  static ItemStore open(
      Path directory, ItemStoreOptions options, Consumer<Replacements.Step> observer) {
    Path staging = directory.resolve(STAGING);
    try {
      DurableFiles.createFolder(staging);
    } catch (IOException e) {
      throw new StorageException("could not create " + staging, e);
    }
    RocksHandles handles = RocksHandles.open(directory, options);
    ItemStore store = null;
    try {
      store = new ItemStore(handles, staging, observer);
      store.checkFormat();
      store.replacements.recover();
      return store;
    } catch (RuntimeException e) {
      if (store != null) {
        store.tableFileOptions.close();
      }
      handles.close();
      throw e;
    }
  }

  private ItemStore(RocksHandles handles, Path staging, Consumer<Replacements.Step> observer) {
    this.handles = handles;
    this.staging = staging;
    points = new PointReads(handles.db);
    tableFileOptions = handles.tableFileOptions();
    replacements = new Replacements(handles, staging, observer);
  }

  private void checkFormat() {
    try {
      byte[] format = handles.db.get(handles.engine, handles.reads, FORMAT_KEY);
      if (format == null) {
        handles.db.put(handles.engine, handles.writes, FORMAT_KEY, new byte[] {FORMAT});
      } else if (format.length != 1 || format[0] != FORMAT) {
        throw new CorruptStoreException("the item store was written by another version");
      }
    } catch (RocksDBException e) {
      throw RocksErrors.named("read the format of the item store", e);
    }
  }

  @Override
  public byte @Nullable [] get(byte[] rowKey) {
    return read(handles.items, rowKey);
  }

  @Override
  public byte @Nullable [] meta(byte[] key) {
    return read(handles.replicas, key);
  }

  private byte @Nullable [] read(ColumnFamilyHandle family, byte[] key) {
    gate.enter();
    try {
      return points.read(family, handles.reads, key);
    } catch (RocksDBException e) {
      throw RocksErrors.named("read a row", e);
    } finally {
      gate.leave();
    }
  }

  @Override
  public Cached getIfCached(byte[] rowKey) {
    gate.enter();
    try {
      byte[] value = points.read(handles.items, handles.cachedReads, rowKey);
      return value == null ? Cached.Known.ABSENT : new Cached.Known(value);
    } catch (RocksDBException e) {
      if (RocksErrors.needsDisk(e)) {
        return Cached.NeedsDisk.INSTANCE;
      }
      throw RocksErrors.named("read a row", e);
    } finally {
      gate.leave();
    }
  }

  @Override
  public Cursor scan(byte[] from, byte[] to) {
    gate.enter();
    return new RocksCursor(handles, handles.items, gate, from, to, true, null);
  }

  @Override
  public Cursor scanBackwards(byte[] from, byte[] to) {
    gate.enter();
    return new RocksCursor(handles, handles.items, gate, from, to, false, null);
  }

  @Override
  public Image image() {
    gate.enter();
    return new RocksImage(handles, gate);
  }

  @Override
  public Cursor scanMeta(byte[] from, byte[] to) {
    gate.enter();
    return new RocksCursor(handles, handles.replicas, gate, from, to, true, null);
  }

  @Override
  public Cursor scanExpiry(byte[] from, byte[] to) {
    gate.enter();
    return new RocksCursor(handles, handles.expiry, gate, from, to, true, null);
  }

  @Override
  public long approximateSize(byte[] from, byte[] to) {
    gate.enter();
    try (Slice lower = new Slice(from);
        Slice upper = new Slice(to)) {
      return handles
          .db
          .getApproximateSizes(
              handles.items,
              List.of(new Range(lower, upper)),
              SizeApproximationFlag.INCLUDE_FILES,
              SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
    } finally {
      gate.leave();
    }
  }

  @Override
  public Batch batch() {
    gate.enter();
    return new RocksBatch(handles, gate);
  }

  /// A new file for rows in ascending order, beside the store; files that no replacement took in
  /// are deleted when the store opens again.
  public TableFile newTableFile() {
    gate.enter();
    try {
      long number = nextTableFile.getAndIncrement();
      return new TableFile(staging.resolve(number + ".sst"), tableFileOptions);
    } finally {
      gate.leave();
    }
  }

  @Override
  public void replaceRange(
      byte[] from, byte[] to, List<Path> files, byte[] metaKey, byte[] metaValue) {
    gate.enter();
    try {
      replacements.replace(from, to, files, metaKey, metaValue);
    } finally {
      gate.leave();
    }
  }

  @Override
  public void flush() {
    gate.enter();
    try {
      handles.db.flush(handles.flushes, handles.families());
    } catch (RocksDBException e) {
      throw RocksErrors.named("flush the item store", e);
    } finally {
      gate.leave();
    }
  }

  /// What the store holds now, for metrics; without touching the disk.
  public ItemStoreReport report() {
    gate.enter();
    try {
      return new ItemStoreReport(
          handles.db.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables"),
          handles.cache.getUsage(),
          handles.db.getAggregatedLongProperty("rocksdb.live-sst-files-size"),
          handles.db.getAggregatedLongProperty("rocksdb.estimate-pending-compaction-bytes"),
          handles.db.getLongProperty("rocksdb.background-errors"));
    } catch (RocksDBException e) {
      throw RocksErrors.named("report on the item store", e);
    } finally {
      gate.leave();
    }
  }

  /// Flushes and closes. Waits some seconds for cursors and batches that are open.
  @Override
  public void close() {
    if (!gate.isClosed()) {
      try {
        flush();
      } catch (StorageException e) {
        // What is not flushed is still in the consensus log.
        LOG.warn("item store closes without its last flush", e);
      }
    }
    closeUnflushed();
  }

  /// Closes and forgets what was written since the last flush, as a crash would.
  public void closeUnflushed() {
    if (gate.isClosed()) {
      return;
    }
    if (gate.closeAndAwait(CLOSE_WAIT_SECONDS)) {
      tableFileOptions.close();
      handles.close();
    } else {
      LOG.warn("item store stays open behind readers that did not end");
    }
  }
}
