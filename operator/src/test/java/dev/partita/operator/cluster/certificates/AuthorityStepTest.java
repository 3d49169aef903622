package dev.partita.operator.cluster.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.operator.tls.Authority;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// When an authority is exchanged.
class AuthorityStepTest {

  private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
  private static final Authorities STEADY =
      new Authorities(Authority.create("orders", NOW), null, null);
  private static final Authorities ANNOUNCED = STEADY.announce(Authority.create("orders", NOW));

  private static AuthorityStep step(
      Authorities now, boolean everywhere, boolean asked, boolean hurried, Instant time) {
    return AuthorityStep.of(now, everywhere, asked, hurried, time);
  }

  @Test
  void aYoungAuthorityIsKept() {
    assertThat(step(STEADY, true, false, false, NOW)).isEqualTo(AuthorityStep.KEEP);
  }

  @Test
  void anOldOneGetsASuccessorAndSoDoesOneThatSomebodyWantsExchanged() {
    assertThat(step(STEADY, false, false, false, NOW.plus(Duration.ofDays(7 * 365))))
        .isEqualTo(AuthorityStep.ANNOUNCE);
    assertThat(step(STEADY, false, true, false, NOW)).isEqualTo(AuthorityStep.ANNOUNCE);
  }

  @Test
  void theSuccessorSignsWhenAllTrustItAndApplicationsHadTheirTime() {
    Instant later = NOW.plus(AuthorityStep.ANNOUNCED_FOR);

    assertThat(step(ANNOUNCED, true, false, false, NOW)).isEqualTo(AuthorityStep.KEEP);
    assertThat(step(ANNOUNCED, false, false, false, later)).isEqualTo(AuthorityStep.KEEP);
    assertThat(step(ANNOUNCED, true, false, false, later)).isEqualTo(AuthorityStep.SWITCH);
  }

  @Test
  void whoAskedForItDoesNotWaitButForThePods() {
    assertThat(step(ANNOUNCED, false, false, true, NOW)).isEqualTo(AuthorityStep.KEEP);
    assertThat(step(ANNOUNCED, true, false, true, NOW)).isEqualTo(AuthorityStep.SWITCH);
  }

  @Test
  void anExchangeThatWaitsForItsDateIsHurriedByWhoAsksForIt() {
    assertThat(step(ANNOUNCED, false, true, false, NOW)).isEqualTo(AuthorityStep.HURRY);
    // Nothing is signed by the successor yet: it answers whoever else asks.
    assertThat(step(ANNOUNCED, true, true, true, NOW)).isEqualTo(AuthorityStep.HURRY);
    assertThat(step(ANNOUNCED.switchOver(), false, true, true, NOW)).isEqualTo(AuthorityStep.KEEP);
    assertThat(step(ANNOUNCED.switchOver().retire(), true, true, false, NOW))
        .isEqualTo(AuthorityStep.ANNOUNCE);
  }

  @Test
  void waitingForADateIsNothingToBeDone() {
    assertThat(AuthorityStep.settled(STEADY, false, NOW)).isTrue();
    assertThat(AuthorityStep.settled(ANNOUNCED, false, NOW)).isTrue();
    assertThat(AuthorityStep.settled(ANNOUNCED, true, NOW)).isFalse();
    assertThat(AuthorityStep.settled(ANNOUNCED, false, NOW.plus(AuthorityStep.ANNOUNCED_FOR)))
        .isFalse();
    assertThat(AuthorityStep.settled(ANNOUNCED.switchOver(), false, NOW)).isFalse();
  }

  @Test
  void thePredecessorGoesWhenAllUseWhatTheSuccessorSigned() {
    Authorities switched = ANNOUNCED.switchOver();

    assertThat(step(switched, false, false, true, NOW)).isEqualTo(AuthorityStep.KEEP);
    assertThat(step(switched, true, false, true, NOW)).isEqualTo(AuthorityStep.RETIRE);
    assertThat(switched.retire().steady()).isTrue();
  }

  @Test
  void everyStepIsReadAgainFromItsSecret() throws Exception {
    for (Authorities now : new Authorities[] {STEADY, ANNOUNCED, ANNOUNCED.switchOver()}) {
      Authorities read = Authorities.read(now.write());
      assertThat(read.bundle()).isEqualTo(now.bundle());
      assertThat(read.steady()).isEqualTo(now.steady());
    }
  }
}
