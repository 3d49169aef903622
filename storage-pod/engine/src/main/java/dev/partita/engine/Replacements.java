package dev.partita.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out range replacements in steps that a crash may interrupt anywhere:
/// 1. the names of the files are made durable, as the files are;
/// 2. the intent is written and flushed: from here on the replacement will be finished;
/// 3. the range is deleted and flushed;
/// 4. the files are taken in, all at once; RocksDB gets links, the staged files stay;
/// 5. the meta value is put and the intent deleted, in one batch, and flushed;
/// 6. the staged files are deleted.
///
/// A crash before the flush of the intent undoes it. A later one has it done again from the third
/// step on when the store opens, for which every file is still there. A file that is missing then
/// means that the disk lost it, and the store does not open: it must never claim rows that it
/// lacks.
final class Replacements {

  private static final Logger LOG = LoggerFactory.getLogger(Replacements.class);

  private static final byte INTENT_PREFIX = 'i';
  private static final String LINK_SUFFIX = ".link";

  /// Moments of a replacement, for tests that stop it there.
  enum Step {
    INTENT_WRITTEN,
    INTENT_DURABLE,
    RANGE_DELETED,
    FILES_TAKEN_IN,
    META_WRITTEN
  }

  private final RocksHandles handles;
  private final Path staging;
  private final Consumer<Step> observer;
  private final AtomicLong nextIntent = new AtomicLong(1);
  private volatile boolean interrupted;

  Replacements(RocksHandles handles, Path staging, Consumer<Step> observer) {
    this.handles = handles;
    this.staging = staging;
    this.observer = observer;
  }

  /// Finishes what a crash interrupted, then clears the staging folder.
  void recover() {
    try (RocksIterator intents = handles.db.newIterator(handles.engine)) {
      byte[] prefix = {INTENT_PREFIX};
      for (intents.seek(prefix); intents.isValid(); intents.next()) {
        byte[] key = intents.key();
        if (key[0] != INTENT_PREFIX) {
          break;
        }
        finish(key, RangeReplacement.decode(intents.value()));
      }
      intents.status();
    } catch (RocksDBException e) {
      throw RocksErrors.named("finish a range replacement", e);
    }
    clearStaging();
  }

  /// Fails for good after a replacement that failed behind its intent: that one would be done again
  /// at the next open, over what a later one brought.
  void replace(byte[] from, byte[] to, List<Path> files, byte[] metaKey, byte[] metaValue) {
    if (Arrays.compareUnsigned(from, to) > 0) {
      throw new IllegalArgumentException("range ends before it starts");
    }
    for (Path file : files) {
      if (!staging.equals(file.getParent()) || !Files.exists(file)) {
        throw new IllegalArgumentException("not a finished table file of this store: " + file);
      }
    }
    if (interrupted) {
      throw new StorageException(
          "a range replacement failed half-way, the store must be opened again");
    }
    List<String> names = files.stream().map(file -> file.getFileName().toString()).toList();
    RangeReplacement replacement = new RangeReplacement(from, to, names, metaKey, metaValue);
    byte[] key =
        ByteBuffer.allocate(1 + Long.BYTES)
            .put(INTENT_PREFIX)
            .putLong(nextIntent.getAndIncrement())
            .array();
    boolean written = false;
    boolean finished = false;
    try {
      DurableFiles.syncFolder(staging);
      handles.db.put(handles.engine, handles.writes, key, replacement.encode());
      written = true;
      observer.accept(Step.INTENT_WRITTEN);
      flush();
      observer.accept(Step.INTENT_DURABLE);
      finish(key, replacement);
      finished = true;
    } catch (RocksDBException e) {
      throw RocksErrors.named("replace a range", e);
    } catch (IOException e) {
      throw new StorageException("could not make the names in " + staging + " durable", e);
    } finally {
      if (written && !finished) {
        interrupted = true;
      }
    }
    files.forEach(Replacements::delete);
  }

  private void finish(byte[] key, RangeReplacement replacement) throws RocksDBException {
    List<Path> files = replacement.paths(staging);
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw new CorruptStoreException("a file that a range replacement needs is gone: " + file);
      }
    }
    handles.db.deleteRange(handles.items, handles.writes, replacement.from(), replacement.to());
    flush();
    observer.accept(Step.RANGE_DELETED);
    takeIn(files);
    observer.accept(Step.FILES_TAKEN_IN);
    try (WriteBatch last = new WriteBatch()) {
      last.put(handles.replicas, replacement.metaKey(), replacement.metaValue());
      last.delete(handles.engine, key);
      handles.db.write(handles.writes, last);
    }
    observer.accept(Step.META_WRITTEN);
    flush();
  }

  private void takeIn(List<Path> files) throws RocksDBException {
    if (files.isEmpty()) {
      return;
    }
    try (IngestExternalFileOptions options = new IngestExternalFileOptions()) {
      options
          .setMoveFiles(true)
          .setSnapshotConsistency(true)
          .setAllowGlobalSeqNo(true)
          .setAllowBlockingFlush(true)
          // The staged file, which is the same one under another name, must not change.
          .setWriteGlobalSeqno(false);
      handles.db.ingestExternalFile(
          handles.items,
          files.stream().map(Replacements::linkTo).map(Path::toString).toList(),
          options);
    }
  }

  /// A second name of a staged file, for RocksDB to take away.
  private static Path linkTo(Path file) {
    Path link = file.resolveSibling(file.getFileName() + LINK_SUFFIX);
    try {
      // An attempt that a crash interrupted may have left it.
      Files.deleteIfExists(link);
      return Files.createLink(link, file);
    } catch (IOException e) {
      throw new StorageException("could not link " + file, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      // The replacement is complete; what is left goes when the store opens again.
      LOG.warn("could not delete {}", file, e);
    }
  }

  private void flush() throws RocksDBException {
    handles.db.flush(handles.flushes, handles.families());
  }

  private void clearStaging() {
    try (Stream<Path> leftovers = Files.list(staging)) {
      for (Path file : leftovers.toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new StorageException("could not clear " + staging, e);
    }
  }
}
