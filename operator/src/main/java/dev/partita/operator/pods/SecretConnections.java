package dev.partita.operator.pods;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.Tls;
import dev.partita.operator.Settings;
import dev.partita.operator.cluster.objects.ClusterSecret;
import dev.partita.operator.cluster.objects.Wanted;
import dev.partita.operator.pods.Connection.ClientIdentity;
import dev.partita.operator.pods.Connections.Found.Known;
import dev.partita.operator.pods.Connections.Found.NotYet;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Finds the way to a cluster in its Secrets, and remembers it for a few seconds.
public final class SecretConnections implements Connections {

  private static final Duration KNOWN_FOR = Duration.ofSeconds(10);
  private static final Duration MISSING_FOR = Duration.ofSeconds(1);
  private static final int MAX_REMEMBERED = 10_000;

  private final KubernetesClient client;
  private final Settings settings;
  private final Clock clock;
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  /// @param admin empty while the operator has no certificate there; needs nothing of the endpoint
  private record Remembered(
      Found found, Optional<ClientIdentity> admin, long generation, Instant until) {}

  public SecretConnections(KubernetesClient client, Settings settings, Clock clock) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Found find(StorageCluster cluster) {
    return remembered(cluster).found();
  }

  /// Who the operator is on the admin ports of a cluster's pods, whatever its endpoint may lack.
  public Optional<ClientIdentity> admin(StorageCluster cluster) {
    return remembered(cluster).admin();
  }

  private Remembered remembered(StorageCluster cluster) {
    String uid = cluster.getMetadata().getUid();
    Long counted = cluster.getMetadata().getGeneration();
    long generation = counted == null ? 0 : counted;
    Instant now = clock.instant();
    Remembered known = remembered.get(uid);
    if (known != null && known.generation() == generation && now.isBefore(known.until())) {
      return known;
    }
    Wanted wanted = Wanted.of(cluster, settings);
    Map<String, String> own = read(wanted, wanted.names().operatorSecret());
    Optional<ClientIdentity> admin = admin(own);
    Found found = look(wanted, own);
    Duration good = found instanceof Known ? KNOWN_FOR : MISSING_FOR;
    if (remembered.size() > MAX_REMEMBERED) {
      remembered.clear();
    }
    Remembered seen = new Remembered(found, admin, generation, now.plus(good));
    remembered.put(uid, seen);
    return seen;
  }

  private static Optional<ClientIdentity> admin(Map<String, String> own) {
    String certificate = own.get("tls.crt");
    String key = own.get("tls.key");
    String ca = own.get("ca.crt");
    return certificate == null || key == null || ca == null
        ? Optional.empty()
        : Optional.of(new ClientIdentity(certificate, key, ca));
  }

  private Found look(Wanted wanted, Map<String, String> own) {
    String id = own.get("accessKeyId");
    String secret = own.get("secretAccessKey");
    if (id == null || secret == null) {
      return new NotYet(
          "ClusterStarting",
          "the operator's Secret " + wanted.names().operatorSecret() + " is not there yet");
    }
    String endpointCa = null;
    if (wanted.tls() != Tls.TlsMode.DISABLED) {
      String name = wanted.tlsSecret();
      Map<String, String> tls = name == null ? Map.of() : read(wanted, name);
      if (!tls.containsKey("tls.crt")) {
        return new NotYet(
            "CertificateMissing", "the Secret " + name + " has no certificate for clients yet");
      }
      endpointCa = tls.get("ca.crt");
    }
    return new Known(
        new Connection(
            URI.create(wanted.url()), wanted.region(), id, secret, blankToNull(endpointCa)));
  }

  private Map<String, String> read(Wanted wanted, String name) {
    Secret secret = client.secrets().inNamespace(wanted.names().namespace()).withName(name).get();
    return secret == null ? Map.of() : ClusterSecret.texts(secret);
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
