package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The client port as applications see it.
///
/// @param serviceType absent = ClusterIP
/// @param tls absent = by the operator's own CA
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Endpoint(
    @Nullable ServiceType serviceType, Map<String, String> serviceAnnotations, @Nullable Tls tls) {

  public Endpoint {
    serviceAnnotations = Lists.of(serviceAnnotations);
  }

  /// As in a Service.
  public enum ServiceType {
    ClusterIP,
    NodePort,
    LoadBalancer
  }

  /// Where the certificate of the client port comes from. Peers and the admin port always use the
  /// operator's own CA.
  ///
  /// @param mode absent = OperatorManaged
  /// @param issuerRef iff CertManager
  /// @param secretName iff UserManaged
  @JsonInclude(Include.NON_EMPTY)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Tls(
      @Nullable TlsMode mode,
      @Nullable IssuerRef issuerRef,
      @Nullable String secretName,
      @JsonProperty("additionalDNSNames") List<String> additionalDnsNames) {
    public Tls {
      additionalDnsNames = Lists.of(additionalDnsNames);
    }
  }

  public enum TlsMode {
    @JsonProperty("OperatorManaged")
    OPERATOR_MANAGED,
    @JsonProperty("CertManager")
    CERT_MANAGER,
    @JsonProperty("UserManaged")
    USER_MANAGED,
    @JsonProperty("Disabled")
    DISABLED
  }

  /// An issuer of cert-manager.
  ///
  /// @param kind absent = Issuer
  /// @param group absent = cert-manager.io
  @JsonInclude(Include.NON_EMPTY)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record IssuerRef(@Required String name, @Nullable String kind, @Nullable String group) {}
}
