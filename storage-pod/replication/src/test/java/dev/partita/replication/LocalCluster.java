package dev.partita.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.replication.memory.InMemoryLogStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Some pods in one JVM with real time and threads, each with the same one group; fast heartbeats.
public final class LocalCluster implements AutoCloseable {
  static final GroupId GROUP = new GroupId(7);

  /// Held, since a logger that nobody holds forgets its level.
  private static final Logger CORE_LOG = Logger.getLogger("io.microraft");

  static {
    CORE_LOG.setLevel(Level.SEVERE);
  }

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final GroupTiming TIMING =
      new GroupTiming(Duration.ofMillis(50), 4, Duration.ofMillis(50));

  /// One pod.
  static final class Pod {
    final String name;
    final Replica replica;
    final InMemoryLogStore logs = new InMemoryLogStore();
    final JournalMachine machine = new JournalMachine();
    @Nullable GroupHost host;
    @Nullable Group group;

    Pod(String name, long id) {
      this.name = name;
      this.replica = new Replica(name, id);
    }

    Group group() {
      assertThat(group).as(name + " is open").isNotNull();
      return Objects.requireNonNull(group);
    }

    GroupHost host() {
      return Objects.requireNonNull(host);
    }
  }

  final Map<String, Pod> pods = new LinkedHashMap<>();
  final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final Set<String> cutOff = ConcurrentHashMap.newKeySet();
  private final VirtualThreadScheduler scheduler = new VirtualThreadScheduler();
  private final Random random = new Random(42);
  private final int entriesPerMark;
  private final int recentEntries;

  LocalCluster(int size, int entriesPerMark) {
    this(size, entriesPerMark, GroupLimits.MAX_RECENT_ENTRIES);
  }

  LocalCluster(int size, int entriesPerMark, int recentEntries) {
    this.entriesPerMark = entriesPerMark;
    this.recentEntries = recentEntries;
    for (int i = 0; i < size; i++) {
      pods.put("pod-" + i, new Pod("pod-" + i, i + 1));
    }
    pods.values().forEach(this::open);
  }

  void open(Pod pod) {
    GroupHostOptions options =
        new GroupHostOptions(
            TIMING,
            scheduler,
            () -> {
              synchronized (random) {
                return random.nextLong();
              }
            },
            entriesPerMark,
            GroupLimits.MAX_BYTES_PER_SNAPSHOT_MARK,
            64,
            recentEntries,
            (_, cause) -> faults.add(cause));
    GroupHost host = GroupHosts.create(pod.name, pod.logs, new LocalTransport(pod.name), options);
    pod.host = host;
    pod.group =
        host.open(
                GROUP,
                pod.replica,
                pods.values().stream().map(p -> p.replica).toList(),
                pod.machine)
            .orTimeout(20, TimeUnit.SECONDS)
            .join();
  }

  void close(Pod pod) {
    pod.host().close();
    pod.host = null;
    pod.group = null;
  }

  void cutOff(Pod pod) {
    cutOff.add(pod.name);
  }

  void heal() {
    cutOff.clear();
  }

  Pod leader() {
    List<Pod> found = new ArrayList<>();
    await(
        "a leader that is not cut off",
        () -> {
          pods.values().stream()
              .filter(p -> p.group != null && !cutOff.contains(p.name) && p.machine.epoch() != 0)
              .findFirst()
              .ifPresent(found::add);
          return !found.isEmpty();
        });
    return found.getFirst();
  }

  Pod follower() {
    Pod leader = leader();
    return pods.values().stream()
        .filter(p -> p != leader && p.group != null)
        .findFirst()
        .orElseThrow();
  }

  /// Proposes until it is applied, on whoever leads.
  void write(String text) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      Pod leader = leader();
      Proposal outcome =
          leader
              .group()
              .propose(leader.machine.epoch(), bytes(text))
              .orTimeout(20, TimeUnit.SECONDS)
              .join();
      if (outcome instanceof Proposal.Applied) {
        return;
      }
      assertThat(outcome).isNotInstanceOf(Proposal.Unknown.class);
      Thread.onSpinWait();
    }
    throw new AssertionError("could not write " + text);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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

  @Override
  public void close() {
    pods.values().stream().filter(p -> p.host != null).forEach(this::close);
    scheduler.close();
  }

  private final class LocalTransport implements Transport {
    private final String from;

    LocalTransport(String from) {
      this.from = from;
    }

    @Override
    public void send(String toPod, GroupId group, byte[] message) {
      Pod to = pods.get(toPod);
      if (to == null || cutOff.contains(from) || cutOff.contains(toPod)) {
        return;
      }
      GroupHost host = to.host;
      if (host != null) {
        host.receive(from, group, message);
      }
    }

    @Override
    public boolean reachable(String pod) {
      return !cutOff.contains(pod);
    }
  }
}
