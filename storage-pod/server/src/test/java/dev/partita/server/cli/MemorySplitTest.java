package dev.partita.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.cluster.PodLimits;
import dev.partita.server.http.HttpLimits;
import org.junit.jupiter.api.Test;

class MemorySplitTest {

  @Test
  void bytesAreTakenPlainAndWithUnits() {
    assertThat(MemorySplit.of("1073741824").total()).isEqualTo(1L << 30);
    assertThat(MemorySplit.of("1048576Ki").total()).isEqualTo(1L << 30);
    assertThat(MemorySplit.of("512Mi").total()).isEqualTo(512L << 20);
    assertThat(MemorySplit.of("2Gi").total()).isEqualTo(2L << 30);
    assertThat(MemorySplit.of("1Ti").total()).isEqualTo(1L << 40);
  }

  @Test
  void cacheAndMemtablesGetTheirShares() {
    PodLimits limits = MemorySplit.of("1000000000").limits(1_200_000_000);
    assertThat(limits.blockCacheBytes()).isEqualTo(250_000_000);
    assertThat(limits.writeBufferBytes()).isEqualTo(100_000_000);
    assertThat(limits.gatheredBytes()).isEqualTo(100_000_000);
    assertThat(limits.diskReserveBytes()).isEqualTo(PodLimits.DEFAULT.diskReserveBytes());
    assertThat(MemorySplit.of("1000000000").network()).isEqualTo(100_000_000);
  }

  @Test
  void whatTheSmallestPodHoldsFitsItsHeap() {
    long heap = MemorySplit.MIN_BYTES / 100 * 40;
    HttpLimits limits = MemorySplit.httpLimits(heap);
    long gathered = new MemorySplit(MemorySplit.MIN_BYTES).limits(heap).gatheredBytes();
    assertThat(gathered).isGreaterThanOrEqualTo(PodLimits.MIN_GATHERED_BYTES);
    assertThat(limits.maxBodyBytes() + limits.maxAnswerBytes() + gathered).isLessThan(heap / 2);
    assertThat(MemorySplit.httpLimits(100L << 30)).isEqualTo(HttpLimits.standard());
  }

  @Test
  void whatIsNoNumberOrTooLittleOrTooMuchIsRefused() {
    for (String bad : new String[] {"", "1G", "-1", "1.5Gi", "Gi", "lots"}) {
      assertThatThrownBy(() -> MemorySplit.of(bad))
          .hasMessage("--memory: expected bytes, as 1073741824 or 1Gi, got '" + bad + "'");
    }
    assertThatThrownBy(() -> MemorySplit.of("511Mi"))
        .hasMessage("--memory: a pod needs at least 512Mi, not 511Mi");
    assertThatThrownBy(() -> MemorySplit.of("999999999999999Ti")).hasMessageEndingWith("too much");
  }
}
