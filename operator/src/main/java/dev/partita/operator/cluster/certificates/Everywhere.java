package dev.partita.operator.cluster.certificates;

import dev.partita.crds.Tls;
import dev.partita.operator.cluster.Observation;
import dev.partita.operator.cluster.objects.ClusterSecret;
import dev.partita.operator.cluster.objects.Wanted;
import dev.partita.operator.pods.PodReport;
import dev.partita.operator.pods.PodReports.Answer;
import dev.partita.operator.pods.PodReports.Answer.Told;
import dev.partita.operator.tls.KeyedCertificate;
import dev.partita.operator.tls.Pem;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether every pod uses the certificates that are in the Secrets now, and these are the ones that
/// the authorities ask for: a Secret that could not be written yet has an older one.
final class Everywhere {

  private Everywhere() {}

  static boolean holds(Observation seen, Authorities authorities) {
    Wanted wanted = seen.wanted();
    if (!Leaves.of(wanted).stream().allMatch(leaf -> current(seen, leaf, authorities))) {
      return false;
    }
    Optional<String> internal = serial(seen, wanted.names().internalTlsSecret());
    Optional<String> client =
        wanted.tls() == Tls.TlsMode.OPERATOR_MANAGED
            ? serial(seen, wanted.names().tlsSecret())
            : Optional.empty();
    if (internal.isEmpty()) {
      return false;
    }
    for (String pod : wanted.names().pods(wanted.pods())) {
      Answer answer = seen.answers().get(pod);
      if (!(answer instanceof Told(PodReport report, _))
          || !uses(report.internalTls(), internal)
          || !(client.isEmpty() || uses(report.tls(), client))) {
        return false;
      }
    }
    return true;
  }

  /// Whether a leaf is signed by who signs now, beside everybody who is trusted now.
  private static boolean current(Observation seen, Leaf leaf, Authorities authorities) {
    Secret secret = seen.secrets().get(leaf.secret());
    Map<String, String> texts = secret == null ? Map.of() : ClusterSecret.texts(secret);
    try {
      return authorities.bundle().equals(texts.get("ca.crt"))
          && KeyedCertificate.read(
                  texts.getOrDefault("tls.crt", ""), texts.getOrDefault("tls.key", ""))
              .issuedBy(authorities.current().own().certificate());
    } catch (GeneralSecurityException _) {
      // It is about to be replaced.
      return false;
    }
  }

  private static boolean uses(PodReport.@Nullable Certificate used, Optional<String> serial) {
    return used != null && serial.filter(used.serial()::equalsIgnoreCase).isPresent();
  }

  private static Optional<String> serial(Observation seen, String name) {
    Secret secret = seen.secrets().get(name);
    String certificate = secret == null ? null : ClusterSecret.texts(secret).get("tls.crt");
    if (certificate == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Pem.certificates(certificate).getFirst().getSerialNumber().toString(16));
    } catch (CertificateException _) {
      // It is about to be replaced.
      return Optional.empty();
    }
  }
}
