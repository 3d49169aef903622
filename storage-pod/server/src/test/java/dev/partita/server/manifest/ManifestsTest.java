package dev.partita.server.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.cluster.TableOutcome;
import dev.partita.model.table.TableDefinition;
import dev.partita.server.table.MemoryTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final MemoryTables tables = new MemoryTables();

  @BeforeEach
  void tablesAreReadyAtOnce() {
    tables.quick = true;
  }

  private static String manifest(String name, String more) {
    return """
    apiVersion: partita.dev/v1alpha1
    kind: DynamoTable
    metadata: { name: %s }
    spec:
      attributeDefinitions: [ { attributeName: pk, attributeType: S } ]
      keySchema: [ { attributeName: pk, keyType: HASH } ]
      %s
    ---
    """
        .formatted(name, more.replace("\n", "\n  "));
  }

  private static String onDemand(String name, String more) {
    return manifest(name, "billingMode: PAY_PER_REQUEST\n" + more);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("tables.yaml"), text);
  }

  private Manifests start(Path file) throws Exception {
    Manifests manifests = Manifests.read(List.of(file));
    manifests.start(tables, folder.resolve("applied"));
    return manifests;
  }

  private void applyOnce(String text) throws Exception {
    start(file(text)).close();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  @Test
  void tablesAreCreatedOnceAndThenLeftAlone() throws Exception {
    applyOnce(onDemand("orders", "") + onDemand("carts", ""));
    assertThat(tables.get("orders").id()).isEqualTo(1);
    assertThat(tables.get("carts").id()).isEqualTo(2);
    applyOnce(onDemand("orders", "") + onDemand("carts", ""));
    assertThat(tables.get("orders").id()).isEqualTo(1);
  }

  @Test
  void aChangedFileIsAppliedAlsoWhenItWasReplacedByRename() throws Exception {
    try (Manifests _ = start(file(onDemand("orders", "")))) {
      Path draft =
          Files.writeString(
              folder.resolve("draft"),
              onDemand("orders", "deletionProtectionEnabled: true") + onDemand("carts", ""));
      Files.move(
          draft,
          folder.resolve("tables.yaml"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
      await(() -> tables.has("carts"));
      assertThat(tables.get("orders").definition().deletionProtection()).isTrue();
    }
  }

  @Test
  void aBrokenChangeChangesNothingAndTheNextGoodOneIsApplied() throws Exception {
    Manifests manifests = Manifests.read(List.of(file(onDemand("orders", ""))));
    ManifestApplier applier = new ManifestApplier(tables);
    AppliedTables applied = new AppliedTables(folder.resolve("applied"));
    file(onDemand("carts", "") + "nonsense: [");
    manifests.lookAtAll(applier, applied);
    manifests.lookAtAll(applier, applied);
    assertThat(tables.has("carts")).isFalse();
    Files.delete(folder.resolve("tables.yaml"));
    manifests.lookAtAll(applier, applied);
    file(onDemand("carts", ""));
    manifests.lookAtAll(applier, applied);
    manifests.lookAtAll(applier, applied);
    assertThat(tables.has("carts")).isTrue();
  }

  @Test
  void aKeyCannotChangeAndThenNothingElseDoesEither() throws Exception {
    applyOnce(onDemand("orders", ""));
    String changed = onDemand("carts", "") + onDemand("orders", "").replace("pk", "id");
    assertThatThrownBy(() -> applyOnce(changed))
        .hasMessageEndingWith(
            "tables.yaml:15: table orders: the key of a table cannot change: it is pk (HASH), the"
                + " manifest says id (HASH)");
    assertThat(tables.has("carts")).isFalse();
    assertThatThrownBy(
            () -> applyOnce(onDemand("orders", "").replace("attributeType: S", "attributeType: N")))
        .hasMessageContaining("the type of a key attribute cannot change: it is {pk=S}");
  }

  @Test
  void localSecondaryIndexesAreMadeWithTheTableAndCannotChange() throws Exception {
    String indexed =
        onDemand(
                "orders",
                """
                localSecondaryIndexes:
                  - indexName: by-x
                    keySchema: [ { attributeName: pk, keyType: HASH }, { attributeName: x, keyType: RANGE } ]
                    projection: { projectionType: ALL }""")
            .replace(
                "attributeType: S }", "attributeType: S }, { attributeName: x, attributeType: S }")
            .replaceFirst(
                "keyType: HASH }", "keyType: HASH }, { attributeName: x, keyType: RANGE }");
    applyOnce(indexed);
    applyOnce(indexed);
    assertThat(tables.get("orders").definition().localIndexes()).hasSize(1);
    assertThatThrownBy(() -> applyOnce(indexed.replace("by-x", "by-y")))
        .hasMessageEndingWith(
            "table orders: local secondary indexes are made with their table and cannot change:"
                + " they are [by-x by x ALL], the manifest says [by-y by x ALL]");
  }

  @Test
  void theSameTableTwiceIsAMistake() {
    assertThatThrownBy(() -> applyOnce(onDemand("orders", "") + onDemand("orders", "")))
        .hasMessageContaining("table orders: is declared twice, also at");
  }

  @Test
  void aVanishedTableIsRetainedUnlessItsPolicySaysDelete() throws Exception {
    applyOnce(
        onDemand("kept", "deletionPolicy: Retain")
            + onDemand("dropped", "deletionPolicy: Delete")
            + onDemand("orders", ""));
    applyOnce(onDemand("orders", ""));
    assertThat(tables.has("kept")).isTrue();
    assertThat(tables.has("dropped")).isFalse();
  }

  @Test
  void deletionProtectionGoesBeforeTheDeletionPolicyAndTheDeletionIsTriedAgain() throws Exception {
    applyOnce(onDemand("orders", "deletionPolicy: Delete\ndeletionProtectionEnabled: true"));
    applyOnce(onDemand("carts", ""));
    assertThat(tables.has("orders")).isTrue();
    assertThat(tables.has("carts")).isTrue();
    TableDefinition open =
        ManifestReader.read(folder, onDemand("orders", "")).getFirst().definition();
    assertThat(tables.updateTable("orders", open, tables.get("orders").definition()).get())
        .isInstanceOf(TableOutcome.Done.class);
    applyOnce(onDemand("carts", ""));
    assertThat(tables.has("orders")).isFalse();
  }

  @Test
  void theBillingModeIsSwitchedAndUnitsAreChanged() throws Exception {
    String provisioned =
        "billingMode: PROVISIONED\nprovisionedThroughput: { readCapacityUnits: %d,"
            + " writeCapacityUnits: 5 }";
    applyOnce(onDemand("orders", ""));
    applyOnce(manifest("orders", provisioned.formatted(3)));
    assertThat(tables.get("orders").definition().readCapacityUnits()).isEqualTo(3);
    applyOnce(manifest("orders", provisioned.formatted(4)));
    assertThat(tables.get("orders").definition().readCapacityUnits()).isEqualTo(4);
    applyOnce(manifest("orders", provisioned.formatted(4) + "\ntags: [{key: a, value: b}]"));
    assertThat(tables.get("orders").definition().tags()).containsEntry("a", "b");
    applyOnce(onDemand("orders", ""));
    assertThat(tables.get("orders").definition().readCapacityUnits()).isZero();
    assertThat(tables.get("orders").definition().tags()).containsEntry("a", "b");
  }

  @Test
  void aChangeThatLosesARaceIsPlannedAnew() throws Exception {
    applyOnce(onDemand("orders", ""));
    tables.lostUpdates = 2;
    applyOnce(onDemand("orders", "deletionProtectionEnabled: true"));
    assertThat(tables.get("orders").definition().deletionProtection()).isTrue();
  }

  @Test
  void aFileThatIsNotThereIsToldBeforeAnythingStarts() {
    assertThatThrownBy(() -> Manifests.read(List.of(folder.resolve("nope.yaml"))))
        .hasMessageEndingWith("nope.yaml:1: there is no such file");
  }
}
