package dev.partita.operator.accesskey;

import dev.partita.crds.AccessKey;
import dev.partita.crds.StorageCluster;
import dev.partita.operator.accesskey.KeyStatuses.Readiness;
import dev.partita.operator.pods.Connection;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One turn for an AccessKey whose cluster is there.
final class KeyTurn {

  static final String SECRET_NOT_OURS = "SecretNotOurs";

  /// While everything is as it should be.
  static final Duration REST = Duration.ofSeconds(60);

  /// After an act.
  static final Duration SOON = Duration.ofMillis(100);

  /// While pods learn a key: at first, and when that takes long.
  private static final Duration ASK_AGAIN_MIN = Duration.ofSeconds(1);

  private static final Duration ASK_AGAIN_MAX = Duration.ofSeconds(15);

  /// The next question comes after this part of the time that it has taken already.
  private static final int PART = 4;

  private final AccessKeyWork work;
  private final AccessKey resource;
  private final KeyStore store;
  private final StorageCluster cluster;
  private final Connection connection;
  private final Secret pods;
  private final Instant now;
  private final @Nullable Duration rotateAfter;
  private final Duration overlap;
  private final String uid;
  private final @Nullable String written;
  private final KeyRing ring;
  private final @Nullable Secret user;
  private final KeyFacts.Held held;
  private final @Nullable String token;

  KeyTurn(
      AccessKeyWork work,
      AccessKey resource,
      KeyStore store,
      StorageCluster cluster,
      Connection connection,
      Secret pods,
      Instant now,
      @Nullable Duration rotateAfter,
      Duration overlap) {
    this.work = work;
    this.resource = resource;
    this.store = store;
    this.cluster = cluster;
    this.connection = connection;
    this.pods = pods;
    this.now = now;
    this.rotateAfter = rotateAfter;
    this.overlap = overlap;
    this.uid = String.valueOf(resource.getMetadata().getUid());
    this.written = KeySecret.text(pods, KeyNames.dataKey(resource.getMetadata().getName()));
    this.ring =
        written != null && KeyRingText.isOf(uid, written)
            ? KeyRingText.read(written, now)
            : KeyRing.EMPTY;
    this.user = store.secret(resource.getMetadata().getNamespace(), KeyNames.userSecret(resource));
    this.held = KeySecret.held(resource, connection, ring, user);
    String asked = resource.getSpec().rotationToken();
    this.token = asked == null ? null : LiveKey.digest(asked);
  }

  Duration run() {
    if (written != null && ring.isEmpty()) {
      // Whoever deletes an AccessKey means its keys to be refused, all the more if one has leaked.
      write(KeyRing.EMPTY);
      event("KeyRemoved", "keys of an earlier AccessKey of this name are not valid any more");
      return SOON;
    }
    KeyPlan plan =
        KeyPlan.of(new KeyFacts(now, rotateAfter, overlap, token, ring, held, this::ask));
    return switch (plan) {
      case KeyPlan.Make _ -> {
        LiveKey key = work.newKeys().make(now, token);
        write(ring.with(key));
        event("KeyMade", "made key " + key.id() + "; the pods are learning it");
        yield SOON;
      }
      case KeyPlan.Restore(String id, String secret) -> {
        write(ring.with(new LiveKey(id, secret, now, token, null)));
        event("KeyRestored", "the pods had lost key " + id + " and get it again");
        yield SOON;
      }
      case KeyPlan.Publish(LiveKey key) -> {
        store.writeUserSecret(user, KeySecret.of(resource, connection, key));
        event(
            "SecretWritten", "Secret " + KeyNames.userSecret(resource) + " holds key " + key.id());
        yield SOON;
      }
      case KeyPlan.Switch _ -> {
        LiveKey old = ring.current().orElseThrow();
        write(ring.switched(now));
        event("KeyRetiring", "key " + old.id() + " is valid until " + now.plus(overlap));
        yield SOON;
      }
      case KeyPlan.Drop drop -> {
        write(ring.without(drop.keys()::contains));
        drop.keys()
            .forEach(key -> event("KeyRemoved", "key " + key.id() + " is not valid any more"));
        yield SOON;
      }
      case KeyPlan.Wait(LiveKey key, Knowledge knowledge) -> {
        tell(waiting(key, knowledge));
        yield askAgain(key);
      }
      case KeyPlan.Rest(Instant until) -> {
        tell(resting());
        yield until == null ? REST : sooner(Duration.between(now, until));
      }
    };
  }

  /// While a key is being learnt the pods are asked; otherwise what they said last is enough.
  private Knowledge ask(LiveKey key) {
    return Knowledge.of(key, work.reports().ask(cluster));
  }

  private Duration askAgain(LiveKey key) {
    Duration part = Duration.between(key.createdAt(), now).dividedBy(PART);
    return part.compareTo(ASK_AGAIN_MIN) < 0
        ? ASK_AGAIN_MIN
        : part.compareTo(ASK_AGAIN_MAX) > 0 ? ASK_AGAIN_MAX : part;
  }

  private Readiness waiting(LiveKey key, Knowledge knowledge) {
    boolean rotating = ring.coming().isPresent();
    String text =
        knowledge.lacking().isEmpty()
            ? "pods that do not answer: " + String.join(", ", knowledge.silent())
            : "pods that do not know it yet: " + String.join(", ", knowledge.lacking());
    return rotating
        ? new Readiness(true, "Rotating", "key " + key.id() + " is coming; " + text)
        : new Readiness(false, "WaitingForPods", "key " + key.id() + " is made; " + text);
  }

  private Readiness resting() {
    String secret = KeyNames.userSecret(resource);
    if (held instanceof KeyFacts.Held.Foreign) {
      return new Readiness(
          false,
          SECRET_NOT_OURS,
          "there is a Secret "
              + secret
              + " that this resource did not make; delete it, or name another secretName in a new"
              + " AccessKey");
    }
    LiveKey current = ring.current().orElseThrow();
    Knowledge knowledge =
        Knowledge.of(current, work.reports().latest(ResourceID.fromResource(cluster)));
    return knowledge.lacking().isEmpty()
        ? new Readiness(true, "Issued", "Secret " + secret + " holds key " + current.id())
        : new Readiness(
            false,
            "WaitingForPods",
            "pods that do not know key "
                + current.id()
                + ": "
                + String.join(", ", knowledge.lacking()));
  }

  private void tell(Readiness readiness) {
    work.tell(resource, store, KeyStatuses.of(resource, ring, overlap, readiness, now));
  }

  private void write(KeyRing next) {
    store.writeRing(
        pods,
        resource.getMetadata().getName(),
        next.isEmpty() ? null : KeyRingText.write(next, uid));
  }

  private void event(String reason, String note) {
    work.events().normal(resource, reason, AccessKeyWork.ACTION, note);
  }

  private Duration sooner(Duration due) {
    Duration least = due.compareTo(SOON) < 0 ? SOON : due;
    return least.compareTo(REST) < 0 ? least : REST;
  }
}
