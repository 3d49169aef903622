package dev.partita.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cluster.PodConfig;
import dev.partita.server.credentials.AccessKey;
import dev.partita.server.pod.ServingPod;
import dev.partita.server.pod.ServingSettings;
import dev.partita.testing.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

  private static final AccessKey KEY = new AccessKey("TESTKEY", "test-secret-of-the-key");
  private static final String TABLE =
      "{\"TableName\":\"orders\",\"BillingMode\":\"PAY_PER_REQUEST\","
          + "\"AttributeDefinitions\":[{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}],"
          + "\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]}";

  @TempDir Path folder;

  private record Result(int exitCode, String out, String err) {}

  private static Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = CommandLineInterface.run(args, new PrintStream(out), new PrintStream(err));
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private ServingPod serve(List<AccessKey> keys) throws InterruptedException {
    ServingPod pod =
        ServingPod.start(
            new ServingSettings(
                PodConfig.embedded(folder.resolve("data")), "127.0.0.1", 0, 0, "local-1", keys),
            reason -> {
              throw new IllegalStateException("the pod gave up", reason);
            });
    assertThat(pod.awaitReady(60)).isTrue();
    return pod;
  }

  private static SignedCaller caller(ServingPod pod, AccessKey key) {
    return new SignedCaller(URI.create("http://127.0.0.1:" + pod.port() + "/"), "local-1", key);
  }

  private static void awaitActive(SignedCaller caller) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!caller.call("DescribeTable", "{\"TableName\":\"orders\"}").contains("\"ACTIVE\"")) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  @Test
  void helpIsGivenForEveryVerb() {
    assertThat(run("--help").out()).contains("dev", "pod", "cluster").doesNotContain("rehearse");
    assertThat(run("dev", "--help").out()).contains("--port", "--data", "--no-auth", "-f");
    assertThat(run("cluster", "--help").out()).contains("start", "stop", "status", "kill");
  }

  @Test
  void aClusterOffersOnlyWhatItHeeds() {
    assertThat(run("cluster", "--help").out())
        .contains("--base-port", "--region", "--no-auth", "--credentials")
        .doesNotContain(" --port", "--admin-port", "--host", "--debug");
    assertThat(run("cluster", "--port", "1", "status").exitCode()).isEqualTo(UserError.USAGE);
  }

  @Test
  void optionsOfAClusterMayStandBeforeAndAfterItsVerb() {
    String data = folder.toString();
    String noSuchPort = "partita: --base-port: there is no port 70000\n";
    assertThat(run("cluster", "start", "--data", data, "--base-port", "70000").err())
        .isEqualTo(noSuchPort);
    assertThat(run("cluster", "--base-port", "70000", "--data", data, "start").err())
        .isEqualTo(noSuchPort);
    String contradiction = "partita: --auth and --no-auth exclude each other\n";
    assertThat(run("cluster", "--no-auth", "start", "--auth", "--data", data).err())
        .isEqualTo(contradiction);
    assertThat(run("cluster", "--auth", "start", "--no-auth", "--data", data).err())
        .isEqualTo(contradiction);
  }

  @Test
  void whatMakesNoSenseIsOneLineAndExitCodeTwo() {
    Result unknown = run("dev", "--prot", "1");
    assertThat(unknown.exitCode()).isEqualTo(UserError.USAGE);
    assertThat(unknown.err()).startsWith("partita: Unknown options: '--prot'").hasLineCount(1);
    assertThat(run("dev", "--port", "70000", "--data", folder.toString()))
        .isEqualTo(new Result(UserError.USAGE, "", "partita: --port: there is no port 70000\n"));
    assertThat(run("pod", "--name", "a", "--pods", "a/z@h:1,b", "--data", folder.toString()).err())
        .isEqualTo("partita: --pods: expected NAME/ZONE@HOST:PORT, got 'b'\n");
    assertThat(run().exitCode()).isEqualTo(UserError.USAGE);
  }

  private Result pod(String... more) {
    List<String> args =
        new ArrayList<>(List.of("pod", "--name", "a", "--data", folder.resolve("a").toString()));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  @Test
  void aPodIsToldOfTheOthersInOneWay() {
    String message = "partita: give one of --pods and --pods-file\n";
    assertThat(pod()).isEqualTo(new Result(UserError.USAGE, "", message));
    assertThat(pod("--pods", "a/z@h:1", "--pods-file", "f").err()).isEqualTo(message);
  }

  @Test
  void sharesAndTimesOfAPodHaveBounds() {
    assertThat(pod("--pods", "a/z@h:1", "--memory", "64Mi"))
        .isEqualTo(
            new Result(
                UserError.USAGE, "", "partita: --memory: a pod needs at least 512Mi, not 64Mi\n"));
    assertThat(pod("--pods", "a/z@h:1", "--drain", "60").err())
        .isEqualTo("partita: --drain: 0 to 25 seconds, not 60\n");
  }

  @Test
  void certificatesThatCannotBeUsedAreToldInOneLine() throws IOException {
    TestAuthority authority = new TestAuthority("authority");
    Path tls = authority.issue("a").writeTo(folder.resolve("tls"), authority);
    Files.delete(tls.resolve("ca.crt"));
    assertThat(pod("--pods", "a/z@h:1", "--internal-tls", tls.toString()))
        .isEqualTo(
            new Result(
                UserError.CANNOT,
                "",
                "partita: --internal-tls: there is no file " + tls.resolve("ca.crt") + "\n"));
    Files.writeString(tls.resolve("tls.key"), authority.issue("b").key());
    assertThat(pod("--pods", "a/z@h:1", "--tls", tls.toString()).err())
        .isEqualTo(
            "partita: --tls: the key in "
                + tls.resolve("tls.key")
                + " does not fit "
                + tls.resolve("tls.crt")
                + "\n");
  }

  @Test
  void aDataFolderThatCannotBeMadeIsToldInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "a file");
    Result result = pod("--pods", "a/z@h:1", "--port", "0", "--no-auth");
    assertThat(result.exitCode()).isEqualTo(UserError.CANNOT);
    assertThat(result.err())
        .startsWith("partita: cannot use the data directory " + file)
        .hasLineCount(1);
  }

  @Test
  void aBrokenManifestStopsBeforeAnythingStarts() throws IOException {
    Path file = Files.writeString(folder.resolve("t.yaml"), "kind: Nonsense\n");
    Path data = folder.resolve("data");
    Result result = run("dev", "--data", data.toString(), "-f", file.toString());
    assertThat(result.exitCode()).isEqualTo(UserError.USAGE);
    assertThat(result.err())
        .isEqualTo("partita: " + file + ":1: needs apiVersion: partita.dev/v1alpha1\n");
    assertThat(data.resolve("items")).doesNotExist();
  }

  @Test
  void aClusterThatIsNotThereIsTold() {
    assertThat(run("cluster", "status", "--data", folder.toString()))
        .isEqualTo(
            new Result(
                UserError.CANNOT,
                "",
                "partita: there is no cluster in " + folder + "; 'cluster start' makes one\n"));
  }

  @Test
  void aPortInUseIsToldInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Result result =
          run(
              "dev",
              "--data",
              folder.resolve("data").toString(),
              "--port",
              Integer.toString(taken.getLocalPort()),
              "--admin-port",
              "0");
      assertThat(result.exitCode()).isEqualTo(UserError.CANNOT);
      assertThat(result.err())
          .startsWith("partita: cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .endsWith("choose another with --port\n")
          .hasLineCount(1);
    }
  }

  @Test
  void aFolderInUseIsToldInOneLine() throws Exception {
    try (ServingPod _ = serve(List.of(KEY))) {
      Result result = run("dev", "--data", folder.resolve("data").toString(), "--port", "0");
      assertThat(result.exitCode()).isEqualTo(UserError.CANNOT);
      assertThat(result.err()).startsWith("partita: the data directory ").hasLineCount(1);
    }
  }

  @Test
  void aPodServesSignedRequestsAndFindsItsDataAgain() throws Exception {
    try (ServingPod pod = serve(List.of(KEY))) {
      SignedCaller caller = caller(pod, KEY);
      assertThat(caller.call("CreateTable", TABLE)).contains("\"TableStatus\":\"CREATING\"");
      awaitActive(caller);
      assertThat(
              caller.call(
                  "PutItem",
                  "{\"TableName\":\"orders\",\"Item\":{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}}"))
          .isEqualTo("{}");
      assertThat(caller(pod, new AccessKey("TESTKEY", "another-secret")).call("ListTables", "{}"))
          .contains("InvalidSignatureException");
    }
    try (ServingPod pod = serve(List.of(KEY))) {
      assertThat(
              caller(pod, KEY)
                  .call(
                      "GetItem",
                      "{\"TableName\":\"orders\",\"ConsistentRead\":true,"
                          + "\"Key\":{\"pk\":{\"S\":\"a\"}}}"))
          .isEqualTo("{\"Item\":{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}}");
    }
  }

  @Test
  void withoutKeysEverybodyIsServed() throws Exception {
    try (ServingPod pod = serve(List.of())) {
      assertThat(caller(pod, new AccessKey("SOMEBODY", "whatever-it-is")).call("ListTables", "{}"))
          .isEqualTo("{\"TableNames\":[]}");
    }
  }
}
