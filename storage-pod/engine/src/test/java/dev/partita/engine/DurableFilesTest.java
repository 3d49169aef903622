package dev.partita.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  @TempDir Path directory;

  @Test
  void aFolderIsMadeWithAllThatIsMissingAboveIt() throws IOException {
    Path folder = directory.resolve("a/b/c");

    DurableFiles.createFolder(folder);
    DurableFiles.createFolder(folder);

    assertThat(folder).isDirectory();
  }

  @Test
  void aFileInPlaceOfAFolderIsAnError() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> DurableFiles.createFolder(file)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> DurableFiles.createFolder(file.resolve("below")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aFolderIsHeldByOneAtATime() throws IOException {
    Path file = directory.resolve("lock");
    try (FolderLock held = FolderLock.tryTake(file)) {
      assertThat(held).isNotNull();
      assertThat(FolderLock.tryTake(file)).isNull();
    }
    try (FolderLock again = FolderLock.tryTake(file)) {
      assertThat(again).isNotNull();
    }
  }
}
