package dev.partita.partition;

import dev.partita.engine.ItemStore;
import dev.partita.engine.StorageException;
import dev.partita.engine.TableFile;
import dev.partita.model.codec.ByteReader;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.key.KeyRange;
import dev.partita.model.value.Bytes;
import dev.partita.replication.Position;
import dev.partita.replication.StagingException;
import dev.partita.replication.StateMachine.SnapshotWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Receives what {@link RangeSnapshotReader} sends into table files beside the rows in use, and
/// hands them over when all of it is there. Believes nothing: pieces out of place, rows outside the
/// range or out of order, and a wrong count end the transfer.
final class RangeSnapshotWriter implements SnapshotWriter {

  /// A whole image, not yet in use.
  ///
  /// @param files sorted rows, in order; none for an empty range
  record Staged(ReplicaState state, List<Path> files) {
    Staged {
      files = List.copyOf(files);
    }
  }

  private final ItemStore store;
  private final long fileBytes;
  private final Position expected;
  private final Consumer<Staged> installer;

  private final List<Path> files = new ArrayList<>();
  private @Nullable ReplicaState state;
  private @Nullable TableFile file;
  private @Nullable Bytes lastKey;
  private long received;
  private boolean complete;
  private boolean handedOver;

  /// @param fileBytes size after which the rows go on in another file
  /// @param expected position of the image
  /// @param installer puts a whole image in place
  RangeSnapshotWriter(
      ItemStore store, long fileBytes, Position expected, Consumer<Staged> installer) {
    this.store = store;
    this.fileBytes = fileBytes;
    this.expected = expected;
    this.installer = installer;
  }

  @Override
  public void accept(byte[] piece) {
    try {
      take(piece);
    } catch (CorruptDataException | StorageException e) {
      // A file beside the rows in use, full disk or broken, tells nothing about the rows.
      throw new StagingException("piece refused: " + e.getMessage(), e);
    }
  }

  private void take(byte[] piece) {
    ByteReader in = new ByteReader(piece);
    int kind = in.u8();
    if (complete || (kind == RangeSnapshotReader.STATE) != (state == null)) {
      throw new CorruptDataException("piece of kind " + kind + " in the wrong place");
    }
    switch (kind) {
      case RangeSnapshotReader.STATE -> acceptState(in);
      case RangeSnapshotReader.ROWS -> acceptRows(in, Objects.requireNonNull(state));
      case RangeSnapshotReader.END -> acceptEnd(in);
      default -> throw new CorruptDataException("unknown kind of piece: " + kind);
    }
  }

  private void acceptState(ByteReader in) {
    int length = in.remaining();
    byte[] encoded = new byte[length];
    System.arraycopy(in.array(), in.skip(length), encoded, 0, length);
    ReplicaState received = ReplicaState.decode(encoded);
    if (!received.position().equals(expected)) {
      throw new CorruptDataException(
          "image of " + received.position() + " where " + expected + " was announced");
    }
    state = received;
  }

  private void acceptRows(ByteReader in, ReplicaState of) {
    KeyRange range = of.descriptor().range();
    while (in.remaining() > 0) {
      Bytes key = in.bytes();
      Bytes value = in.bytes();
      if (!range.contains(key)) {
        throw new CorruptDataException("row outside the range: " + key);
      }
      if (lastKey != null && lastKey.compareTo(key) >= 0) {
        throw new CorruptDataException("row out of order: " + key);
      }
      lastKey = key;
      TableFile to = openFile();
      to.put(key.unsafeArray(), value.unsafeArray());
      received++;
      if (to.bytes() >= fileBytes) {
        finishFile();
      }
    }
  }

  private void acceptEnd(ByteReader in) {
    long sent = in.u64();
    in.done();
    if (sent != received) {
      throw new CorruptDataException(received + " rows came of " + sent);
    }
    finishFile();
    complete = true;
  }

  private TableFile openFile() {
    TableFile open = file;
    if (open == null) {
      open = store.newTableFile();
      file = open;
    }
    return open;
  }

  private void finishFile() {
    TableFile open = file;
    if (open != null) {
      files.add(open.finish());
      open.close();
      file = null;
    }
  }

  @Override
  public void complete() {
    if (!complete) {
      throw new StagingException("the image ended after " + received + " rows");
    }
  }

  @Override
  public void install() {
    ReplicaState whole = state;
    if (!complete || whole == null || handedOver) {
      throw new IllegalStateException("no whole image to install");
    }
    handedOver = true;
    installer.accept(new Staged(whole, files));
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
      file = null;
    }
    if (handedOver) {
      return;
    }
    for (Path left : files) {
      try {
        Files.deleteIfExists(left);
      } catch (IOException e) {
        throw new UncheckedIOException("could not delete " + left, e);
      }
    }
    files.clear();
  }
}
