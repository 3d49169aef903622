package dev.partita.engine.log;

import java.security.SecureRandom;
import java.util.function.LongSupplier;

/// Bounds of the pod's log.
///
/// @param segmentBytes size of one file, in bytes; an entry may take three eighths of it
/// @param spareSegments files made ready before they are needed
/// @param copyBeyondSegments so many used files are left alone; beyond, the few live entries of the
///   oldest are copied forward so that it can be dropped
/// @param minimumFreeBytes below so much free disk space no more entries are taken, in bytes: what
///   is left is for flushing items, for votes and for marks
/// @param pollMillis how often free space is looked at, and a failed preparation tried again
/// @param newLogId gives the id of a log that is founded; random
public record LogOptions(
    int segmentBytes,
    int spareSegments,
    int copyBeyondSegments,
    long minimumFreeBytes,
    long pollMillis,
    LongSupplier newLogId) {

  /// Smallest file: room for a checkpoint and a few frames.
  public static final int MIN_SEGMENT_BYTES = 16 << 10;

  private static final int MAX_FRAME_TARGET_BYTES = 1 << 20;

  public LogOptions {
    if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > 1 << 30) {
      throw new IllegalArgumentException("no size for a segment: " + segmentBytes);
    }
    if (spareSegments < 1 || copyBeyondSegments < 1 || minimumFreeBytes < 0 || pollMillis < 1) {
      throw new IllegalArgumentException(
          "need at least one spare segment, one used segment and a poll period");
    }
  }

  /// For one pod on a laptop: 16-MiB files.
  public static LogOptions defaults() {
    return new LogOptions(16 << 20, 1, 6, 128L << 20, 1_000, () -> new SecureRandom().nextLong());
  }

  public LogOptions withSegmentBytes(int bytes) {
    return new LogOptions(
        bytes, spareSegments, copyBeyondSegments, minimumFreeBytes, pollMillis, newLogId);
  }

  public LogOptions withCopyBeyondSegments(int segments) {
    return new LogOptions(
        segmentBytes, spareSegments, segments, minimumFreeBytes, pollMillis, newLogId);
  }

  public LogOptions withMinimumFreeBytes(long bytes) {
    return new LogOptions(
        segmentBytes, spareSegments, copyBeyondSegments, bytes, pollMillis, newLogId);
  }

  public LogOptions withPollMillis(long millis) {
    return new LogOptions(
        segmentBytes, spareSegments, copyBeyondSegments, minimumFreeBytes, millis, newLogId);
  }

  public LogOptions withNewLogId(LongSupplier ids) {
    return new LogOptions(
        segmentBytes, spareSegments, copyBeyondSegments, minimumFreeBytes, pollMillis, ids);
  }

  /// Longest encoded operation, in bytes: with a checkpoint and a frame before it, it still fits
  /// into one file.
  int maxOpBytes() {
    return segmentBytes / 8 * 3;
  }

  /// A frame takes no more operations once it has so many bytes.
  int frameTargetBytes() {
    return Math.min(MAX_FRAME_TARGET_BYTES, segmentBytes / 16);
  }

  /// Longest checkpoint frame, in bytes.
  int maxCheckpointBytes() {
    return segmentBytes / 2;
  }
}
