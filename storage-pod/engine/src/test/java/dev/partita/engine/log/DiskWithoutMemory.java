package dev.partita.engine.log;

import java.io.IOException;
import java.util.List;

/// A disk whose files can be made so often; then there is no memory for the next.
final class DiskWithoutMemory implements LogDisk {

  static final String MESSAGE = "no memory, on purpose";

  private final LogDisk disk;
  private int creations;

  DiskWithoutMemory(LogDisk disk, int creations) {
    this.disk = disk;
    this.creations = creations;
  }

  @Override
  public List<String> list() throws IOException {
    return disk.list();
  }

  @Override
  public LogFile create(String name, long bytes) throws IOException {
    if (--creations < 0) {
      throw new OutOfMemoryError(MESSAGE);
    }
    return disk.create(name, bytes);
  }

  @Override
  public LogFile open(String name) throws IOException {
    return disk.open(name);
  }

  @Override
  public void delete(String name) throws IOException {
    disk.delete(name);
  }

  @Override
  public long usableBytes() throws IOException {
    return disk.usableBytes();
  }

  @Override
  public String locate(String name) {
    return disk.locate(name);
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
