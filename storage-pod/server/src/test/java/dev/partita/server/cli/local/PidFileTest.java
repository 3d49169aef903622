package dev.partita.server.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("pid");
  }

  @Test
  void aRunningProcessIsFound() throws IOException {
    PidFile.write(file(), ProcessHandle.current());
    assertThat(PidFile.find(file())).contains(ProcessHandle.current());
  }

  @Test
  void anotherProcessWithTheSameIdIsLeftAlone() throws IOException {
    Files.writeString(file(), ProcessHandle.current().pid() + " 1000\n");
    assertThat(PidFile.find(file())).isEmpty();
  }

  @Test
  void aProcessThatEndedIsGone() throws Exception {
    Process process = new ProcessBuilder("true").start();
    PidFile.write(file(), process.toHandle());
    process.waitFor();
    assertThat(PidFile.find(file())).isEmpty();
  }

  @Test
  void noFileMeansNoProcessAndABrokenOneIsTold() throws IOException {
    assertThat(PidFile.find(file())).isEmpty();
    Files.writeString(file(), "nonsense");
    assertThatThrownBy(() -> PidFile.find(file())).isInstanceOf(IOException.class);
  }
}
