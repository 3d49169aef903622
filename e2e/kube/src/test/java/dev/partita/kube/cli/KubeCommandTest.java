package dev.partita.kube.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KubeCommandTest {

  private static final String ABSENT = "a-cluster-that-nobody-has";

  @Test
  void whatNeedsAClusterSaysThatThereIsNone() {
    assertThat(run("--name", ABSENT, "zone", "kill", "a")).contains("not up").endsWith("code 1");
    assertThat(run("--name", ABSENT, "api", "stop")).contains("not up").endsWith("code 1");
    assertThat(run("--name", ABSENT, "load-image", "x.tar")).contains("not up").endsWith("code 1");
    assertThat(run("--name", ABSENT, "status")).endsWith("code 1");
  }

  @Test
  void downIsContentIfThereIsNothing() {
    assertThat(run("--name", ABSENT, "down")).endsWith("code 0");
  }

  @Test
  void mistakesOnTheCommandLineAreTold() {
    assertThat(run("--name", ABSENT, "zone", "kill", "d"))
        .contains("no zone 'd'")
        .endsWith("code 1");
    assertThat(run("--name", "../x", "status"))
        .contains("cannot be a cluster's name")
        .endsWith("code 1");
    assertThat(run("zone", "burn", "a")).endsWith("code 2");
    assertThat(run("load-image")).endsWith("code 2");
    assertThat(run("nonsense")).endsWith("code 2");
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int code = KubeCommand.run(new PrintStream(errors, true, StandardCharsets.UTF_8), arguments);
    return errors.toString(StandardCharsets.UTF_8) + "code " + code;
  }
}
