package dev.partita.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageCluster;
import dev.partita.operator.pods.PartitionsReport.Sibling;
import dev.partita.operator.pods.PodReports.Answer;
import dev.partita.operator.pods.PodReports.Answer.Silent;
import dev.partita.operator.pods.PodReports.Answer.Told;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What wakes reconcilers up.
class PolledReportsTest {

  private static final ResourceID CLUSTER = new ResourceID("orders", "shop");

  private final StorageCluster cluster = new StorageCluster();
  private final List<ResourceID> woken = new ArrayList<>();
  private Map<String, Answer> now = Map.of();
  private Instant time = Instant.parse("2026-11-22T15:00:00Z");
  private final InstantSource clock = () -> time;
  private final Deque<Runnable> looks = new ArrayDeque<>();
  private final List<ResourceID> forgotten = new ArrayList<>();
  private final PolledReports.Asking asking =
      new PolledReports.Asking() {
        @Override
        public Map<String, Answer> all(StorageCluster asked) {
          return now;
        }

        @Override
        public void forget(ResourceID gone) {
          forgotten.add(gone);
        }
      };
  private final PolledReports reports =
      new PolledReports(asking, clock.withZone(ZoneOffset.UTC), looks::add);

  @BeforeEach
  void follow() {
    cluster.getMetadata().setName("orders");
    cluster.getMetadata().setNamespace("shop");
    reports.onChange(woken::add);
    reports.follow(cluster);
  }

  @AfterEach
  void close() {
    reports.close();
  }

  private static Map<String, Answer> told(
      boolean ready, String fingerprint, @Nullable String catalogLeader, long applied) {
    return Map.of(
        "orders-0",
        new Told(
            new PodReport(
                "orders-0",
                "a",
                "0.1.0",
                ready,
                false,
                1,
                List.of(new PodReport.Key("K", fingerprint)),
                null,
                null),
            new PartitionsReport(
                "orders-0",
                catalogLeader,
                applied,
                null,
                List.of(new Sibling("orders-1", "b", true)),
                List.of())));
  }

  private int lookAt(Map<String, Answer> answers) {
    now = answers;
    int before = woken.size();
    reports.look(CLUSTER, cluster);
    return woken.size() - before;
  }

  @Test
  void nobodyIsWokenByProgress() {
    assertThat(lookAt(told(true, "f1", "orders-1", 42))).isEqualTo(1);
    assertThat(lookAt(told(true, "f1", "orders-1", 42))).isZero();
    assertThat(lookAt(told(true, "f1", "orders-1", 43))).isZero();
  }

  @Test
  void everyoneIsWokenByWhatMatters() {
    lookAt(told(true, "f1", "orders-1", 42));

    assertThat(lookAt(told(false, "f1", "orders-1", 42))).isEqualTo(1);
    assertThat(lookAt(told(false, "f2", "orders-1", 42))).isEqualTo(1);
    assertThat(lookAt(told(false, "f2", null, 42))).isEqualTo(1);
    assertThat(lookAt(Map.of("orders-0", new Silent("refused")))).isEqualTo(1);
    assertThat(lookAt(Map.of("orders-0", new Silent("timed out")))).isZero();
    assertThat(woken).containsOnly(CLUSTER);
  }

  @Test
  void whoAsksInBetweenKeepsNobodyFromBeingWoken() {
    lookAt(told(true, "f1", "orders-1", 42));
    now = told(false, "f1", "orders-1", 42);

    assertThat(reports.ask(cluster)).isEqualTo(now);
    assertThat(reports.latest(CLUSTER)).isEqualTo(now);
    assertThat(lookAt(now)).isEqualTo(1);
  }

  @Test
  void aClusterWhoseLookStillRunsIsNotLookedAtAgain() {
    reports.round();
    reports.round();
    assertThat(looks).hasSize(1);

    looks.removeFirst().run();
    reports.round();
    assertThat(looks).hasSize(1);
  }

  @Test
  void aClusterThatIsGoneIsForgottenWithTheWayToItsPods() {
    time = time.plus(PolledReports.FORGOTTEN_AFTER).plusSeconds(1);
    reports.round();

    assertThat(forgotten).containsExactly(CLUSTER);
    assertThat(looks).isEmpty();
  }

  @Test
  void aClusterThatNobodyFollowsSaysNothing() {
    assertThat(reports.latest(new ResourceID("other", "shop"))).isEmpty();
  }
}
