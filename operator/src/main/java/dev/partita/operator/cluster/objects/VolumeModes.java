package dev.partita.operator.cluster.objects;

/// Permissions of mounted files, spelled out because the server would.
final class VolumeModes {

  /// Files belong to root; the pods' group reads them.
  static final int READ_GROUP = 0b100_100_000;

  static final int READ_ALL = 0b110_100_100;

  private VolumeModes() {}
}
