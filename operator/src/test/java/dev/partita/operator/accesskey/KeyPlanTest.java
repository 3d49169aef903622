package dev.partita.operator.accesskey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.operator.accesskey.KeyFacts.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyPlanTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration OVERLAP = Duration.ofHours(24);
  private static final Knowledge ALL =
      new Knowledge(List.of("main-0", "main-1"), List.of(), List.of());
  private static final Knowledge SOME =
      new Knowledge(List.of("main-0"), List.of("main-1"), List.of());
  private static final Knowledge SILENT =
      new Knowledge(List.of("main-0"), List.of(), List.of("main-1"));
  private static final Knowledge NOBODY = new Knowledge(List.of(), List.of(), List.of());

  private final List<LiveKey> ring = new ArrayList<>();
  private Held held = new Held.Nothing();
  private Knowledge knowledge = ALL;
  private @Nullable Duration rotateAfter;
  private Duration overlap = OVERLAP;
  private @Nullable String token;

  private KeyPlan plan() {
    return KeyPlan.of(
        new KeyFacts(NOW, rotateAfter, overlap, token, new KeyRing(ring), held, _ -> knowledge));
  }

  private static LiveKey key(String id, Duration age) {
    return new LiveKey(id, "secret of " + id, NOW.minus(age), null, null);
  }

  private static LiveKey young(String id) {
    return key(id, Duration.ofSeconds(5));
  }

  private static LiveKey old(String id) {
    return key(id, Duration.ofDays(10));
  }

  private static Held holds(LiveKey key) {
    return new Held.Own(key.id(), key.secret(), true);
  }

  @Test
  void theFirstKeyIsMade() {
    assertThat(plan()).isEqualTo(new KeyPlan.Make());
  }

  @Test
  void noKeyIsMadeThatCannotBeHandedOver() {
    held = new Held.Foreign();
    assertThat(plan()).isEqualTo(new KeyPlan.Rest(null));
  }

  @Test
  void applicationsGetAKeyOnceEveryPodKnowsIt() {
    ring.add(young("A"));
    for (Knowledge tooFew : List.of(SOME, SILENT, NOBODY)) {
      knowledge = tooFew;
      assertThat(plan()).isEqualTo(new KeyPlan.Wait(ring.get(0), tooFew));
    }
    knowledge = ALL;
    assertThat(plan()).isEqualTo(new KeyPlan.Publish(ring.get(0)));
  }

  @Test
  void aPodThatDoesNotAnswerIsNotWaitedForForEver() {
    ring.add(old("A"));
    knowledge = SILENT;
    assertThat(plan()).isEqualTo(new KeyPlan.Publish(ring.get(0)));
    knowledge = NOBODY;
    assertThat(plan()).isEqualTo(new KeyPlan.Publish(ring.get(0)));
  }

  @Test
  void aRotationWaitsForAPodThatDoesNotAnswer() {
    ring.add(old("A"));
    ring.add(key("B", Duration.ofDays(1)));
    held = holds(ring.get(0));
    for (Knowledge tooFew : List.of(SILENT, NOBODY)) {
      knowledge = tooFew;
      assertThat(plan())
          .describedAs("the old key is good everywhere, the new one may not be")
          .isEqualTo(new KeyPlan.Wait(ring.get(1), tooFew));
    }
    knowledge = ALL;
    assertThat(plan()).isEqualTo(new KeyPlan.Publish(ring.get(1)));
  }

  @Test
  void aPodThatTurnsTheKeyAwayIsWaitedForForEver() {
    ring.add(old("A"));
    knowledge = SOME;
    assertThat(plan()).isEqualTo(new KeyPlan.Wait(ring.get(0), SOME));
  }

  @Test
  void nothingIsDueAtRest() {
    ring.add(old("A"));
    held = holds(ring.get(0));
    assertThat(plan()).isEqualTo(new KeyPlan.Rest(null));
    rotateAfter = Duration.ofDays(30);
    assertThat(plan()).isEqualTo(new KeyPlan.Rest(NOW.plus(Duration.ofDays(20))));
  }

  @Test
  void aSecretThatIsGoneComesBackWithTheSameKey() {
    ring.add(old("A"));
    assertThat(plan()).isEqualTo(new KeyPlan.Publish(ring.get(0)));
  }

  @Test
  void aSecretWithAnotherEndpointOrCaIsWrittenAgain() {
    ring.add(old("A"));
    held = new Held.Own("A", ring.get(0).secret(), false);
    knowledge = SOME;
    assertThat(plan()).isEqualTo(new KeyPlan.Publish(ring.get(0)));
  }

  @Test
  void aKeyThatThePodsLostIsGivenToThemAgain() {
    held = new Held.Own("A", "secret", true);
    assertThat(plan()).isEqualTo(new KeyPlan.Restore("A", "secret"));
  }

  @Test
  void aSecretThatLostItsKeyGetsANewOne() {
    held = new Held.Own(null, null, false);
    assertThat(plan()).isEqualTo(new KeyPlan.Make());
  }

  @Test
  void anOldKeyIsReplaced() {
    ring.add(old("A"));
    held = holds(ring.get(0));
    rotateAfter = Duration.ofDays(10);
    assertThat(plan()).isEqualTo(new KeyPlan.Make());
  }

  @Test
  void anotherTokenReplacesTheKeyAndTheSameDoesNot() {
    LiveKey key = new LiveKey("A", "secret of A", NOW, "one", null);
    ring.add(key);
    held = holds(key);
    token = "one";
    assertThat(plan()).isEqualTo(new KeyPlan.Rest(null));
    token = "two";
    assertThat(plan()).isEqualTo(new KeyPlan.Make());
    token = null;
    assertThat(plan())
        .describedAs("taking the token away asks for nothing")
        .isEqualTo(new KeyPlan.Rest(null));
  }

  @Test
  void theOldKeyStaysInTheSecretUntilThePodsKnowTheNewOne() {
    ring.add(old("A"));
    ring.add(young("B"));
    held = holds(ring.get(0));
    knowledge = SOME;
    assertThat(plan()).isEqualTo(new KeyPlan.Wait(ring.get(1), SOME));
    knowledge = ALL;
    assertThat(plan()).isEqualTo(new KeyPlan.Publish(ring.get(1)));
    held = holds(ring.get(1));
    assertThat(plan()).isEqualTo(new KeyPlan.Switch());
  }

  @Test
  void aSecretThatIsDeletedInARotationHasTheOldKeyMeanwhile() {
    ring.add(old("A"));
    ring.add(young("B"));
    knowledge = SOME;
    assertThat(plan()).isEqualTo(new KeyPlan.Publish(ring.get(0)));
  }

  @Test
  void aReplacedKeyIsValidForTheOverlapAndThenDropped() {
    LiveKey retired = old("A").retired(NOW.minus(Duration.ofHours(23)));
    ring.add(retired);
    ring.add(key("B", Duration.ofHours(23)));
    held = holds(ring.get(1));
    assertThat(plan()).isEqualTo(new KeyPlan.Rest(NOW.plus(Duration.ofHours(1))));
    overlap = Duration.ofHours(23);
    assertThat(plan())
        .describedAs("a shorter overlap counts at once")
        .isEqualTo(new KeyPlan.Drop(List.of(retired)));
  }

  @Test
  void thereAreNeverThreeKeys() {
    ring.add(old("A").retired(NOW.minus(Duration.ofHours(1))));
    ring.add(key("B", Duration.ofHours(1)));
    held = holds(ring.get(1));
    token = "now";
    rotateAfter = Duration.ofMinutes(1);
    assertThat(plan()).isEqualTo(new KeyPlan.Rest(NOW.plus(Duration.ofHours(23))));
  }

  @Test
  void aReplacedKeyIsNotDroppedWhileApplicationsHaveIt() {
    ring.add(old("A").retired(NOW.minus(Duration.ofHours(30))));
    ring.add(key("B", Duration.ofHours(30)));
    held = holds(ring.get(0));
    assertThat(plan())
        .describedAs("somebody put an old Secret back")
        .isEqualTo(new KeyPlan.Publish(ring.get(1)));
  }

  @Test
  void aRingIsTheSameAfterItWasWrittenAndRead() {
    KeyRing written =
        new KeyRing(
            List.of(
                new LiveKey("A", "s=1", NOW, null, NOW.plusSeconds(1)),
                new LiveKey("B", "s/2+", NOW, "0123456789abcdef", null)));
    assertThat(KeyRingText.read(KeyRingText.write(written, "uid"), Instant.EPOCH))
        .isEqualTo(written);
  }

  @Test
  void aRingIsKnownByTheAccessKeyThatWroteIt() {
    String text = KeyRingText.write(new KeyRing(List.of(young("A"))), "uid-1");
    assertThat(KeyRingText.isOf("uid-1", text)).isTrue();
    assertThat(KeyRingText.isOf("uid-10", text)).isFalse();
    assertThat(KeyRingText.isOf("uid-", text)).isFalse();
  }

  @Test
  void aRingIsReadAroundWhatMakesNoSense() {
    String text =
        """
        # by hand
        nonsense
        [one]
        aws_access_key_id = A
        [two]
        aws_secret_access_key = s
        aws_access_key_id = B
        partita_created_at = yesterday
        """;
    assertThat(KeyRingText.read(text, NOW))
        .isEqualTo(new KeyRing(List.of(new LiveKey("B", "s", NOW, null, null))));
  }

  @Test
  void durationsAreReadAsTheManifestWritesThem() {
    assertThat(Spans.parse("720h")).isEqualTo(Duration.ofDays(30));
    assertThat(Spans.parse("1h30m5s")).isEqualTo(Duration.ofSeconds(5405));
    assertThat(Spans.parse("0s")).isEqualTo(Duration.ZERO);
    for (String wrong : List.of("", "5", "1d", "-1h", "1m1h", "h")) {
      assertThat(Spans.parse(wrong)).describedAs(wrong).isNull();
    }
  }
}
