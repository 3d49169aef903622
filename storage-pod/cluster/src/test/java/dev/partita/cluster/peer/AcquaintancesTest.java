package dev.partita.cluster.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcquaintancesTest {
  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = directory.resolve("pod.peers");
  }

  @Test
  void whoWasMetIsKnownAfterARestart() throws Exception {
    Acquaintances first = open();
    first.meet("pod-1", "one");
    first.meet("pod-2", "two");
    first.meet("pod-1", "one");
    Acquaintances second = open();
    second.meet("pod-2", "two");
    assertThatThrownBy(() -> second.meet("pod-1", "other"))
        .isInstanceOf(StrangerException.class)
        .hasMessageContaining("pod-1 comes with the data folder other but took part with one");
    second.meet("pod-1", "one");
  }

  @Test
  void joiningIsRemembered() throws Exception {
    Acquaintances first = open();
    first.meet("pod-1", "one");
    assertThat(open().joined()).isFalse();
    first.join();
    assertThat(open().joined()).isTrue();
    assertThat(file).content().isEqualTo("partita peers 1\npod pod-1 one\njoined\n");
  }

  @Test
  void aMeetingThatCannotBeWrittenDidNotHappen() throws Exception {
    Acquaintances known = open();
    Files.createDirectory(directory.resolve("pod.peers.new"));
    assertThatThrownBy(() -> known.meet("pod-1", "one"))
        .isInstanceOf(FrameException.class)
        .hasMessageContaining("cannot note");
    Files.delete(directory.resolve("pod.peers.new"));
    known.meet("pod-1", "another");
    assertThat(file).content().contains("pod pod-1 another");
  }

  @Test
  void aFileOfAnotherKindIsNotTakenForEmpty() throws Exception {
    for (String text : new String[] {"", "partita peers 2\n", "partita peers 1\npod a\n"}) {
      Files.writeString(file, text);
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("pod.peers");
    }
  }

  private Acquaintances open() throws IOException {
    return Acquaintances.open(file, "self");
  }
}
