package dev.partita.operator.cluster.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageCluster;
import dev.partita.operator.Settings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What is made of a StorageCluster, to the letter. A pod template that changes restarts every pod
/// of every cluster when the operator is upgraded: look twice. `-Dpartita.golden=write` writes the
/// files anew.
class GoldenObjectsTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final Settings SETTINGS =
      new Settings("partita/storage:1", Set.of(), false, "partita-system", "operator-1", 0);

  @TestFactory
  Stream<DynamicTest> everyObjectIsAsItWas() throws IOException {
    Stream.Builder<DynamicTest> tests = Stream.builder();
    for (String name : new String[] {"plain", "full", "single"}) {
      Wanted wanted = wanted(name);
      objects(wanted)
          .forEach(
              (object, value) ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          name + "/" + object, () -> check(name, object, value))));
    }
    return tests.build();
  }

  private static Wanted wanted(String name) throws IOException {
    StorageCluster cluster =
        Serialization.unmarshal(
            Files.readString(FOLDER.resolve(name + ".yaml")), StorageCluster.class);
    return Wanted.of(cluster, SETTINGS);
  }

  private static Map<String, HasMetadata> objects(Wanted wanted) {
    Map<String, HasMetadata> objects = new LinkedHashMap<>();
    objects.put("serviceaccount", StorageServiceAccount.of(wanted));
    objects.put("service-pods", PeerService.of(wanted));
    objects.put("service", ClientService.of(wanted));
    objects.put("networkpolicy", ClusterNetworkPolicy.of(wanted));
    if (wanted.disruptionBudget()) {
      objects.put("poddisruptionbudget", DisruptionBudget.of(wanted));
    }
    objects.put("configmap", PodsConfigMap.of(wanted, "orders-0/zone-a@host:7400\n"));
    objects.put(
        "secret",
        ClusterSecret.of(
            wanted, wanted.names().tlsSecret(), Map.of("tls.crt", "x"), Map.of("a", "b")));
    objects.put("statefulset", StorageStatefulSet.of(wanted, String.valueOf(wanted.image()), null));
    return objects;
  }

  private static void check(String cluster, String name, HasMetadata object) throws IOException {
    Path file = FOLDER.resolve(cluster).resolve(name + ".yaml");
    String yaml = Serialization.asYaml(object);
    if ("write".equals(System.getProperty("partita.golden"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, yaml);
    }
    assertThat(yaml).isEqualTo(Files.readString(file));
  }
}
