package dev.partita.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The charts have the definitions as they are: `partita-crds` with what Helm needs, and `partita`
/// a copy of that chart, so that one command installs both.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChartCopiesTest {

  private static final Path CHARTS = Path.of("../charts");
  private static final Path CHART = CHARTS.resolve("partita-crds");
  private static final Path VENDORED = CHARTS.resolve("partita/charts/partita-crds");

  /// Helm leaves what has this, when the release is uninstalled or no longer has it.
  private static final String KEEP =
      "metadata:\n  annotations:\n    helm.sh/resource-policy: \"keep\"\n";

  /// First, because an update copies on from it.
  @Test
  @Order(1)
  void theChartOfDefinitionsHasEachOfThem(@TempDir Path folder) throws IOException {
    Map<String, String> wanted = new TreeMap<>();
    for (Map.Entry<String, String> file : CrdGeneration.generate(folder).entrySet()) {
      assertThat(file.getValue()).as("Helm's braces").doesNotContain("{{");
      wanted.put(file.getKey(), file.getValue().replaceFirst("(?m)^metadata:\n", KEEP));
    }
    Path templates = CHART.resolve("templates");
    if (Boolean.getBoolean("partita.update")) {
      write(templates, wanted);
    }

    Map<String, String> found = texts(templates);
    found.remove("NOTES.txt");
    assertThat(found).as(advice()).isEqualTo(wanted);
    assertThat(found.values()).allMatch(text -> text.contains(KEEP));
  }

  @Test
  @Order(2)
  void theOperatorsChartHasACopyOfThatChart() throws IOException {
    if (Boolean.getBoolean("partita.update")) {
      delete(VENDORED);
      write(VENDORED, texts(CHART));
    }

    assertThat(texts(VENDORED)).as(advice()).isEqualTo(texts(CHART));
  }

  @Test
  void theChartsHaveTheVersionOfTheProject() throws IOException {
    String pom = Files.readString(Path.of("../pom.xml"));
    String version = pom.replaceAll("(?s).*?<version>(.*?)</version>.*", "$1");

    for (Path chart : new Path[] {CHART, CHARTS.resolve("partita")}) {
      assertThat(Files.readString(chart.resolve("Chart.yaml")))
          .contains("\nversion: " + version + "\n")
          .contains("\nappVersion: " + version + "\n");
    }
  }

  private static String advice() {
    return "to bring it up to date run: " + CrdYamlTest.UPDATE;
  }

  /// Every file below a folder, by its path in it.
  private static Map<String, String> texts(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return texts;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }

  private static void write(Path folder, Map<String, String> texts) throws IOException {
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Path file = folder.resolve(text.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, text.getValue());
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
