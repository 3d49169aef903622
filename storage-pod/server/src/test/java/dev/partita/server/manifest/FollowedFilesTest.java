package dev.partita.server.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.server.table.MemoryTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which tables count as vanished, look by look.
class FollowedFilesTest {

  @TempDir Path folder;

  private final MemoryTables tables = new MemoryTables();
  private Path first = Path.of("");
  private Path second = Path.of("");

  @BeforeEach
  void nothingIsDeclaredAtFirst() throws IOException {
    tables.quick = true;
    first = Files.writeString(folder.resolve("first.yaml"), "# none\n");
    second = Files.writeString(folder.resolve("second.yaml"), "# none\n");
  }

  /// Tables that are deleted when they vanish.
  private static String declare(String... names) {
    StringBuilder text = new StringBuilder("# tables\n");
    for (String name : names) {
      text.append(
          """
          apiVersion: partita.dev/v1alpha1
          kind: DynamoTable
          metadata: { name: %s }
          spec:
            attributeDefinitions: [ { attributeName: pk, attributeType: S } ]
            keySchema: [ { attributeName: pk, keyType: HASH } ]
            billingMode: PAY_PER_REQUEST
            deletionPolicy: Delete
          ---
          """
              .formatted(name));
    }
    return text.toString();
  }

  private Manifests read() throws ManifestException {
    return Manifests.read(List.of(first, second));
  }

  private void applyOnce() throws Exception {
    try (Manifests manifests = read()) {
      manifests.start(tables, folder.resolve("applied"));
    }
  }

  private void look(Manifests manifests) throws InterruptedException {
    manifests.lookAtAll(new ManifestApplier(tables), new AppliedTables(folder.resolve("applied")));
  }

  private void lookTwice(Manifests manifests) throws InterruptedException {
    look(manifests);
    look(manifests);
  }

  @Test
  void aFileThatIsSeenHalfWrittenDeletesNothing() throws Exception {
    Files.writeString(first, declare("orders", "carts"));
    applyOnce();
    Manifests manifests = read();
    lookTwice(manifests);
    Files.writeString(first, declare("orders"));
    look(manifests);
    Files.writeString(first, declare("orders", "carts", "users"));
    look(manifests);
    assertThat(tables.has("users")).isFalse();
    look(manifests);
    assertThat(tables.has("users")).isTrue();
    assertThat(tables.get("carts").id()).isEqualTo(2);
  }

  @Test
  void aFileThatStaysShorterDeletesWhatItLost() throws Exception {
    Files.writeString(first, declare("orders", "carts"));
    applyOnce();
    Manifests manifests = read();
    lookTwice(manifests);
    Files.writeString(first, declare("orders"));
    lookTwice(manifests);
    assertThat(tables.has("carts")).isFalse();
    assertThat(tables.has("orders")).isTrue();
  }

  @Test
  void anEmptyFileIsNotOneWithoutTables() throws Exception {
    Files.writeString(first, declare("orders"));
    applyOnce();
    Manifests manifests = read();
    Files.writeString(first, "");
    lookTwice(manifests);
    look(manifests);
    Files.writeString(first, "\n \n");
    lookTwice(manifests);
    assertThat(tables.has("orders")).isTrue();
    assertThatThrownBy(this::read).hasMessageContaining("first.yaml:1: is empty");
  }

  @Test
  void aFileThatWasBeingWrittenAtTheStartDeletesNothing() throws Exception {
    Files.writeString(first, declare("orders", "carts"));
    applyOnce();
    Files.writeString(first, declare("orders"));
    try (Manifests manifests = read()) {
      Files.writeString(first, declare("orders", "carts"));
      manifests.start(tables, folder.resolve("applied"));
      assertThat(tables.has("carts")).isTrue();
    }
  }

  @Test
  void aTableThatMovesToAnotherFileStays() throws Exception {
    Files.writeString(first, declare("orders", "carts"));
    applyOnce();
    Manifests manifests = read();
    lookTwice(manifests);
    Files.writeString(first, declare("orders"));
    look(manifests);
    Files.writeString(second, declare("carts"));
    look(manifests);
    look(manifests);
    assertThat(tables.get("carts").id()).isEqualTo(2);
    Files.writeString(second, "# none");
    lookTwice(manifests);
    assertThat(tables.has("carts")).as("now the other file's to delete").isFalse();
  }

  @Test
  void aTableThatMovedWhileNothingRanStays() throws Exception {
    Files.writeString(first, declare("orders", "carts"));
    applyOnce();
    Files.writeString(first, declare("orders"));
    Files.writeString(second, declare("carts"));
    applyOnce();
    assertThat(tables.get("carts").id()).isEqualTo(2);
  }

  @Test
  void nothingIsDeletedWhileAnotherFileCannotBeRead() throws Exception {
    Files.writeString(first, declare("orders", "carts"));
    applyOnce();
    Manifests manifests = read();
    lookTwice(manifests);
    Files.writeString(first, declare("orders"));
    Files.writeString(second, "nonsense: [");
    lookTwice(manifests);
    assertThat(tables.has("carts")).isTrue();
    Files.writeString(second, "# none");
    lookTwice(manifests);
    assertThat(tables.has("carts")).isFalse();
  }

  @Test
  void oneTableInTwoFilesIsRefused() throws Exception {
    Files.writeString(first, declare("orders", "carts"));
    Files.writeString(second, declare("carts"));
    assertThatThrownBy(this::read)
        .hasMessageContaining("first.yaml:15: table carts: is declared twice, also at ")
        .hasMessageEndingWith("second.yaml:6");
  }

  @Test
  void aTableThatIsInTwoFilesForAWhileStays() throws Exception {
    Files.writeString(first, declare("orders", "carts"));
    applyOnce();
    Manifests manifests = read();
    lookTwice(manifests);
    Files.writeString(second, declare("carts", "users"));
    lookTwice(manifests);
    assertThat(tables.has("users")).as("refused as a whole").isFalse();
    Files.writeString(first, declare("orders"));
    lookTwice(manifests);
    assertThat(tables.has("users")).isTrue();
    assertThat(tables.get("carts").id()).isEqualTo(2);
  }
}
