package dev.partita.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// All cases, sent by the AWS SDK for Java v2: `mvn -pl e2e/api -am verify`, with
/// `-Dpartita.endpoint=URL` at any other server, with `-Dpartita.area=query` only some.
class ApiTest {

  private static final int LEAST_CASES = 600;

  private static DynamoDbClient client;

  @BeforeAll
  static void connect() {
    client = Endpoint.shared().client();
  }

  @AfterAll
  static void end() {
    client.close();
  }

  private static List<CaseFile> files() throws IOException, URISyntaxException {
    URI folder =
        Objects.requireNonNull(ApiTest.class.getResource("/cases"), "the cases are resources")
            .toURI();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.sorted().map(ApiTest::read).toList();
    }
  }

  private static CaseFile read(Path file) {
    try {
      return CaseFile.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicContainer> cases() throws IOException, URISyntaxException {
    String area = System.getProperty("partita.area", "");
    return files().stream()
        .filter(f -> area.isEmpty() || f.area().equals(area))
        .map(ApiTest::container);
  }

  private static DynamicContainer container(CaseFile file) {
    Area[] open = new Area[1];
    Stream<DynamicTest> begin =
        Stream.of(DynamicTest.dynamicTest("(tables)", () -> open[0] = new Area(file, client)));
    Stream<DynamicTest> cases =
        file.cases().stream()
            .map(
                c ->
                    DynamicTest.dynamicTest(
                        c.name() + " (" + file.area() + ".cases:" + c.line() + ")",
                        () -> Objects.requireNonNull(open[0], "no tables").run(c)));
    Stream<DynamicTest> end =
        Stream.of(
            DynamicTest.dynamicTest(
                "(no tables)", () -> Objects.requireNonNull(open[0], "no tables").close()));
    return DynamicContainer.dynamicContainer(
        file.area(), Stream.concat(Stream.concat(begin, cases), end));
  }

  @Test
  void thereAreSixHundredCasesWithNamesOfTheirOwn() throws IOException, URISyntaxException {
    List<String> names =
        files().stream()
            .flatMap(f -> f.cases().stream().map(c -> f.area() + ": " + c.name()))
            .toList();

    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(LEAST_CASES);
  }
}
