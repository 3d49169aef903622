package dev.partita.server.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.server.cli.local.ClusterSettings.Wish;
import dev.partita.server.credentials.AccessKey;
import dev.partita.server.credentials.CredentialFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterTest {

  private static final ClusterSettings DEFAULTS = new ClusterSettings(8001, "local-1", true);
  private static final Wish NONE = new Wish(null, null, null);
  private static final List<AccessKey> MINE = List.of(new AccessKey("MINE", "secret-of-mine"));
  private static final List<AccessKey> OTHERS =
      List.of(new AccessKey("FIRST", "secret-of-first"), new AccessKey("SECOND", "s=e#c;r[e]t"));

  @TempDir Path folder;

  private LocalCluster start(Wish wish) throws IOException {
    return LocalCluster.openOrCreate(folder, DEFAULTS, wish);
  }

  private void onePodRuns() throws IOException {
    Path pod = Files.createDirectories(folder.resolve("pod-2"));
    PidFile.write(pod.resolve("pid"), ProcessHandle.current());
  }

  private static void assertSettings(LocalCluster cluster, int port, String region, boolean auth) {
    assertThat(cluster.pod(1).port()).isEqualTo(port);
    assertThat(cluster.region()).isEqualTo(region);
    assertThat(cluster.auth()).isEqualTo(auth);
  }

  @Test
  void aNewClusterHasTheDefaultsAndTheWishes() throws IOException {
    assertSettings(start(new Wish(null, "eu-1", null)), 8001, "eu-1", true);
  }

  @Test
  void aStoppedClusterComesBackAsItWasButForWhatIsWishedOtherwise() throws IOException {
    start(new Wish(9001, "eu-1", false));
    assertSettings(start(NONE), 9001, "eu-1", false);
    assertSettings(start(new Wish(null, null, true)), 9001, "eu-1", true);
    assertSettings(LocalCluster.open(folder).orElseThrow(), 9001, "eu-1", true);
    assertThat(folder.resolve("cluster.properties.tmp")).doesNotExist();
  }

  @Test
  void aRunningClusterKeepsItsSettings() throws IOException {
    start(new Wish(9001, null, null));
    onePodRuns();
    assertSettings(start(NONE), 9001, "local-1", true);
    assertThatThrownBy(() -> start(new Wish(8001, null, null)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has other settings (ports from 9001");
    assertSettings(LocalCluster.open(folder).orElseThrow(), 9001, "local-1", true);
  }

  @Test
  void keysOfOneShellAreThereForAPodThatAnotherShellStarts() throws IOException {
    LocalCluster cluster = start(NONE);
    assertThat(cluster.keys(OTHERS)).isEqualTo(OTHERS);
    assertThat(LocalCluster.open(folder).orElseThrow().keys(null)).isEqualTo(OTHERS);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cluster.credentials())))
        .isEqualTo("rw-------");
  }

  @Test
  void aRunningClusterKeepsItsKeys() throws IOException {
    LocalCluster cluster = start(NONE);
    cluster.keys(MINE);
    onePodRuns();
    assertThat(cluster.keys(MINE)).isEqualTo(MINE);
    assertThatThrownBy(() -> cluster.keys(OTHERS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("runs with other credentials");
    assertThat(cluster.keys(null)).isEqualTo(MINE);
  }

  @Test
  void keysThatAreReplacedAreKeptBesideTheNewOnes() throws IOException {
    LocalCluster cluster = start(NONE);
    List<AccessKey> made = cluster.keys(null);
    cluster.keys(OTHERS);
    assertThat(cluster.keys(null)).isEqualTo(OTHERS);
    assertThat(CredentialFile.read(folder.resolve("credentials.old"))).isEqualTo(made);
  }
}
