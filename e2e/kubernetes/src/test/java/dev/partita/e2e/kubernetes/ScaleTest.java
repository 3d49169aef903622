package dev.partita.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.DynamoTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// "Will the operator grow with my tables?"
class ScaleTest {

  private static final int TABLES = 300;
  private static final Duration ALL_ACTIVE = Duration.ofMinutes(10);

  /// The operator's promise, in bytes.
  private static final long MOST_MEMORY = 256L << 20;

  /// For what it keeps of them to settle.
  private static final Duration SETTLED = Duration.ofSeconds(60);

  @Test
  void threeHundredTablesFitIntoASmallOperator() throws Exception {
    try (Place place = Place.create(Stage.get(), "many")) {
      place.apply(Manifests.table("table-0", "pk"));
      place.awaitActive("table-0", Place.FROM_NOTHING);
      StringBuilder all = new StringBuilder();
      for (int i = 1; i < TABLES; i++) {
        all.append(Manifests.table("table-" + i, "pk")).append("---\n");
      }
      long begun = System.nanoTime();
      place.apply(all.toString());
      Await.until(
          "all tables ACTIVE", ALL_ACTIVE, () -> active(place) == TABLES, () -> active(place));
      System.out.printf(
          "%d tables ACTIVE after %d s%n", TABLES, (System.nanoTime() - begun) / 1_000_000_000);
      Thread.sleep(SETTLED);
      long memory = Stage.get().operators().memory();
      System.out.printf("the operator uses %d MiB%n", memory >> 20);
      assertThat(memory).isLessThan(MOST_MEMORY);
    }
  }

  private static long active(Place place) {
    List<DynamoTable> tables =
        place
            .client()
            .resources(DynamoTable.class)
            .inNamespace(place.namespace())
            .list()
            .getItems();
    return tables.stream()
        .filter(t -> t.getStatus() != null && "ACTIVE".equals(t.getStatus().tableStatus()))
        .count();
  }
}
