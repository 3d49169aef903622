package dev.partita.crds;

/// Names that all kinds share.
public final class Partita {

  public static final String GROUP = "partita.dev";
  public static final String VERSION = "v1alpha1";

  /// `kubectl get partita` lists every kind.
  public static final String CATEGORY = "partita";

  /// The StorageCluster that a namespace's objects mean when they name none.
  public static final String DEFAULT_CLUSTER = "partita";

  /// What a StorageCluster without `spec.region` answers to.
  public static final String DEFAULT_REGION = "local-1";

  private Partita() {}
}
