package dev.partita.engine.log;

import dev.partita.engine.DurableFiles;
import dev.partita.engine.FolderLock;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// The log's folder in a file system. Files are written with zeros before use, so that a later sync
/// has no allocation to commit; names are made durable by syncing the folder.
public final class FileLogDisk implements LogDisk {

  private static final String LOCK = "lock";

  /// Zeros are written in pieces of so many bytes.
  private static final int ZERO_PIECE_BYTES = 1 << 20;

  private final Path directory;
  private final FileStore store;
  private final FolderLock lock;

  private FileLogDisk(Path directory, FileStore store, FolderLock lock) {
    this.directory = directory;
    this.store = store;
    this.lock = lock;
  }

  /// Creates the folder if it is missing and locks it against other processes.
  public static FileLogDisk open(Path directory) throws IOException {
    DurableFiles.createFolder(directory);
    FolderLock lock = FolderLock.tryTake(directory.resolve(LOCK));
    if (lock == null) {
      throw new IOException("the log in " + directory + " is in use by another process");
    }
    boolean opened = false;
    try {
      // A process that died may have left names that are not durable.
      DurableFiles.syncFolder(directory);
      FileLogDisk disk = new FileLogDisk(directory, Files.getFileStore(directory), lock);
      opened = true;
      return disk;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(LOCK))
          .toList();
    }
  }

  @Override
  public LogFile create(String name, long bytes) throws IOException {
    Path path = directory.resolve(name);
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZERO_PIECE_BYTES, bytes));
      for (long at = 0; at < bytes; ) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
        at += channel.write(zeros, at);
      }
      channel.force(true);
      DurableFiles.syncFolder(directory);
      return new ChannelFile(name, channel);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      Files.deleteIfExists(path);
      throw e;
    }
  }

  @Override
  public LogFile open(String name) throws IOException {
    return new ChannelFile(
        name,
        FileChannel.open(
            directory.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(directory.resolve(name));
    DurableFiles.syncFolder(directory);
  }

  @Override
  public long usableBytes() throws IOException {
    return store.getUsableSpace();
  }

  @Override
  public String locate(String name) {
    return directory.resolve(name).toString();
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private record ChannelFile(String name, FileChannel channel) implements LogFile {

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      long at = position;
      while (from.hasRemaining()) {
        at += channel.write(from, at);
      }
    }

    @Override
    public void sync() throws IOException {
      channel.force(false);
    }

    @Override
    public void read(ByteBuffer to, long position) throws IOException {
      long at = position;
      while (to.hasRemaining()) {
        int count = channel.read(to, at);
        if (count < 0) {
          throw new EOFException(name + " ends at " + at);
        }
        at += count;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
