package dev.partita.operator.pods;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a storage pod says about itself at `GET /pod` of its admin port.
///
/// @param version of the program that it runs
/// @param ready whether requests can be served there
/// @param draining whether it is on its way out
/// @param startedAt seconds since the epoch
/// @param accessKeys that it accepts now
/// @param tls the certificate that its client port serves; null for plain HTTP
/// @param internalTls the certificate that its admin and peer ports serve
@JsonIgnoreProperties(ignoreUnknown = true)
public record PodReport(
    String name,
    @Nullable String zone,
    @Nullable String version,
    boolean ready,
    boolean draining,
    long startedAt,
    List<Key> accessKeys,
    @Nullable Certificate tls,
    @Nullable Certificate internalTls) {

  @SuppressWarnings("RedundantNullCheck")
  public PodReport {
    accessKeys = accessKeys == null ? List.of() : List.copyOf(accessKeys);
  }

  /// @param fingerprint the first 16 hexadecimal digits of SHA-256 of the secret
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Key(String id, String fingerprint) {}

  /// @param serial in hexadecimal
  /// @param notAfter seconds since the epoch
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Certificate(String serial, long notAfter) {}
}
