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

/// Carries out range replacements in steps that a crash may interrupt anywhere:
/// 1. the intent is written and flushed: from here on the replacement will be finished;
/// 2. the range is deleted and flushed;
/// 3. the files are taken in, all at once; RocksDB moves them, so a missing file tells that this
///    step is done;
/// 4. the meta value is put and the intent deleted, in one batch, and flushed.
///
/// A crash before the first flush undoes it, any later one finishes it at the next open.
final class Replacements {

  private static final byte INTENT_PREFIX = 'i';

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

  void replace(byte[] from, byte[] to, List<Path> files, byte[] metaKey, byte[] metaValue) {
    if (Arrays.compareUnsigned(from, to) > 0) {
      throw new IllegalArgumentException("range ends before it starts");
    }
    for (Path file : files) {
      if (!staging.equals(file.getParent()) || !Files.exists(file)) {
        throw new IllegalArgumentException("not a finished table file of this store: " + file);
      }
    }
    List<String> names = files.stream().map(file -> file.getFileName().toString()).toList();
    RangeReplacement replacement = new RangeReplacement(from, to, names, metaKey, metaValue);
    byte[] key =
        ByteBuffer.allocate(1 + Long.BYTES)
            .put(INTENT_PREFIX)
            .putLong(nextIntent.getAndIncrement())
            .array();
    try {
      handles.db.put(handles.engine, handles.writes, key, replacement.encode());
      observer.accept(Step.INTENT_WRITTEN);
      flush();
      observer.accept(Step.INTENT_DURABLE);
      finish(key, replacement);
    } catch (RocksDBException e) {
      throw RocksErrors.named("replace a range", e);
    }
  }

  private void finish(byte[] key, RangeReplacement replacement) throws RocksDBException {
    List<Path> files = replacement.paths(staging);
    if (files.isEmpty() || files.stream().allMatch(Files::exists)) {
      handles.db.deleteRange(handles.items, handles.writes, replacement.from(), replacement.to());
      flush();
      observer.accept(Step.RANGE_DELETED);
      takeIn(files);
      observer.accept(Step.FILES_TAKEN_IN);
    }
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
          .setAllowBlockingFlush(true);
      handles.db.ingestExternalFile(
          handles.items, files.stream().map(Path::toString).toList(), options);
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
