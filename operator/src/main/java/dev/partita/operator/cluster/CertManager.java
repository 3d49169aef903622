package dev.partita.operator.cluster;

import dev.partita.crds.Tls.IssuerRef;
import dev.partita.operator.Parts;
import dev.partita.operator.cluster.certificates.Leaves;
import dev.partita.operator.cluster.objects.Wanted;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks cert-manager for the client port's certificate.
final class CertManager {

  private static final String VERSION = "cert-manager.io/v1";
  private static final String KIND = "Certificate";
  private static final ResourceDefinitionContext CERTIFICATES =
      new ResourceDefinitionContext.Builder()
          .withGroup("cert-manager.io")
          .withVersion("v1")
          .withKind(KIND)
          .withPlural("certificates")
          .withNamespaced(true)
          .build();

  private final Parts parts;

  CertManager(Parts parts) {
    this.parts = parts;
  }

  /// Makes the Certificate what it should be.
  ///
  /// @return what is in the way; empty if nothing is
  Optional<Trouble> request(Observation seen, IssuerRef issuer) {
    Wanted wanted = seen.wanted();
    try {
      if (!parts.client().supports(VERSION, KIND)) {
        return Optional.of(missing());
      }
      GenericKubernetesResource there = find(wanted);
      if (there != null && !seen.owns(there)) {
        return Optional.of(Trouble.notOurs(there));
      }
      parts.apply().apply(there, certificate(wanted, issuer));
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(failure(e));
    }
  }

  /// Why its Secret is not there yet.
  Trouble waiting(Wanted wanted) {
    try {
      GenericKubernetesResource certificate = find(wanted);
      String name = wanted.names().issuedTlsSecret();
      return new Trouble(
          "CertificatePending",
          "cert-manager has not made the Secret "
              + name
              + " yet"
              + (certificate == null ? "" : message(certificate)));
    } catch (KubernetesClientException e) {
      return failure(e);
    }
  }

  private static Trouble failure(KubernetesClientException e) {
    if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
      return missing();
    }
    if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
      return new Trouble(
          "CertManagerForbidden",
          "the operator may not make cert-manager's Certificates: " + e.getMessage());
    }
    throw e;
  }

  private static Trouble missing() {
    return new Trouble(
        "CertManagerMissing",
        "spec.endpoint.tls.mode is CertManager, and cert-manager is not installed");
  }

  private @Nullable GenericKubernetesResource find(Wanted wanted) {
    return parts
        .client()
        .genericKubernetesResources(CERTIFICATES)
        .inNamespace(wanted.names().namespace())
        .withName(wanted.names().issuedTlsSecret())
        .get();
  }

  private static String message(GenericKubernetesResource certificate) {
    List<?> conditions =
        certificate.get("status", "conditions") instanceof List<?> list ? list : List.of();
    return conditions.stream()
        .filter(c -> c instanceof Map<?, ?> map && "Ready".equals(map.get("type")))
        .map(c -> ": " + ((Map<?, ?>) c).get("message"))
        .findFirst()
        .orElse("");
  }

  static GenericKubernetesResource certificate(Wanted wanted, IssuerRef issuer) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(VERSION)
        .withKind(KIND)
        .withNewMetadata()
        .withNamespace(wanted.names().namespace())
        .withName(wanted.names().issuedTlsSecret())
        .withLabels(wanted.names().labels())
        .withOwnerReferences(wanted.owner())
        .endMetadata()
        .addToAdditionalProperties("spec", spec(wanted, issuer))
        .build();
  }

  private static Map<String, Object> spec(Wanted wanted, IssuerRef issuer) {
    return Map.of(
        "secretName",
        wanted.names().issuedTlsSecret(),
        "secretTemplate",
        Map.of("labels", wanted.names().labels()),
        "issuerRef",
        Map.of(
            "name", issuer.name(),
            "kind", issuer.kind() == null ? "Issuer" : issuer.kind(),
            "group", issuer.group() == null ? "cert-manager.io" : issuer.group()),
        "commonName",
        "partita",
        "dnsNames",
        Leaves.clientHosts(wanted),
        "privateKey",
        Map.of("algorithm", "ECDSA", "size", 256, "encoding", "PKCS8", "rotationPolicy", "Always"),
        "usages",
        List.of("digital signature", "server auth"));
  }
}
