package dev.partita.engine.log;

/// Remembers whether free disk space is below its minimum. Space counts as returned only an eighth
/// above the minimum, so that the answer does not flicker. One thread updates, any may ask.
public final class DiskGuard {

  private final long minimumFreeBytes;
  private volatile boolean low;

  /// @param minimumFreeBytes 0 for never low
  public DiskGuard(long minimumFreeBytes) {
    this.minimumFreeBytes = minimumFreeBytes;
  }

  /// @return true if the answer of {@link #isLow} changed
  public boolean update(long usableBytes) {
    boolean before = low;
    long limit = before ? minimumFreeBytes + minimumFreeBytes / 8 : minimumFreeBytes;
    low = usableBytes < limit;
    return low != before;
  }

  public boolean isLow() {
    return low;
  }
}
