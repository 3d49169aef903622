package dev.partita.operator.pods;

import dev.partita.crds.StorageCluster;
import dev.partita.operator.pods.PodReports.Answer.Silent;
import dev.partita.operator.pods.PodReports.Answer.Told;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the pods of all known clusters every now and then, and tells when their answers have
/// changed in something that matters.
public final class PolledReports implements PodReports, AutoCloseable {

  static final Duration PERIOD = Duration.ofSeconds(15);

  /// A cluster that no reconcile has named for so long is gone.
  static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(20);

  private static final Logger log = LoggerFactory.getLogger(PolledReports.class);

  private final Asking asking;
  private final Clock clock;
  private final Map<ResourceID, Followed> followed = new ConcurrentHashMap<>();
  private final Set<ResourceID> looking = ConcurrentHashMap.newKeySet();
  private final List<Consumer<ResourceID>> listeners = new CopyOnWriteArrayList<>();
  private final Executor threads;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("pod-reports").factory());

  /// @param answers by pod name, as of the last time of asking
  private record Followed(
      StorageCluster cluster, Instant since, Map<String, Answer> answers, Object digest) {}

  public PolledReports(Asking asking, Clock clock) {
    this(asking, clock, look -> Thread.ofVirtual().start(look));
  }

  /// @param threads run one look each
  PolledReports(Asking asking, Clock clock, Executor threads) {
    this.asking = asking;
    this.clock = clock;
    this.threads = threads;
  }

  /// How the pods of one cluster are asked, all of them; blocks.
  public interface Asking {
    Map<String, Answer> all(StorageCluster cluster);

    /// The cluster is gone, and with it the way to its pods.
    default void forget(ResourceID cluster) {}
  }

  /// Begins to ask.
  public void start() {
    // It lasts as long as the timer, and round() lets nothing out.
    var _ =
        timer.scheduleWithFixedDelay(
            this::round, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Map<String, Answer> latest(ResourceID cluster) {
    Followed known = followed.get(cluster);
    return known == null ? Map.of() : known.answers();
  }

  @Override
  public void follow(StorageCluster cluster) {
    followed.compute(
        ResourceID.fromResource(cluster),
        (_, known) ->
            known == null
                ? new Followed(cluster, clock.instant(), Map.of(), Map.of())
                : new Followed(cluster, clock.instant(), known.answers(), known.digest()));
  }

  @Override
  public void onChange(Consumer<ResourceID> listener) {
    listeners.add(listener);
  }

  @Override
  public Map<String, Answer> ask(StorageCluster cluster) {
    Map<String, Answer> answers = asking.all(cluster);
    followed.computeIfPresent(
        ResourceID.fromResource(cluster),
        (_, known) ->
            // The digest stays: whoever asked knows, but others still have to be told.
            new Followed(known.cluster(), known.since(), answers, known.digest()));
    return answers;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /// Must not throw: the timer would stop.
  void round() {
    Instant oldest = clock.instant().minus(FORGOTTEN_AFTER);
    for (Map.Entry<ResourceID, Followed> entry : List.copyOf(followed.entrySet())) {
      ResourceID id = entry.getKey();
      if (entry.getValue().since().isBefore(oldest)) {
        if (followed.remove(id, entry.getValue())) {
          asking.forget(id);
        }
      } else if (looking.add(id)) {
        // One look at a time: pods that hang must not gather more and more who ask them.
        threads.execute(
            () -> {
              try {
                look(id, entry.getValue().cluster());
              } finally {
                looking.remove(id);
              }
            });
      }
    }
  }

  /// Asks one cluster's pods, and tells if something has changed.
  void look(ResourceID id, StorageCluster cluster) {
    try {
      Map<String, Answer> answers = asking.all(cluster);
      Object digest = digest(answers);
      boolean[] changed = {false};
      followed.computeIfPresent(
          id,
          (_, known) -> {
            changed[0] = !digest.equals(known.digest());
            return new Followed(known.cluster(), known.since(), answers, digest);
          });
      if (changed[0]) {
        listeners.forEach(listener -> listener.accept(id));
      }
    } catch (RuntimeException e) {
      log.warn("pods could not be asked cluster={}", id, e);
    }
  }

  /// What matters: everything of `/pod`; of `/partitions` who leads the catalog and whom the pod
  /// hears, not how far anybody is.
  private static Object digest(Map<String, Answer> answers) {
    Map<String, List<Object>> digest = new TreeMap<>();
    answers.forEach((name, answer) -> digest.put(name, digest(answer)));
    return digest;
  }

  private static List<Object> digest(Answer answer) {
    return switch (answer) {
      case Silent _ -> List.of();
      case Told(PodReport pod, @Nullable PartitionsReport partitions) -> {
        List<Object> matters = new ArrayList<>();
        matters.add(pod);
        if (partitions != null) {
          matters.add(String.valueOf(partitions.catalogLeader()));
          matters.add(partitions.pods());
        }
        yield matters;
      }
    };
  }
}
