package dev.partita.kube.machine;

import dev.partita.kube.ClusterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/// Only one command at a time changes a cluster; the file's lock ends with its process.
final class Lock implements AutoCloseable {

  private final FileChannel channel;

  private Lock(FileChannel channel) {
    this.channel = channel;
  }

  /// @throws ClusterException if another command holds it
  static Lock take(Layout layout) {
    try {
      FileChannel channel =
          FileChannel.open(layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!held(channel)) {
        channel.close();
        throw new ClusterException("another command is at work on the cluster " + layout.name());
      }
      return new Lock(channel);
    } catch (IOException e) {
      throw new ClusterException("cannot lock " + layout.lock() + ": " + e.getMessage(), e);
    }
  }

  private static boolean held(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
