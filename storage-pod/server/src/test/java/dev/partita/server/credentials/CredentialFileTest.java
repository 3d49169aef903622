package dev.partita.server.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialFileTest {

  @TempDir Path folder;

  @Test
  void aFileIsMadeOnceAndKept() throws IOException {
    Path file = folder.resolve("new/credentials");
    List<AccessKey> first = CredentialFile.readOrCreate(file);
    assertThat(first).hasSize(1);
    assertThat(first.getFirst().id()).hasSize(20).startsWith("PARTITA");
    assertThat(first.getFirst().secret()).hasSize(40);
    assertThat(CredentialFile.readOrCreate(file)).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var left = Files.list(file.resolveSibling("."))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void aFileOfTheAwsToolsIsUnderstood() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("c"),
            """
            # comment
            [default]
            aws_access_key_id = AKIAEXAMPLE
            aws_secret_access_key=abc/def+ghi=
            region = eu-central-1
            [other]
            aws_secret_access_key = 12345678
            aws_access_key_id = SECOND
            """);
    assertThat(CredentialFile.read(file))
        .containsExactly(
            new AccessKey("AKIAEXAMPLE", "abc/def+ghi="), new AccessKey("SECOND", "12345678"));
  }

  @Test
  void halfAPairIsNotMixedWithTheNextSection() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("c"),
            "[a]\naws_access_key_id = AAA\n[b]\naws_secret_access_key = 12345678\n");
    assertThatThrownBy(() -> CredentialFile.read(file)).hasMessageContaining("no credentials");
  }

  @Test
  void brokenFilesAreToldWithTheirLine() throws IOException {
    Path file = Files.writeString(folder.resolve("c"), "[a]\nnonsense\n");
    assertThatThrownBy(() -> CredentialFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ":2: expected 'name = value'");
    Files.writeString(file, "aws_access_key_id = A B C\naws_secret_access_key = 12345678\n");
    assertThatThrownBy(() -> CredentialFile.read(file)).hasMessageStartingWith(file + ":2: an");
  }

  @Test
  void theEnvironmentGivesBothOrNone() throws IOException {
    assertThat(CredentialFile.fromEnvironment(null, null)).isNull();
    assertThat(CredentialFile.fromEnvironment("KEY", "12345678"))
        .isEqualTo(new AccessKey("KEY", "12345678"));
    assertThatThrownBy(() -> CredentialFile.fromEnvironment("KEY", null))
        .hasMessageContaining("or neither");
  }

  @Test
  void aSecretIsNotPrinted() {
    assertThat(new AccessKey("KEY", "12345678")).asString().doesNotContain("12345678");
  }
}
