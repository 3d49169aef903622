package dev.partita.partition;

import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemStoreOptions;
import dev.partita.engine.Rows.Cursor;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.value.Bytes;
import dev.partita.replication.GroupHost;
import dev.partita.replication.GroupHostOptions;
import dev.partita.replication.GroupHosts;
import dev.partita.replication.GroupId;
import dev.partita.replication.GroupLimits;
import dev.partita.replication.GroupTiming;
import dev.partita.replication.LogStore;
import dev.partita.replication.Replica;
import dev.partita.replication.Transport;
import dev.partita.replication.VirtualThreadScheduler;
import dev.partita.replication.memory.InMemoryLogStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Some pods in one JVM, each with one replica of one partition: real consensus, real item stores,
/// messages handed over in memory.
final class Pods implements AutoCloseable {

  static final long TABLE = 3;
  static final long PARTITION = 7;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final GroupTiming TIMING =
      new GroupTiming(Duration.ofMillis(100), 4, Duration.ofMillis(100));
  private static final int ENTRIES_PER_MARK = 16;

  /// Few, so that a pod that was away needs an image.
  private static final int RECENT_ENTRIES = 16;

  static final class Pod {
    final String name;
    final Replica replica;
    final Path directory;
    final LogStore logs = new InMemoryLogStore();
    volatile @Nullable GroupHost host;
    volatile @Nullable ItemStore store;
    volatile @Nullable Partition partition;
    @Nullable PartitionEnvironment environment;

    Pod(String name, long id, Path directory) {
      this.name = name;
      this.replica = new Replica(name, id);
      this.directory = directory;
    }

    Partition partition() {
      return Objects.requireNonNull(partition);
    }

    ItemStore store() {
      return Objects.requireNonNull(store);
    }

    GroupHost host() {
      return Objects.requireNonNull(host);
    }

    boolean runs() {
      return partition != null;
    }

    boolean leads() {
      return partition != null && partition().report().role().equals("LEADER");
    }
  }

  final List<Pod> all = new ArrayList<>();
  final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final VirtualThreadScheduler scheduler = new VirtualThreadScheduler();
  private final Random random = new Random(42);

  private final TableDefinition table;

  Pods(int size, Path directory) {
    this(size, directory, Items.TABLE);
  }

  Pods(int size, Path directory, TableDefinition table) {
    this.table = table;
    for (int i = 0; i < size; i++) {
      all.add(new Pod("pod-" + i, i + 1, directory.resolve("pod-" + i)));
    }
    all.forEach(this::start);
  }

  PartitionDescriptor descriptor() {
    return new PartitionDescriptor(
        PARTITION,
        TABLE,
        RowKeys.table(TABLE),
        1,
        1,
        all.stream().map(p -> new PartitionDescriptor.Peer(p.name, p.replica.id())).toList());
  }

  void start(Pod pod) {
    GroupHostOptions options =
        new GroupHostOptions(
            TIMING,
            scheduler,
            () -> {
              synchronized (random) {
                return random.nextLong();
              }
            },
            ENTRIES_PER_MARK,
            GroupLimits.MAX_BYTES_PER_SNAPSHOT_MARK,
            64,
            RECENT_ENTRIES,
            (_, cause) -> faults.add(cause));
    GroupHost host = GroupHosts.create(pod.name, pod.logs, new Wire(pod.name), options);
    ItemStore store = ItemStore.open(pod.directory, ItemStoreOptions.defaults());
    PartitionEnvironment environment =
        PartitionEnvironment.create(System::currentTimeMillis, 1, 1, 1, PartitionLimits.DEFAULT);
    pod.host = host;
    pod.store = store;
    pod.environment = environment;
    pod.partition =
        Partition.open(descriptor(), table, pod.replica, host, store, environment)
            .orTimeout(20, TimeUnit.SECONDS)
            .join();
  }

  /// Ends a pod as `kill -9` and a lost page cache would: rows not flushed are gone.
  void kill(Pod pod) {
    pod.partition().close();
    pod.partition = null;
    pod.host().close();
    pod.host = null;
    Objects.requireNonNull(pod.environment).close();
    pod.store().closeUnflushed();
    pod.store = null;
  }

  /// Lets the log go that led to what is applied.
  static void checkpoint(Pod pod) {
    long applied = pod.partition().applied().index();
    pod.store().flush();
    Objects.requireNonNull(pod.host().find(new GroupId(PARTITION))).stateDurable(applied);
  }

  Pod leader() {
    await("a leader", () -> all.stream().anyMatch(Pod::leads));
    return all.stream().filter(Pod::leads).findFirst().orElseGet(this::leader);
  }

  Pod follower() {
    Pod leader = leader();
    return all.stream().filter(p -> p != leader && p.runs()).findFirst().orElseThrow();
  }

  /// Writes at whoever leads, asking again as a router would.
  WriteOutcome write(WriteCommand command) {
    return ask("write", partition -> partition.write(command));
  }

  ReadOutcome read(PrimaryKey key) {
    return ask("read", partition -> partition.read(key, true));
  }

  private interface Question<T> {
    java.util.concurrent.CompletableFuture<Reply<T>> put(Partition partition);
  }

  private <T> T ask(String what, Question<T> question) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      for (Pod pod : all) {
        Partition partition = pod.partition;
        if (partition == null) {
          continue;
        }
        Reply<T> reply = question.put(partition).orTimeout(30, TimeUnit.SECONDS).join();
        if (reply instanceof Reply.Answer<T>(T value)) {
          return value;
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("nobody answered a " + what);
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Waits until all running replicas have applied what the leader has.
  void awaitEven() {
    await(
        "even replicas",
        () -> {
          List<Long> applied =
              all.stream()
                  .filter(Pod::runs)
                  .map(p -> p.partition().applied().index())
                  .distinct()
                  .toList();
          return applied.size() == 1;
        });
  }

  static SortedMap<String, String> rows(Pod pod) {
    SortedMap<String, String> rows = new TreeMap<>();
    KeyRange range = RowKeys.table(TABLE);
    try (Cursor cursor = pod.store().scan(range.from().unsafeArray(), range.to().unsafeArray())) {
      while (cursor.next()) {
        rows.put(Bytes.of(cursor.key()).toString(), Bytes.of(cursor.value()).toString());
      }
    }
    return rows;
  }

  @Override
  public void close() {
    all.stream().filter(Pod::runs).forEach(this::kill);
    scheduler.close();
  }

  private final class Wire implements Transport {
    private final String from;

    Wire(String from) {
      this.from = from;
    }

    @Override
    public void send(String toPod, GroupId group, byte[] message) {
      for (Pod pod : all) {
        GroupHost host = pod.host;
        if (pod.name.equals(toPod) && host != null) {
          host.receive(from, group, message);
        }
      }
    }

    @Override
    public boolean reachable(String pod) {
      return all.stream().anyMatch(p -> p.name.equals(pod) && p.runs());
    }
  }
}
