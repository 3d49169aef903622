package dev.partita.engine.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A disk in memory whose power can be cut. What was written but not synced is then kept, lost,
/// torn at a sector or turned into garbage, sector by sector and in any order, as the given
/// randomness says; what was synced stays. Same seed and same calls: same bytes.
///
/// Not thread-safe: for simulations in one thread.
public final class SimulatedDisk implements LogDisk {

  /// The unit that a disk writes whole or not at all, in bytes.
  public static final int SECTOR_BYTES = 512;

  private final RandomGenerator random;
  private final NavigableMap<String, Content> files = new TreeMap<>();
  private long capacityBytes = Long.MAX_VALUE;
  private int writesUntilFailure = Integer.MAX_VALUE;
  private int syncsUntilFailure = Integer.MAX_VALUE;
  private int generation;
  private long syncs;
  private Runnable onSync = () -> {};

  public SimulatedDisk(RandomGenerator random) {
    this.random = random;
  }

  private static final class Content {
    byte[] durable;
    byte[] current;
    final List<long[]> unsynced = new ArrayList<>(); // offset, length

    Content(int bytes) {
      durable = new byte[bytes];
      current = new byte[bytes];
    }
  }

  /// How a power cut treats each sector that was not synced.
  public enum Cut {
    /// Nothing unsynced survives.
    LOSE_ALL,
    /// Only the process dies: everything is there, but what was not synced still is not.
    KEEP_ALL,
    /// Each sector survives or not.
    REORDER,
    /// Some first part of what was written survives, cut inside a sector.
    TEAR,
    /// Each sector survives, or is lost, or holds garbage.
    GARBAGE
  }

  /// Cuts the power: open files become unusable, and a new log may be opened on this disk.
  public void cutPower(Cut cut) {
    generation++;
    writesUntilFailure = Integer.MAX_VALUE;
    syncsUntilFailure = Integer.MAX_VALUE;
    if (cut == Cut.KEEP_ALL) {
      return;
    }
    for (Content content : files.values()) {
      switch (cut) {
        case LOSE_ALL, KEEP_ALL -> {}
        case REORDER, GARBAGE -> scatter(content, cut == Cut.GARBAGE);
        case TEAR -> tear(content);
      }
      content.current = content.durable.clone();
      content.unsynced.clear();
    }
  }

  private void scatter(Content content, boolean garbage) {
    for (long[] write : content.unsynced) {
      long from = write[0] - write[0] % SECTOR_BYTES;
      for (long sector = from; sector < write[0] + write[1]; sector += SECTOR_BYTES) {
        int start = (int) Math.max(sector, write[0]);
        int end = (int) Math.min(sector + SECTOR_BYTES, write[0] + write[1]);
        switch (random.nextInt(garbage ? 3 : 2)) {
          case 0 -> {}
          case 1 -> System.arraycopy(content.current, start, content.durable, start, end - start);
          default -> {
            byte[] noise = new byte[end - start];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, content.durable, start, noise.length);
          }
        }
      }
    }
  }

  private void tear(Content content) {
    if (content.unsynced.isEmpty()) {
      return;
    }
    int survivors = random.nextInt(content.unsynced.size());
    for (int i = 0; i <= survivors; i++) {
      long[] write = content.unsynced.get(i);
      int length = i < survivors ? (int) write[1] : random.nextInt((int) write[1] + 1);
      System.arraycopy(content.current, (int) write[0], content.durable, (int) write[0], length);
    }
  }

  /// From now on the files together cannot take more bytes than this.
  public void limitTo(long bytes) {
    capacityBytes = bytes;
  }

  /// The so many-th write from now on fails, and all behind it until power is cut.
  public void failWritesAfter(int writes) {
    writesUntilFailure = writes;
  }

  /// The so many-th sync from now on fails, and all behind it until power is cut.
  public void failSyncsAfter(int syncs) {
    syncsUntilFailure = syncs;
  }

  /// Called whenever something is synced.
  public void onSync(Runnable listener) {
    onSync = listener;
  }

  /// Turns bits of a durable byte, as rot does.
  public void corrupt(String name, long offset) {
    Content content = content(name);
    content.durable[(int) offset] ^= 0x41;
    content.current[(int) offset] ^= 0x41;
  }

  /// What the file holds now.
  public byte[] bytes(String name) {
    return content(name).current.clone();
  }

  /// Syncs so far.
  public long syncs() {
    return syncs;
  }

  /// Bytes of all files, allocated.
  public long usedBytes() {
    return files.values().stream().mapToLong(content -> content.current.length).sum();
  }

  /// Of everything durable: for comparing two runs of one seed.
  public int fingerprint() {
    int hash = 1;
    for (var file : files.entrySet()) {
      hash = 31 * hash + file.getKey().hashCode();
      hash = 31 * hash + Arrays.hashCode(file.getValue().durable);
    }
    return hash;
  }

  @Override
  public List<String> list() {
    return List.copyOf(files.keySet());
  }

  @Override
  public LogFile create(String name, long bytes) throws IOException {
    if (files.containsKey(name)) {
      throw new IOException(name + " exists");
    }
    if (usedBytes() + bytes > capacityBytes) {
      throw new IOException("No space left on device");
    }
    files.put(name, new Content(Math.toIntExact(bytes)));
    return new File(name, generation);
  }

  @Override
  public LogFile open(String name) {
    content(name);
    return new File(name, generation);
  }

  @Override
  public void delete(String name) throws IOException {
    if (files.remove(name) == null) {
      throw new IOException("no file " + name);
    }
  }

  @Override
  public long usableBytes() {
    return capacityBytes - usedBytes();
  }

  @Override
  public String locate(String name) {
    return "/simulated/" + name;
  }

  @Override
  public void close() {}

  private Content content(String name) {
    Content content = files.get(name);
    if (content == null) {
      throw new IllegalStateException("no file " + name);
    }
    return content;
  }

  private final class File implements LogFile {
    private final String name;
    private final int opened;

    File(String name, int opened) {
      this.name = name;
      this.opened = opened;
    }

    private Content live() throws IOException {
      if (opened != generation) {
        throw new IOException("power was cut since " + name + " was opened");
      }
      Content content = files.get(name);
      if (content == null) {
        throw new IOException(name + " was deleted");
      }
      return content;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long size() throws IOException {
      return live().current.length;
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      Content content = live();
      if (--writesUntilFailure < 0) {
        throw new IOException("simulated write error");
      }
      int length = from.remaining();
      if (position < 0 || position + length > content.current.length) {
        throw new IOException("write beyond the end of " + name);
      }
      from.get(content.current, (int) position, length);
      content.unsynced.add(new long[] {position, length});
    }

    @Override
    public void sync() throws IOException {
      Content content = live();
      syncs++;
      onSync.run();
      if (--syncsUntilFailure < 0) {
        throw new IOException("simulated sync error");
      }
      for (long[] write : content.unsynced) {
        System.arraycopy(
            content.current, (int) write[0], content.durable, (int) write[0], (int) write[1]);
      }
      content.unsynced.clear();
    }

    @Override
    public void read(ByteBuffer to, long position) throws IOException {
      Content content = live();
      if (position + to.remaining() > content.current.length) {
        throw new EOFException(name + " ends at " + content.current.length);
      }
      to.put(content.current, (int) position, to.remaining());
    }

    @Override
    public void close() {}
  }
}
