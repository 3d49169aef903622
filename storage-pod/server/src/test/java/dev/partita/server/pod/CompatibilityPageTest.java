package dev.partita.server.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.server.operation.Operation;
import dev.partita.server.table.MemoryTables;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// docs/COMPATIBILITY.md names every operation of the API once, and says of each what is true.
class CompatibilityPageTest {

  /// Tests run in the folder of their module.
  private static final Path PAGE = Path.of("../../docs/COMPATIBILITY.md");

  private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| (yes|no) \\|");

  private static final String REQUEST = "Request";

  private static Set<String> named(String state) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.find() && row.group(2).matches(state)) {
        assertThat(names.add(row.group(1))).as(row.group(1) + " is named once").isTrue();
      }
    }
    return names;
  }

  private static Set<String> sdk() {
    return Stream.of(DynamoDbClient.class, DynamoDbStreamsClient.class)
        .flatMap(client -> Stream.of(client.getMethods()))
        .filter(method -> method.getParameterCount() == 1)
        .map(CompatibilityPageTest::parameter)
        .filter(AwsRequest.class::isAssignableFrom)
        .map(type -> type.getSimpleName().replaceAll(REQUEST + "$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Class<?> parameter(Method method) {
    return method.getParameterTypes()[0];
  }

  @Test
  void everyOperationOfTheSdkIsNamed() throws IOException {
    assertThat(named("yes|no")).containsExactlyElementsOf(sdk());
  }

  @Test
  void whatItCallsServedIsWhatThePodServes() throws IOException {
    Set<String> served =
        ServingPod.operations(new MemoryTables()).stream()
            .map(Operation::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named("yes")).containsExactlyElementsOf(served);
  }
}
