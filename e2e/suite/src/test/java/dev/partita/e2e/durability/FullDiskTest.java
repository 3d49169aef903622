package dev.partita.e2e.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.partita.e2e.process.PartitaDev;
import dev.partita.e2e.wire.FreshTable;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A full disk is answered with an error that SDKs retry; reads go on; when space returns, writes
/// do. Needs root, to mount a small tmpfs.
class FullDiskTest {

  private static final int VALUE_CHARACTERS = 100_000;
  private static final int MOST_WRITES = 5_000;
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(30);

  @TempDir private Path scratch;
  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    disk = Files.createDirectory(scratch.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=768m", "tmpfs", disk.toString()) == 0;
    assumeTrue(mounted, "mounting a tmpfs needs root");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      assertThat(run("umount", "-l", disk.toString())).isZero();
    }
  }

  @Test
  void aFullDiskRefusesWritesKeepsReadingAndRecovers() throws Exception {
    Path ballast = Files.write(disk.resolve("ballast"), new byte[384 << 20]);
    List<Integer> acknowledged = new ArrayList<>();
    Path log = scratch.resolve("dev.log");

    try (PartitaDev node = PartitaDev.start(disk.resolve("data"), log);
        WireClient wire = wire(node)) {
      FreshTable.create(wire, TABLE);

      WireClient.Answer refused = fill(wire, acknowledged);
      assertThat(refused.ok()).as("the disk fills up within %d writes", MOST_WRITES).isFalse();
      assertThat(refused.errorType())
          .as(refused.text())
          .isIn("InternalServerError", "ThrottlingException", "ServiceUnavailableException");
      assertThat(acknowledged).hasSizeGreaterThan(10);
      assertReadable(wire, acknowledged.getFirst());
      assertReadable(wire, acknowledged.getLast());

      Files.delete(ballast);
      awaitWritable(wire, acknowledged);
      assertReadable(wire, acknowledged.getFirst());
    }
    try (PartitaDev again = PartitaDev.start(disk.resolve("data"), log);
        WireClient wire = wire(again)) {
      for (int item : acknowledged) {
        assertReadable(wire, item);
      }
    }
  }

  private static final String TABLE =
      """
      {"TableName":"Full","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"N"}],\
      "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}""";

  /// @return the first answer that is not 200
  private static WireClient.Answer fill(WireClient wire, List<Integer> acknowledged)
      throws IOException, InterruptedException {
    WireClient.Answer last = null;
    for (int i = 0; i < MOST_WRITES; i++) {
      last = wire.call("PutItem", put(i));
      if (!last.ok()) {
        return last;
      }
      acknowledged.add(i);
    }
    return java.util.Objects.requireNonNull(last);
  }

  private static void awaitWritable(WireClient wire, List<Integer> acknowledged)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + RECOVERY_LIMIT.toNanos();
    int item = 1_000_000;
    while (true) {
      WireClient.Answer answer = wire.call("PutItem", put(item));
      if (answer.ok()) {
        acknowledged.add(item);
        return;
      }
      assertThat(System.nanoTime()).as(answer.text()).isLessThan(deadline);
      Thread.sleep(100);
    }
  }

  private static void assertReadable(WireClient wire, int item)
      throws IOException, InterruptedException {
    WireClient.Answer read =
        wire.call(
            "GetItem",
            "{\"TableName\":\"Full\",\"Key\":{\"pk\":{\"N\":\"%d\"}},\"ConsistentRead\":true}"
                .formatted(item));
    assertThat(read.body().path("Item").path("v").path("S").asText())
        .as("item %d: %s", item, read.status())
        .isEqualTo(value(item));
  }

  private static String put(int item) {
    return "{\"TableName\":\"Full\",\"Item\":{\"pk\":{\"N\":\"%d\"},\"v\":{\"S\":\"%s\"}}}"
        .formatted(item, value(item));
  }

  /// What compression cannot make small.
  private static String value(int item) {
    return new Random(item)
        .ints(VALUE_CHARACTERS, ' ', '~')
        .filter(c -> c != '"' && c != '\\')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static WireClient wire(PartitaDev node) {
    return new WireClient(
        node.endpoint(), PartitaDev.CREDENTIALS, PartitaDev.REGION, Duration.ofSeconds(30));
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }
}
