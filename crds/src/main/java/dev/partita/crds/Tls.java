package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the certificate of the client port comes from. Peers and the admin port always use the
/// operator's own CA.
///
/// @param mode absent = OperatorManaged
/// @param issuerRef iff CertManager
/// @param secretName iff UserManaged
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "has(self.issuerRef) == (has(self.mode) && self.mode == 'CertManager')",
    message =
        "issuerRef says whom cert-manager asks, so it is needed with mode CertManager and has no"
            + " meaning with any other.")
@ValidationRule(
    value = "has(self.secretName) == (has(self.mode) && self.mode == 'UserManaged')",
    message =
        "secretName says which Secret has your certificate, so it is needed with mode UserManaged"
            + " and has no meaning with any other.")
@ValidationRule(
    value = "!has(self.secretName) || self.secretName.matches('" + Names.DNS + "')",
    message = "secretName must be a DNS name in lower case, because names of Secrets are.",
    fieldPath = ".secretName")
@ValidationRule(
    value =
        "!has(self.additionalDNSNames) || size(self.additionalDNSNames) == 0 || !has(self.mode)"
            + " || self.mode == 'OperatorManaged' || self.mode == 'CertManager'",
    message =
        "additionalDNSNames are written into certificates that the operator asks for, so they have"
            + " no effect with mode UserManaged or Disabled.",
    fieldPath = ".additionalDNSNames")
@ValidationRule(
    value =
        "!has(self.additionalDNSNames) || self.additionalDNSNames.all(n, n.matches('"
            + Names.DNS_OR_WILDCARD
            + "'))",
    message =
        "additionalDNSNames must be DNS names in lower case, with *. in front at most, because"
            + " clients compare them with the host they connect to.",
    fieldPath = ".additionalDNSNames")
public record Tls(
    @JsonPropertyDescription(
            "OperatorManaged (what absent means): the operator has a CA of its own and renews"
                + " certificates. CertManager: issuerRef says whom cert-manager asks. UserManaged:"
                + " secretName has tls.crt, tls.key and ca.crt. Disabled: plain HTTP on the client"
                + " port; between pods there is TLS all the same.")
        @Nullable TlsMode mode,
    @JsonPropertyDescription("An issuer of cert-manager.") @Nullable IssuerRef issuerRef,
    @Size(min = 1, max = Names.MAX_DNS)
        @JsonPropertyDescription("A Secret with tls.crt, tls.key and ca.crt.")
        @Nullable String secretName,
    @JsonProperty("additionalDNSNames")
        @Size(max = 16)
        @JsonPropertyDescription("More names for the certificate, as of a load balancer.")
        List<@Size(min = 1, max = Names.MAX_DNS) String> additionalDnsNames) {

  public Tls {
    additionalDnsNames = Lists.of(additionalDnsNames);
  }

  /// Who makes the certificate.
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
  public record IssuerRef(
      @Required @Size(min = 1, max = Names.MAX_DNS) @JsonPropertyDescription("Of the issuer.")
          String name,
      @Size(min = 1, max = Names.MAX_LABEL)
          @JsonPropertyDescription("Issuer (what absent means), ClusterIssuer, or another one's.")
          @Nullable String kind,
      @Size(min = 1, max = Names.MAX_DNS) @JsonPropertyDescription("Absent means cert-manager.io.")
          @Nullable String group) {}
}
