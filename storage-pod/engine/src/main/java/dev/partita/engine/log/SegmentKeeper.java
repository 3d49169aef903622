package dev.partita.engine.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps files of zeros ready for the writer, deletes those that it is done with, and knows whether
/// there is space for more entries.
///
/// The file being written is the reserve for votes, terms and what is in flight: as soon as no
/// further file can be made ready, no more entries are taken. If even the reserve runs out, the
/// writer waits for space.
final class SegmentKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(SegmentKeeper.class);

  private final LogDisk disk;
  private final LogOptions options;
  private final Committer committer;
  private final DiskGuard guard;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Segment> spares;
  private final Deque<Segment> unused = new ArrayDeque<>();
  private long nextNumber;
  private boolean ended;
  private @Nullable Throwable endedBy;
  private @Nullable IOException lastFailure;
  private volatile boolean starved;

  /// @param spares files that are ready, in order
  /// @param nextNumber of the next file to be made
  SegmentKeeper(
      LogDisk disk,
      LogOptions options,
      Committer committer,
      Deque<Segment> spares,
      long nextNumber) {
    this.disk = disk;
    this.options = options;
    this.committer = committer;
    this.spares = new ArrayDeque<>(spares);
    this.nextNumber = nextNumber;
    guard = new DiskGuard(options.minimumFreeBytes());
  }

  /// Whether new entries may be taken.
  boolean hasSpace() {
    return !starved && !guard.isLow();
  }

  /// The next empty file. Waits for the disk if it has to.
  Segment take() throws IOException {
    while (true) {
      Segment spare = poll();
      boolean elsewhere = committer.maintain();
      if (spare != null) {
        return spare;
      }
      if (!elsewhere) {
        spare = poll();
        if (spare == null) {
          throw new IOException("no space for the next segment of the log", lastFailure);
        }
        return spare;
      }
      awaitChange();
    }
  }

  private @Nullable Segment poll() {
    lock.lock();
    try {
      return spares.poll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitChange() throws IOException {
    lock.lock();
    try {
      if (ended) {
        Throwable cause = endedBy == null ? lastFailure : endedBy;
        throw new IOException("the log ended while it waited for a segment", cause);
      }
      long nanos = TimeUnit.MILLISECONDS.toNanos(options.pollMillis());
      while (spares.isEmpty() && !ended && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      if (nanos <= 0 && lastFailure != null) {
        LOG.warn("the log waits for disk space: {}", lastFailure.toString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a segment", e);
    } finally {
      lock.unlock();
    }
  }

  /// Hands over files that hold nothing live, oldest first.
  void discard(Segment segment) {
    lock.lock();
    try {
      unused.add(segment);
    } finally {
      lock.unlock();
    }
    committer.maintain();
  }

  /// One pass of upkeep.
  void work() {
    deleteUnused();
    prepareSpares();
    lookAtSpace();
  }

  private void deleteUnused() {
    while (true) {
      Segment segment = firstUnused();
      if (segment == null) {
        return;
      }
      try {
        segment.file().close();
        disk.delete(segment.file().name());
      } catch (IOException e) {
        LOG.warn("could not delete {}", disk.locate(segment.file().name()), e);
        return;
      }
      lock.lock();
      try {
        unused.poll();
      } finally {
        lock.unlock();
      }
    }
  }

  private @Nullable Segment firstUnused() {
    lock.lock();
    try {
      return unused.peek();
    } finally {
      lock.unlock();
    }
  }

  private void prepareSpares() {
    while (true) {
      long number;
      lock.lock();
      try {
        if (ended || spares.size() >= options.spareSegments()) {
          starved = false;
          return;
        }
        number = nextNumber;
      } finally {
        lock.unlock();
      }
      @Nullable Segment made = null;
      @Nullable IOException failure = null;
      try {
        made = new Segment(number, disk.create(Segment.nameOf(number), options.segmentBytes()));
      } catch (IOException e) {
        failure = e;
      }
      lock.lock();
      try {
        lastFailure = failure;
        if (made != null) {
          spares.add(made);
          nextNumber++;
        }
        if (failure != null && !starved && spares.isEmpty()) {
          LOG.warn("no space for the next segment of the log: {}", failure.toString());
        }
        starved = spares.isEmpty();
        changed.signalAll();
        if (failure != null) {
          return;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void lookAtSpace() {
    try {
      long usable = disk.usableBytes();
      if (guard.update(usable)) {
        LOG.warn(
            "disk space for the log is {}: {} bytes are free, {} are the minimum",
            guard.isLow() ? "low" : "sufficient again",
            usable,
            options.minimumFreeBytes());
      }
    } catch (IOException e) {
      LOG.warn("could not ask for free disk space", e);
    }
  }

  void close() throws IOException {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
      for (Segment spare : spares) {
        spare.file().close();
      }
      for (Segment segment : unused) {
        segment.file().close();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Ends waiting for space, so that the writer can end. No more files are made.
  ///
  /// @param failure of the log that is the reason; null when the log is closed
  void endWaiting(@Nullable Throwable failure) {
    lock.lock();
    try {
      if (endedBy == null) {
        endedBy = failure;
      }
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
