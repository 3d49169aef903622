package dev.partita.server.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.server.log.HeardLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedCredentialsTest {

  private static final AccessKey ONE = new AccessKey("KEYONE", "secret-of-one");
  private static final AccessKey TWO = new AccessKey("KEYTWO", "secret-of-two");
  private static final AccessKey TWO_ELSE = new AccessKey("KEYTWO", "another-secret-of-two");
  private static final AccessKey THREE = new AccessKey("KEYTHREE", "secret-of-three");

  @TempDir Path folder;

  private static String profiles(AccessKey... keys) {
    StringBuilder text = new StringBuilder();
    for (AccessKey key : keys) {
      text.append('[').append(key.id()).append("]\naws_access_key_id = ").append(key.id());
      text.append("\naws_secret_access_key = ").append(key.secret()).append('\n');
    }
    return text.toString();
  }

  private void write(String name, AccessKey... keys) throws IOException {
    Files.writeString(folder.resolve(name), profiles(keys));
  }

  private FollowedCredentials open() throws IOException {
    return FollowedCredentials.open(folder);
  }

  /// As often as a change needs to count.
  private static boolean lookTwice(FollowedCredentials followed) {
    boolean first = followed.look();
    boolean second = followed.look();
    return first || second;
  }

  @Test
  void everyProfileOfEveryFileCountsButNotThoseOfHiddenFiles() throws IOException {
    write("a", ONE, TWO);
    write("b", THREE);
    write(".hidden", new AccessKey("HIDDEN", "secret-of-hidden"));
    Files.createDirectory(folder.resolve("folder"));
    assertThat(open().keys()).containsExactlyInAnyOrder(ONE, TWO, THREE);
  }

  @Test
  void filesThatComeChangeAndGoAreSeen() throws IOException {
    write("a", ONE);
    FollowedCredentials followed = open();
    assertThat(lookTwice(followed)).isFalse();
    write("b", TWO);
    assertThat(lookTwice(followed)).isTrue();
    assertThat(followed.keys()).containsExactlyInAnyOrder(ONE, TWO);
    write("a", THREE);
    assertThat(lookTwice(followed)).isTrue();
    assertThat(followed.keys()).containsExactlyInAnyOrder(THREE, TWO);
    Files.delete(folder.resolve("b"));
    assertThat(lookTwice(followed)).isTrue();
    assertThat(followed.keys()).containsExactly(THREE);
    assertThat(lookTwice(followed)).isFalse();
  }

  @Test
  void aChangeCountsOnceItWasSeenTwice() throws IOException {
    write("a", ONE, TWO);
    FollowedCredentials followed = open();
    write("a", ONE);
    assertThat(followed.look()).isFalse();
    write("a", ONE, TWO);
    assertThat(lookTwice(followed)).isFalse();
    assertThat(followed.keys()).containsExactlyInAnyOrder(ONE, TWO);
  }

  @Test
  void aFolderWithoutKeysIsFineAndHoldsNone() throws IOException {
    FollowedCredentials followed = open();
    assertThat(followed.keys()).isEmpty();
    write("a", ONE);
    assertThat(lookTwice(followed)).isTrue();
    assertThat(followed.keys()).containsExactly(ONE);
    Files.delete(folder.resolve("a"));
    assertThat(lookTwice(followed)).isTrue();
    assertThat(followed.keys()).isEmpty();
  }

  @Test
  void aBrokenFileIsToldOnceAndWhatItSaidBeforeStays() throws IOException {
    write("a", ONE);
    write("b", TWO);
    FollowedCredentials followed = open();
    try (HeardLog log = new HeardLog(CredentialSource.class)) {
      Files.writeString(folder.resolve("a"), "[x]\nnonsense\n");
      write("b", THREE);
      assertThat(lookTwice(followed)).isTrue();
      assertThat(lookTwice(followed)).isFalse();
      assertThat(followed.keys()).containsExactlyInAnyOrder(ONE, THREE);
      assertThat(log.errors()).hasSize(1);
      assertThat(log.errors().getFirst())
          .startsWith(folder.resolve("a") + ":2: expected 'name = value'")
          .doesNotContain(ONE.secret());
      Files.writeString(folder.resolve("a"), "[x]\naws_access_key_id = HALF\n");
      lookTwice(followed);
      assertThat(followed.keys()).contains(ONE);
      write("a", TWO);
      assertThat(lookTwice(followed)).isTrue();
      assertThat(followed.keys()).containsExactlyInAnyOrder(TWO, THREE);
    }
  }

  @Test
  void aFileThatIsBrokenFromTheStartSaysNothingAndKeepsNobodyOut() throws IOException {
    Files.writeString(folder.resolve("a"), "nonsense");
    write("b", TWO);
    FollowedCredentials followed = open();
    assertThat(followed.keys()).containsExactly(TWO);
    write("a", ONE);
    lookTwice(followed);
    assertThat(followed.keys()).containsExactlyInAnyOrder(ONE, TWO);
  }

  @Test
  void ofTwoSecretsForOneIdTheOlderStaysAndTheOtherIsToldOnce() throws IOException {
    write("b", TWO);
    FollowedCredentials followed = open();
    try (HeardLog log = new HeardLog(FollowedCredentials.class)) {
      // It goes before the other by name, but it is younger.
      write("a", TWO_ELSE, ONE);
      assertThat(lookTwice(followed)).isTrue();
      assertThat(lookTwice(followed)).isFalse();
      assertThat(followed.keys()).containsExactlyInAnyOrder(TWO, ONE);
      assertThat(log.errors())
          .containsExactly(
              folder.resolve("a")
                  + ": access key KEYTWO has another secret in "
                  + folder.resolve("b")
                  + ", which stays in force");
      Files.delete(folder.resolve("b"));
      assertThat(lookTwice(followed)).isTrue();
      assertThat(followed.keys()).containsExactlyInAnyOrder(TWO_ELSE, ONE);
    }
  }

  @Test
  void theOwnerOfAnIdMayExchangeItsSecret() throws IOException {
    write("a", TWO);
    FollowedCredentials followed = open();
    write("a", TWO_ELSE);
    assertThat(lookTwice(followed)).isTrue();
    assertThat(followed.keys()).containsExactly(TWO_ELSE);
  }

  @Test
  void twoSecretsOfOneIdInOneFileDoNotTakeTurns() throws IOException {
    write("a", TWO, TWO_ELSE);
    FollowedCredentials followed = open();
    assertThat(followed.keys()).containsExactly(TWO);
    assertThat(lookTwice(followed)).isFalse();
    assertThat(followed.keys()).containsExactly(TWO);
  }

  @Test
  void aMountedSecretIsExchangedAsAWhole() throws IOException {
    Path mount = folder.resolve("mount");
    Files.createDirectories(mount.resolve("..1"));
    Files.writeString(mount.resolve("..1/operator"), profiles(ONE));
    Files.writeString(mount.resolve("..1/old"), profiles(TWO));
    Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(mount.resolve("operator"), Path.of("..data/operator"));
    Files.createSymbolicLink(mount.resolve("old"), Path.of("..data/old"));
    FollowedCredentials followed = FollowedCredentials.open(mount);
    assertThat(followed.keys()).containsExactlyInAnyOrder(ONE, TWO);

    Files.createDirectories(mount.resolve("..2"));
    Files.writeString(mount.resolve("..2/operator"), profiles(ONE, THREE));
    Files.createSymbolicLink(mount.resolve("..next"), Path.of("..2"));
    Files.move(
        mount.resolve("..next"),
        mount.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Files.delete(mount.resolve("old"));
    assertThat(lookTwice(followed)).isTrue();
    assertThat(followed.keys()).containsExactlyInAnyOrder(ONE, THREE);
  }

  @Test
  void aFolderThatCannotBeReadAnyMoreChangesNothing() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.writeString(inner.resolve("a"), profiles(ONE));
    FollowedCredentials followed = FollowedCredentials.open(inner);
    Files.move(inner, folder.resolve("away"));
    try (HeardLog log = new HeardLog(FollowedCredentials.class)) {
      assertThat(lookTwice(followed)).isFalse();
      assertThat(log.errors()).hasSize(1);
    }
    assertThat(followed.keys()).containsExactly(ONE);
  }

  @Test
  void aSingleFileMustMakeSenseAtTheStartAndIsFollowed() throws IOException {
    Path file = folder.resolve("file");
    assertThatThrownBy(() -> FollowedCredentials.open(file)).isInstanceOf(IOException.class);
    Files.writeString(file, "nonsense");
    assertThatThrownBy(() -> FollowedCredentials.open(file))
        .hasMessageStartingWith(file + ":1: expected");
    write("file", ONE);
    FollowedCredentials followed = FollowedCredentials.open(file);
    write("file", TWO);
    assertThat(lookTwice(followed)).isTrue();
    assertThat(followed.keys()).isEqualTo(List.of(TWO));
    Files.delete(file);
    assertThat(lookTwice(followed)).isFalse();
    assertThat(followed.keys()).isEqualTo(List.of(TWO));
  }

  @Test
  void anEmptiedFileTakesItsKeysAwayOnceItWasSeenTwice() throws IOException {
    write("a", ONE);
    write("b", TWO);
    FollowedCredentials followed = open();
    Files.writeString(folder.resolve("a"), "# none left\n[default]\n\n");
    assertThat(followed.look()).isFalse();
    assertThat(followed.look()).isTrue();
    assertThat(followed.keys()).containsExactly(TWO);
    Files.writeString(folder.resolve("b"), "aws_access_key_id = HALF\n");
    assertThat(lookTwice(followed)).as("half a pair is a mistake").isFalse();
    assertThat(followed.keys()).containsExactly(TWO);
  }

  @Test
  void moreFilesThanAreLookedAtIsToldOnce() throws IOException {
    for (int i = 0; i < FollowedCredentials.MAX_FILES; i++) {
      Files.createFile(folder.resolve("b" + i));
    }
    write("a", ONE);
    try (HeardLog log = new HeardLog(FollowedCredentials.class)) {
      FollowedCredentials followed = open();
      assertThat(lookTwice(followed)).isFalse();
      assertThat(followed.keys()).containsExactly(ONE);
      assertThat(log.errors()).hasSize(1);
      assertThat(log.errors().getFirst()).contains("4097 files");
    }
  }
}
