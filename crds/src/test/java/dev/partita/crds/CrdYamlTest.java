package dev.partita.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The committed YAML is what the types say.
class CrdYamlTest {

  static final String UPDATE = "mvn -pl crds test -Dpartita.update=true";

  /// Bytes. Above 262,144 `kubectl apply` cannot keep its annotation, and Helm keeps all of a
  /// release in one Secret of a megabyte.
  private static final int MAX_SIZE = 200_000;

  private static final Path FOLDER = Path.of("yaml");

  @Test
  void theCommittedYamlIsWhatTheTypesSay(@TempDir Path folder) throws IOException {
    Map<String, String> generated = CrdGeneration.generate(folder);
    if (Boolean.getBoolean("partita.update")) {
      for (Map.Entry<String, String> file : generated.entrySet()) {
        Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
      }
    }

    assertThat(committed())
        .as("crds/yaml against the types; to bring it up to date run: " + UPDATE)
        .isEqualTo(generated);
  }

  @Test
  void everyDefinitionIsSmallEnoughForKubectlAndHelm() throws IOException {
    assertThat(committed())
        .hasSize(3)
        .allSatisfy(
            (name, text) ->
                assertThat(text.getBytes(StandardCharsets.UTF_8).length)
                    .as(name)
                    .isLessThan(MAX_SIZE));
  }

  private static Map<String, String> committed() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.collect(
          Collectors.toMap(file -> file.getFileName().toString(), CrdYamlTest::read));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
