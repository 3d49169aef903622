package dev.partita.operator.cluster;

import dev.partita.crds.Tls;
import dev.partita.operator.cluster.objects.ClusterSecret;
import dev.partita.operator.cluster.objects.Wanted;
import dev.partita.operator.pods.PodReport;
import dev.partita.operator.pods.PodReports.Answer.Told;
import dev.partita.operator.tls.Pem;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Whether the certificates that the pods use are those that are in the Secrets, and will last.
/// What a Secret holds is only a promise.
final class CertificatesInUse {

  /// Pods take a new certificate within a minute or so.
  static final Duration TAKEN_WITHIN = Duration.ofMinutes(10);

  /// The operator's own are renewed when 30 days are left: with so few something is in the way.
  static final Duration EXPIRING_WITHIN = Duration.ofDays(15);

  private CertificatesInUse() {}

  static Optional<Trouble> trouble(Observation seen) {
    Wanted wanted = seen.wanted();
    String client = wanted.tlsSecret();
    boolean own = wanted.tls() == Tls.TlsMode.OPERATOR_MANAGED;
    for (var answer : new TreeMap<>(seen.answers()).entrySet()) {
      if (answer.getValue() instanceof Told(PodReport pod, _)) {
        Optional<Trouble> trouble =
            of(seen, answer.getKey(), wanted.names().internalTlsSecret(), pod.internalTls(), true)
                .or(() -> of(seen, answer.getKey(), client, pod.tls(), own));
        if (trouble.isPresent()) {
          return trouble;
        }
      }
    }
    return Optional.empty();
  }

  /// @param own whether the operator makes it
  private static Optional<Trouble> of(
      Observation seen,
      String pod,
      @Nullable String name,
      PodReport.@Nullable Certificate used,
      boolean own) {
    if (name == null || used == null) {
      return Optional.empty();
    }
    Instant end = Instant.ofEpochSecond(used.notAfter());
    String paused = own && seen.paused() ? "; spec.paused keeps it from being renewed" : "";
    if (!seen.now().isBefore(end)) {
      return Optional.of(
          new Trouble(
              "CertificateExpired",
              "the certificate that pod " + pod + " uses expired at " + end + paused));
    }
    Secret secret = seen.secrets().get(name);
    if (secret != null && !taken(secret, used) && changedBefore(secret, seen.now())) {
      return Optional.of(
          new Trouble(
              "CertificateNotTaken",
              "pod "
                  + pod
                  + " still uses another certificate than the one in the Secret "
                  + name
                  + ", until "
                  + end));
    }
    return own && seen.now().isAfter(end.minus(EXPIRING_WITHIN))
        ? Optional.of(
            new Trouble(
                "CertificateExpiring",
                "the certificate that pod " + pod + " uses expires at " + end + paused))
        : Optional.empty();
  }

  private static boolean taken(Secret secret, PodReport.Certificate used) {
    try {
      return Pem.certificates(ClusterSecret.texts(secret).getOrDefault("tls.crt", ""))
          .getFirst()
          .getSerialNumber()
          .toString(16)
          .equalsIgnoreCase(used.serial());
    } catch (CertificateException _) {
      // There is nothing to be taken, which is told elsewhere.
      return true;
    }
  }

  /// Whether a Secret has been as it is for long enough.
  private static boolean changedBefore(Secret secret, Instant now) {
    String last =
        secret.getMetadata().getManagedFields().stream()
            .map(ManagedFieldsEntry::getTime)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(secret.getMetadata().getCreationTimestamp());
    return last != null && now.isAfter(Instant.parse(last).plus(TAKEN_WITHIN));
  }
}
