package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import dev.partita.crds.DynamoTableStatus;
import dev.partita.crds.StorageCluster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the work on a table needs of Kubernetes. Tests put an API server of a few lines in its
/// place.
interface Surroundings {

  /// @return null if there is none, as far as is known
  @Nullable StorageCluster cluster(String namespace, String name);

  /// Makes the default cluster of a table's namespace, and its key. Changes neither if it is there.
  ///
  /// @return whether the cluster was made for this table
  boolean makeDefaultCluster(DynamoTable table);

  /// All resources that name the same table of the same cluster, this one too.
  List<DynamoTable> namesakes(DynamoTable resource);

  /// Writes a status at once.
  ///
  /// @return the resource after that
  DynamoTable writeStatus(DynamoTable resource, DynamoTableStatus status);

  DynamoTable addFinalizer(DynamoTable resource);

  DynamoTable removeFinalizer(DynamoTable resource);
}
