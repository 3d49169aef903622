package dev.partita.replication;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Remembers every applied text, in order; the result of an entry is how many there were. Keeps its
/// state when the replica is closed, as a disk would.
public final class JournalMachine implements StateMachine {
  private Position position = Position.START;
  private List<String> texts = new ArrayList<>();
  private volatile long epoch;
  private volatile @Nullable String poison;
  private volatile boolean refusing;
  private volatile int staged;
  private int installs;

  @Override
  public synchronized Position position() {
    return position;
  }

  public synchronized List<String> texts() {
    return List.copyOf(texts);
  }

  /// The epoch in which this replica leads, 0 if it does not.
  public long epoch() {
    return epoch;
  }

  public synchronized int installs() {
    return installs;
  }

  /// Lets the machine fail at that entry.
  public void poison(String text) {
    poison = text;
  }

  /// Lets every piece of an image be refused, or no more.
  public void refusePieces(boolean now) {
    refusing = now;
  }

  /// Images that are neither installed nor thrown away.
  public int staged() {
    return staged;
  }

  @Override
  public synchronized Object apply(Position at, byte[] entry) {
    String text = new String(entry, StandardCharsets.UTF_8);
    if (text.equals(poison)) {
      throw new IllegalStateException("poisoned by " + text);
    }
    move(at);
    texts.add(text);
    return texts.size();
  }

  @Override
  public synchronized void skip(Position at) {
    move(at);
  }

  private void move(Position at) {
    if (at.index() != position.index() + 1) {
      throw new IllegalStateException(at + " behind " + position);
    }
    position = at;
  }

  @Override
  public void leading(long newEpoch) {
    epoch = newEpoch;
  }

  @Override
  public void following(@Nullable Replica leader) {
    epoch = 0;
  }

  @Override
  public synchronized SnapshotReader openSnapshot() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(texts.size());
      for (String text : texts) {
        out.writeUTF(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Reader(position, bytes.toByteArray());
  }

  @Override
  public SnapshotWriter stageSnapshot(Position at) {
    return new Writer(at);
  }

  private synchronized void count(int by) {
    staged += by;
  }

  private static final class Reader implements SnapshotReader {
    /// Small, so that even little images take several pieces.
    private static final int PIECE_BYTES = 100;

    private final Position position;
    private final byte[] bytes;
    private int read;

    Reader(Position position, byte[] bytes) {
      this.position = position;
      this.bytes = bytes;
    }

    @Override
    public Position position() {
      return position;
    }

    @Override
    public byte @Nullable [] next(int maxBytes) {
      if (read == bytes.length) {
        return null;
      }
      int from = read;
      read = Math.min(bytes.length, read + PIECE_BYTES);
      return Arrays.copyOfRange(bytes, from, read);
    }

    @Override
    public void close() {}
  }

  private final class Writer implements SnapshotWriter {
    private final Position at;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private boolean closed;

    Writer(Position at) {
      this.at = at;
      count(1);
    }

    @Override
    public void accept(byte[] piece) {
      if (refusing) {
        throw new StagingException("no space for a piece");
      }
      bytes.writeBytes(piece);
    }

    @Override
    public void complete() {
      if (bytes.size() < Integer.BYTES) {
        throw new StagingException("an image of " + bytes.size() + " bytes");
      }
    }

    @Override
    public void install() {
      List<String> received = new ArrayList<>();
      try (DataInputStream in =
          new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
          received.add(in.readUTF());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      synchronized (JournalMachine.this) {
        texts = received;
        position = at;
        installs++;
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        count(-1);
      }
    }
  }
}
