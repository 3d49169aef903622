package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The client port as applications see it.
///
/// @param serviceType absent = ClusterIP
/// @param tls absent = by the operator's own CA
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Endpoint(
    @JsonPropertyDescription("Of the Service. Absent means ClusterIP.")
        @Nullable ServiceType serviceType,
    @Size(max = 32) @JsonPropertyDescription("Annotations of the Service, as load balancers want.")
        Map<String, String> serviceAnnotations,
    @JsonPropertyDescription("Absent means a certificate of the operator's own CA.")
        @Nullable Tls tls) {

  public Endpoint {
    serviceAnnotations = Lists.of(serviceAnnotations);
  }

  /// As in a Service.
  public enum ServiceType {
    ClusterIP,
    NodePort,
    LoadBalancer
  }
}
