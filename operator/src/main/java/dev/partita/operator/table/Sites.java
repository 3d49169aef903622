package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import dev.partita.crds.StorageCluster;
import dev.partita.operator.dynamo.TableApis;
import dev.partita.operator.kube.ClusterSource;
import dev.partita.operator.pods.Connection;
import dev.partita.operator.pods.Connections;

/// Finds where tables are.
final class Sites {

  private final Connections connections;
  private final TableApis apis;

  Sites(Connections connections, TableApis apis) {
    this.connections = connections;
    this.apis = apis;
  }

  Site of(DynamoTable resource, Surroundings around) {
    String namespace = resource.getMetadata().getNamespace();
    String name = ClusterSource.nameOf(resource.getSpec().clusterRef());
    StorageCluster cluster = around.cluster(namespace, name);
    if (cluster == null) {
      return new Site.Absent(name);
    }
    return switch (connections.find(cluster)) {
      case Connections.Found.NotYet(String reason, String message) ->
          new Site.NotYet(name, reason, message);
      case Connections.Found.Known(Connection connection) ->
          new Site.Reachable(
              cluster,
              connection.endpoint().toString(),
              apis.of(ClusterSource.key(namespace, name), connection));
    };
  }
}
