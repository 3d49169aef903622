package dev.partita.kube.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.kube.ClusterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void foldersFollowTheXdgRules() {
    assertThat(Folders.cache(Map.of("HOME", "/home/me")))
        .hasToString("/home/me/.cache/partita/kube");
    assertThat(Folders.state(Map.of("HOME", "/home/me", "XDG_STATE_HOME", "/s")))
        .hasToString("/s/partita/kube");
    // A relative one is to be ignored.
    assertThat(Folders.cache(Map.of("HOME", "/h", "XDG_CACHE_HOME", "c")))
        .hasToString("/h/.cache/partita/kube");
  }

  @Test
  void programsAreKeptUnderWhatTheyWereBuiltFrom() {
    Path bin = new ToolCache(folder).bin();
    assertThat(folder.relativize(bin).toString()).matches("[0-9a-f]{16}/bin");
    assertThat(bin).isEqualTo(new ToolCache(folder).bin());
    assertThat(new ToolCache(folder).hasKubernetes()).isFalse();
  }

  @Test
  void aModuleIsUnpackedWhole() {
    GoModule.KUBERNETES.unpack(folder);
    assertThat(folder.resolve("main.go")).content().contains("kube-apiserver");
    assertThat(folder.resolve("go.sum")).isNotEmptyFile();
    assertThat(folder.resolve("pause/main.go")).exists();
    assertThat(GoModule.build(".", Path.of("/out")))
        .startsWith("go", "build")
        .endsWith("-o", "/out", ".");
  }

  @Test
  void aLongBuildSaysHowFarItIs() {
    assertThat(GoBuild.news(List.of("go: downloading a v1", "go: downloading b v1")))
        .contains("fetched 2 modules");
    assertThat(GoBuild.news(List.of("go: downloading a v1", "a/b", "a/c")))
        .contains("2 packages", "a/c");
  }

  @Test
  void aCommandThatFailsSaysWhatItSaid() {
    assertThatThrownBy(
            () -> Command.must(Duration.ofSeconds(5), "sh", "-c", "echo no such luck; exit 3"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("no such luck");
    assertThatThrownBy(() -> Command.must(Duration.ofMillis(100), "sleep", "20"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("did not end");
    assertThatThrownBy(() -> Command.must(Duration.ofSeconds(5), "/no/such/program"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("cannot run");
  }

  @Test
  void aStateFolderIsRemovedOnlyIfItIsMarkedAndWithoutFollowingLinks() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside"), "stays");
    Path path = Files.createDirectories(folder.resolve("partita/kube/x"));
    StateFolder state = new StateFolder(path);
    Files.createSymbolicLink(path.resolve("link"), outside);
    state.remove();
    assertThat(path).exists();
    state.create("namespaces");
    assertThat(state.kind()).contains("namespaces");
    state.remove();
    assertThat(folder.resolve("partita")).doesNotExist();
    assertThat(outside).exists();
  }

  @Test
  void registriesHaveOtherNamesForProcessors() {
    assertThat(SmallImage.architecture("aarch64")).isEqualTo("arm64");
    assertThat(SmallImage.architecture("amd64")).isEqualTo("amd64");
  }
}
