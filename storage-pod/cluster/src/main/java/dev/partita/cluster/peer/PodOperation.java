package dev.partita.cluster.peer;

import org.jspecify.annotations.Nullable;

/// What one pod may ask of another. Codes are never reused.
public enum PodOperation {
  /// A write for a partition that the other pod leads.
  WRITE(1),
  /// A read of a partition that the other pod holds.
  READ(2),
  /// A change of the catalog, for its leader.
  CATALOG_CHANGE(3),
  /// How far the catalog is, for its leader.
  CATALOG_INDEX(4),
  /// What the other pod makes of partitions that are placed on it.
  PARTITION_STATUS(5),
  /// A read of a page's part in a partition that the other pod holds.
  PAGE(6),
  /// Several writes for a partition that the other pod leads.
  WRITE_BATCH(7),
  /// Several reads of a partition that the other pod holds.
  READ_BATCH(8);

  private final byte code;

  PodOperation(int code) {
    this.code = (byte) code;
  }

  public byte code() {
    return code;
  }

  /// The operation of a code, or null: from a newer pod.
  public static @Nullable PodOperation of(byte code) {
    return switch (code) {
      case 1 -> WRITE;
      case 2 -> READ;
      case 3 -> CATALOG_CHANGE;
      case 4 -> CATALOG_INDEX;
      case 5 -> PARTITION_STATUS;
      case 6 -> PAGE;
      case 7 -> WRITE_BATCH;
      case 8 -> READ_BATCH;
      default -> null;
    };
  }
}
