package dev.partita.operator.cluster.certificates;

import dev.partita.crds.Tls;
import dev.partita.operator.cluster.Observation;
import dev.partita.operator.cluster.objects.ClusterSecret;
import dev.partita.operator.cluster.objects.Wanted;
import dev.partita.operator.pods.PodReport;
import dev.partita.operator.pods.PodReports.Answer;
import dev.partita.operator.pods.PodReports.Answer.Told;
import dev.partita.operator.tls.Pem;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.CertificateException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether every pod uses the certificates that are in the Secrets now.
final class Everywhere {

  private Everywhere() {}

  static boolean holds(Observation seen) {
    Wanted wanted = seen.wanted();
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
