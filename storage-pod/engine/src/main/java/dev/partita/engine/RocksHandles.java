package dev.partita.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.FlushOptions;
import org.rocksdb.HyperClockCache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileManager;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/// Owns every long-lived native handle of one open store, and says how RocksDB is set up. Closed in
/// the reverse order of creation.
final class RocksHandles implements AutoCloseable {

  static {
    RocksDB.loadLibrary();
  }

  private static final byte[] ITEMS = "items".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EXPIRY = "expiry".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REPLICAS = "replicas".getBytes(StandardCharsets.US_ASCII);

  private static final int BLOOM_BITS_PER_KEY = 10;

  /// Share of a memtable that its bloom filter takes.
  private static final double MEMTABLE_BLOOM_RATIO = 0.02;

  /// Memtables of one column family: one written, the others being flushed.
  private static final int MAX_WRITE_BUFFERS = 3;

  /// A column family takes memory in steps of so many bytes; most stay small in a small cluster.
  private static final long ARENA_BLOCK_BYTES = 256 << 10;

  private static final long MAX_INFO_LOG_BYTES = 1 << 20;
  private static final int MAX_INFO_LOGS = 2;
  private static final long MAX_MANIFEST_BYTES = 4 << 20;
  private static final int FORMAT_VERSION = 6;

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  private final DBOptions database;
  private final ColumnFamilyOptions family;
  final Cache cache;
  final RocksDB db;
  final ColumnFamilyHandle engine;
  final ColumnFamilyHandle items;
  final ColumnFamilyHandle replicas;
  final ColumnFamilyHandle expiry;
  final ReadOptions reads;
  final ReadOptions cachedReads;
  final WriteOptions writes;
  final FlushOptions flushes;

  static RocksHandles open(Path directory, ItemStoreOptions options) {
    return new RocksHandles(directory, options);
  }

  private RocksHandles(Path directory, ItemStoreOptions options) {
    boolean opened = false;
    try {
      // Memtables are charged to the cache, so that one number bounds both.
      long memory = options.blockCacheBytes() + options.writeBufferBytes();
      cache = own(new HyperClockCache(memory, 0, -1, false));
      WriteBufferManager buffers =
          own(new WriteBufferManager(options.writeBufferBytes(), cache, false));
      SstFileManager files = own(new SstFileManager(Env.getDefault()));
      database = own(databaseOptions(options, buffers, files));
      family = own(familyOptions(options));
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      db =
          own(
              RocksDB.open(
                  database,
                  directory.toString(),
                  List.of(
                      new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family),
                      new ColumnFamilyDescriptor(ITEMS, family),
                      new ColumnFamilyDescriptor(REPLICAS, family),
                      new ColumnFamilyDescriptor(EXPIRY, family)),
                  handles));
      engine = own(handles.get(0));
      items = own(handles.get(1));
      replicas = own(handles.get(2));
      expiry = own(handles.get(3));
      reads = own(new ReadOptions());
      cachedReads = own(new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER));
      writes = own(new WriteOptions().setDisableWAL(true));
      flushes = own(new FlushOptions().setWaitForFlush(true));
      opened = true;
    } catch (RocksDBException e) {
      throw RocksErrors.named("open the item store in " + directory, e);
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  private DBOptions databaseOptions(
      ItemStoreOptions options, WriteBufferManager buffers, SstFileManager files) {
    return new DBOptions()
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        // No log of its own: all column families reach the disk at one moment or not at all.
        .setAtomicFlush(true)
        .setAvoidFlushDuringShutdown(true)
        .setParanoidChecks(true)
        .setWriteBufferManager(buffers)
        // Watches free space and resumes background work after a full disk.
        .setSstFileManager(files)
        .setMaxBackgroundJobs(options.backgroundJobs())
        .setBytesPerSync(options.bytesPerSync())
        .setMaxOpenFiles(-1)
        .setMaxManifestFileSize(MAX_MANIFEST_BYTES)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(MAX_INFO_LOG_BYTES)
        .setKeepLogFileNum(MAX_INFO_LOGS)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  private ColumnFamilyOptions familyOptions(ItemStoreOptions options) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setBlockSize(options.blockBytes())
            .setFormatVersion(FORMAT_VERSION)
            .setFilterPolicy(own(new BloomFilter(BLOOM_BITS_PER_KEY)))
            .setOptimizeFiltersForMemory(true)
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    return new ColumnFamilyOptions()
        .setTableFormatConfig(table)
        .setWriteBufferSize(options.writeBufferBytes() / 2)
        .setMaxWriteBufferNumber(MAX_WRITE_BUFFERS)
        .setArenaBlockSize(ARENA_BLOCK_BYTES)
        .setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_RATIO)
        .setMemtableWholeKeyFiltering(true)
        .setTargetFileSizeBase(options.targetFileBytes())
        .setMaxBytesForLevelBase(4 * options.targetFileBytes())
        .setLevelCompactionDynamicLevelBytes(true)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setBottommostCompressionType(CompressionType.LZ4_COMPRESSION);
  }

  /// Table files written outside must look like those that the store writes itself.
  Options tableFileOptions() {
    return new Options(database, family);
  }

  private <T extends AbstractNativeReference> T own(T handle) {
    owned.push(handle);
    return handle;
  }

  List<ColumnFamilyHandle> families() {
    return List.of(engine, items, replicas, expiry);
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new StorageException("could not close the item store", e);
      }
    }
  }
}
