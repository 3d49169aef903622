package dev.partita.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageCluster;
import dev.partita.operator.pods.PartitionsReport.Sibling;
import dev.partita.operator.pods.PodReports.Answer;
import dev.partita.operator.pods.PodReports.Answer.Silent;
import dev.partita.operator.pods.PodReports.Answer.Told;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.util.ArrayList;
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
  private final PolledReports reports = new PolledReports(_ -> now, Clock.systemUTC());

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
  void aClusterThatNobodyFollowsSaysNothing() {
    assertThat(reports.latest(new ResourceID("other", "shop"))).isEmpty();
  }
}
