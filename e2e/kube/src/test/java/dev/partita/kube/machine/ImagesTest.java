package dev.partita.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.kube.ClusterException;
import dev.partita.kube.tools.SmallImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void namesAreCompletedByDockersRules() {
    assertThat(Images.full("busybox")).isEqualTo("docker.io/library/busybox:latest");
    assertThat(Images.full("partita/storage:1")).isEqualTo("docker.io/partita/storage:1");
    assertThat(Images.full("localhost/partita/pause:1")).isEqualTo("localhost/partita/pause:1");
    assertThat(Images.full("host:5000/a")).isEqualTo("host:5000/a:latest");
    assertThat(Images.full("registry.example/a@sha256:00"))
        .isEqualTo("registry.example/a@sha256:00");
  }

  @Test
  void anOciLayoutNamesItsImagesInAnnotations() {
    String index =
        """
        {"manifests":[
          {"annotations":{"org.opencontainers.image.ref.name":"partita/storage:1"}},
          {"annotations":{"io.containerd.image.name":"docker.io/library/a:2","org.opencontainers.image.ref.name":"2"}},
          {"annotations":{"org.opencontainers.image.ref.name":"latest"}},
          {}]}""";
    assertThat(Images.namesInIndex(index))
        .containsExactly(
            new Images.Name("partita/storage:1", "docker.io/partita/storage:1"),
            new Images.Name("docker.io/library/a:2", "docker.io/library/a:2"));
  }

  @Test
  void whatDockerSavedNamesThemInItsManifest() {
    assertThat(Images.namesInManifest("[{\"RepoTags\":[\"a:1\"]},{\"RepoTags\":null}]"))
        .containsExactly(new Images.Name("docker.io/library/a:1", "docker.io/library/a:1"));
  }

  @Test
  void anImageThatIsAddedAgainUnderItsNameReplacesTheOldOne() throws IOException {
    Images images = new Images(Files.createDirectory(folder.resolve("images")));
    Path first = image("one");
    assertThat(images.add(first)).containsExactly("localhost/test:1");
    images.add(first);
    assertThat(kept()).hasSize(1).first().asString().startsWith("000001-");
    images.add(image("two"));
    assertThat(kept()).hasSize(1).first().asString().startsWith("000002-");
  }

  @Test
  void aFileThatIsNoImageIsRefused() throws IOException {
    Images images = new Images(folder);
    Path text = Files.writeString(folder.resolve("text.tar"), "no tar");
    assertThatThrownBy(() -> images.add(text))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("is no image");
    assertThatThrownBy(() -> images.add(folder.resolve("absent.tar")))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("cannot read");
  }

  private Path image(String content) throws IOException {
    Path program = Files.writeString(folder.resolve("program"), content);
    Path tar = folder.resolve(content + ".tar");
    SmallImage.write(program, "localhost/test:1", tar);
    return tar;
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("images"))) {
      return files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".tar")).toList();
    }
  }
}
