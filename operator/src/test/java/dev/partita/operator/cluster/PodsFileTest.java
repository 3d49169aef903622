package dev.partita.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.operator.cluster.objects.Names;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The file that names all pods.
class PodsFileTest {

  private static final Names NAMES = new Names("shop", "orders");

  @Test
  void hasALineForEachPodWithItsZone() {
    assertThat(
            PodsFile.of(NAMES, 3, Map.of("orders-0", "a", "orders-1", "b", "orders-2", "c"), null))
        .isEqualTo(
            new PodsFile.Complete(
                """
                orders-0/a@orders-0.orders-pods.shop.svc:7400
                orders-1/b@orders-1.orders-pods.shop.svc:7400
                orders-2/c@orders-2.orders-pods.shop.svc:7400
                """));
  }

  @Test
  void waitsForPodsWithoutANode() {
    assertThat(PodsFile.of(NAMES, 3, Map.of("orders-1", "b"), null))
        .isEqualTo(new PodsFile.Waiting(List.of("orders-0", "orders-2")));
  }

  @Test
  void keepsTheZoneOfAPodThatIsBeingRestarted() {
    PodsFile first = PodsFile.of(NAMES, 1, Map.of("orders-0", "a"), null);

    assertThat(first).isInstanceOf(PodsFile.Complete.class);
    assertThat(PodsFile.of(NAMES, 1, Map.of(), ((PodsFile.Complete) first).text()))
        .isEqualTo(first);
  }

  @Test
  void followsAPodIntoAnotherZone() {
    PodsFile.Complete first =
        (PodsFile.Complete) PodsFile.of(NAMES, 1, Map.of("orders-0", "a"), null);

    assertThat(PodsFile.of(NAMES, 1, Map.of("orders-0", "b"), first.text()))
        .isEqualTo(new PodsFile.Complete("orders-0/b@orders-0.orders-pods.shop.svc:7400\n"));
  }
}
