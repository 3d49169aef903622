package dev.partita.server.cli;

import dev.partita.cluster.PodConfig;
import dev.partita.server.credentials.AccessKey;
import dev.partita.server.log.Logs;
import dev.partita.server.manifest.ManifestException;
import dev.partita.server.manifest.Manifests;
import dev.partita.server.pod.ServingPod;
import dev.partita.server.pod.ServingSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// Starts a pod on a throw-away folder, sends it what clients send, and ends: the launcher records
/// the classes that this needs, so that the next start has them ready.
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {

  private static final AccessKey KEY = new AccessKey("REHEARSAL", "rehearsal-secret");
  private static final String REGION = "local-1";
  private static final int ROUNDS = 300;
  private static final long READY_SECONDS = 60;

  private static final String MANIFEST =
      """
      apiVersion: partita.dev/v1alpha1
      kind: DynamoTable
      metadata: { name: rehearsal }
      spec:
        attributeDefinitions: [ { attributeName: pk, attributeType: S } ]
        keySchema: [ { attributeName: pk, keyType: HASH } ]
        billingMode: PAY_PER_REQUEST
      """;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Logs.setUp(Logs.Detail.ALONE);
    Path folder = Files.createTempDirectory("partita-rehearsal");
    try (ServingPod pod =
        ServingPod.start(
            new ServingSettings(
                PodConfig.embedded(folder.resolve("data")),
                "127.0.0.1",
                0,
                0,
                REGION,
                List.of(KEY)),
            RehearseCommand::giveUp)) {
      if (!pod.awaitReady(READY_SECONDS)) {
        throw new UserError(UserError.CANNOT, "not ready after " + READY_SECONDS + " s");
      }
      Path file = Files.writeString(folder.resolve("rehearsal.yaml"), MANIFEST);
      try (Manifests manifests = Manifests.read(List.of(file))) {
        manifests.start(pod.cluster(), folder.resolve("manifests"));
      } catch (ManifestException e) {
        throw new UserError(UserError.CANNOT, e.getMessage());
      }
      talk(pod);
    } finally {
      delete(folder);
    }
    return 0;
  }

  private static void talk(ServingPod pod) throws IOException {
    SignedCaller caller =
        new SignedCaller(URI.create("http://127.0.0.1:" + pod.port() + "/"), REGION, KEY);
    caller.call("ListTables", "{}");
    caller.call("DescribeTable", "{\"TableName\":\"rehearsal\"}");
    for (int i = 0; i < ROUNDS; i++) {
      String key = "\"Key\":{\"pk\":{\"S\":\"" + i % 10 + "\"}}";
      caller.call(
          "PutItem",
          "{\"TableName\":\"rehearsal\",\"Item\":{\"pk\":{\"S\":\""
              + i % 10
              + "\"},\"n\":{\"N\":\"1\"},\"text\":{\"S\":\"some text\"}}}");
      caller.call(
          "UpdateItem",
          "{\"TableName\":\"rehearsal\","
              + key
              + ",\"UpdateExpression\":\"ADD n :one\",\"ConditionExpression\":\"n < :limit\","
              + "\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"},\":limit\":{\"N\":\"99\"}},"
              + "\"ReturnValues\":\"UPDATED_NEW\"}");
      caller.call("GetItem", "{\"TableName\":\"rehearsal\",\"ConsistentRead\":true," + key + "}");
      caller.call("GetItem", "{\"TableName\":\"rehearsal\"," + key + "}");
    }
    caller.call("DeleteItem", "{\"TableName\":\"rehearsal\",\"Key\":{\"pk\":{\"S\":\"1\"}}}");
    caller.call("DescribeTable", "{\"TableName\":\"missing\"}");
  }

  private static void giveUp(Throwable reason) {
    reason.printStackTrace();
    Runtime.getRuntime().halt(UserError.CANNOT);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
