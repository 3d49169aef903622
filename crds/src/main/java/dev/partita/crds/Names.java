package dev.partita.crds;

/// Regular expressions of names, and their bounds, for the rules.
final class Names {

  /// A DNS name, as names of objects are (RFC 1123).
  static final String DNS = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  /// One label of a DNS name that starts with a letter, as names of Services are (RFC 1035).
  static final String LABEL = "^[a-z]([-a-z0-9]*[a-z0-9])?$";

  /// A DNS name in a certificate.
  static final String DNS_OR_WILDCARD =
      "^([*][.])?[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  /// Characters of a DNS name.
  static final int MAX_DNS = 253;

  /// Characters of a label's value, and of one label of a DNS name.
  static final int MAX_LABEL = 63;

  /// Characters of a StorageCluster's name: the names of its objects are longer.
  static final int MAX_CLUSTER = 40;

  private Names() {}
}
