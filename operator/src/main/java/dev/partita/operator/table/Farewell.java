package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets go of every DynamoTable when the operator is uninstalled: a finalizer without anybody who
/// answers it would hold the resource, and its namespace, for ever. The tables themselves stay; an
/// operator that is installed again takes hold of its resources again.
public final class Farewell {

  private static final Logger log = LoggerFactory.getLogger(Farewell.class);

  private Farewell() {}

  /// @param namespaces whose resources are let go; empty for all
  /// @return how many had to be
  public static int letGo(KubernetesClient client, Set<String> namespaces) {
    int released = 0;
    for (DynamoTable table : tables(client, namespaces)) {
      if (table.hasFinalizer(Finalizer.NAME)) {
        release(client, table);
        released++;
      }
    }
    log.info("let go of tables={} and deleted none", released);
    return released;
  }

  private static List<DynamoTable> tables(KubernetesClient client, Set<String> namespaces) {
    if (namespaces.isEmpty()) {
      return client.resources(DynamoTable.class).inAnyNamespace().list().getItems();
    }
    List<DynamoTable> tables = new ArrayList<>();
    for (String namespace : namespaces) {
      tables.addAll(client.resources(DynamoTable.class).inNamespace(namespace).list().getItems());
    }
    return tables;
  }

  /// Others may have finalizers of their own on it: only ours is taken off, and only from the very
  /// list that was read.
  private static void release(KubernetesClient client, DynamoTable table) {
    int place = table.getMetadata().getFinalizers().indexOf(Finalizer.NAME);
    String path = "/metadata/finalizers/" + place;
    client
        .resource(table)
        .patch(
            PatchContext.of(PatchType.JSON),
            """
            [{"op":"test","path":"%s","value":"%s"},{"op":"remove","path":"%s"}]"""
                .formatted(path, Finalizer.NAME, path));
  }
}
