package dev.partita.operator.cluster.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Quantities as the API server writes them.
class QuantitiesTest {

  @ParameterizedTest
  @CsvSource({
    "1Gi, 1Gi",
    "1024Mi, 1Gi",
    "1.5Gi, 1536Mi",
    "1536Mi, 1536Mi",
    "0.5Ki, 512",
    "250m, 250m",
    "0.25, 250m",
    "1000m, 1",
    "1.5, 1500m",
    "2, 2",
    "1000, 1k",
    "1000000000, 1G",
    "1073741824, 1073741824",
    "0, 0",
    "100n, 100n",
  })
  void areCanonical(String said, String kept) {
    assertThat(Quantities.canonical(new Quantity(said)).toString()).isEqualTo(kept);
  }
}
