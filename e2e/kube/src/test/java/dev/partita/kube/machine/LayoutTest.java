package dev.partita.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.kube.ClusterException;
import dev.partita.kube.Zone;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LayoutTest {

  @Test
  void clustersOfDifferentNamesShareNothing() {
    assertThat(Layout.named("one").folder()).isNotEqualTo(Layout.named("two").folder());
    assertThat(Layout.named("one").network(Zone.A)).isEqualTo("partita-kube-one-a");
  }

  @Test
  void aNameThatWouldLeadElsewhereIsRefused() {
    for (String name : new String[] {"", "..", "a/b", "A", "-a", "a b", "a".repeat(33)}) {
      assertThatThrownBy(() -> new Layout(name, Path.of("/x")))
          .isInstanceOf(ClusterException.class);
    }
  }
}
