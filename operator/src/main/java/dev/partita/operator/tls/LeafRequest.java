package dev.partita.operator.tls;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What a certificate should say.
///
/// @param commonName of its subject, at most 64 characters
/// @param dnsNames hosts, wildcards too
/// @param addresses IP addresses
public record LeafRequest(String commonName, List<String> dnsNames, List<String> addresses) {

  /// X.520's bound.
  private static final int MAX_COMMON_NAME_CHARS = 64;

  public LeafRequest {
    dnsNames = List.copyOf(dnsNames);
    addresses = List.copyOf(addresses);
    if (commonName.length() > MAX_COMMON_NAME_CHARS) {
      commonName = commonName.substring(0, MAX_COMMON_NAME_CHARS);
    }
  }

  /// All of them, as {@link KeyedCertificate#names()} gives them.
  public Set<String> names() {
    Set<String> names = new TreeSet<>(dnsNames);
    names.addAll(addresses);
    return names;
  }
}
