package dev.partita.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostTest {

  @Test
  void rootWithAllCapabilitiesMayDoEverything() {
    Host host = Host.of(List.of("Uid:\t0\t0\t0\t0", "CapEff:\t000001ffffffffff"));
    assertThat(host.obstacles()).isEmpty();
    assertThat(host.lowersOomScore()).isTrue();
  }

  @Test
  void aMachineThatWithholdsSysResourceIsGoodEnough() {
    Host host = Host.of(List.of("Uid:\t0\t0\t0\t0", "CapEff:\t000001fffeffffff"));
    assertThat(host.obstacles()).isEmpty();
    assertThat(host.lowersOomScore()).isFalse();
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(
            Host.of(List.of("Uid:\t1000\t1000\t1000\t1000", "CapEff:\t0000000000000000"))
                .obstacles())
        .containsExactly("it needs root", "it needs CAP_SYS_ADMIN", "it needs CAP_NET_ADMIN");
    // Root in an ordinary container.
    assertThat(Host.of(List.of("Uid:\t0\t0\t0\t0", "CapEff:\t00000000a80425fb")).obstacles())
        .containsExactly("it needs CAP_SYS_ADMIN", "it needs CAP_NET_ADMIN");
  }
}
