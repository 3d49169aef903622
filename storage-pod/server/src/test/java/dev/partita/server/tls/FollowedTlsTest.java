package dev.partita.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.server.log.HeardLog;
import dev.partita.testing.TestAuthority;
import dev.partita.testing.TestAuthority.Issued;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedTlsTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final TestAuthority AUTHORITY = new TestAuthority("authority");

  @TempDir Path folder;

  @AfterAll
  static void close() throws Exception {
    VERTX.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private FollowedTls open(boolean authorities) throws IOException {
    return FollowedTls.open(new TlsFolder(folder, authorities), VERTX);
  }

  private void refuses(String why) {
    assertThatThrownBy(() -> open(true)).isInstanceOf(IOException.class).hasMessage(why);
  }

  @Test
  void aFolderIsReadAndSaysWhatItHolds() throws IOException {
    Issued issued = AUTHORITY.issue("pod");
    issued.writeTo(folder, AUTHORITY);
    TlsMaterial material = open(true).current();
    assertThat(material.serial()).isEqualTo(issued.serial());
    assertThat(material.notAfter()).isEqualTo(issued.x509().getNotAfter().toInstant());
    assertThat(material.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    for (String name : List.of("ca.crt", "tls.key", "tls.crt")) {
      AUTHORITY.issue("pod").writeTo(folder, AUTHORITY);
      Files.delete(folder.resolve(name));
      refuses("there is no file " + folder.resolve(name));
    }
    AUTHORITY.issue("pod").writeTo(folder, AUTHORITY);
    Files.delete(folder.resolve("ca.crt"));
    assertThat(open(false).current().authorities()).isNull();
  }

  @Test
  void aKeyThatDoesNotFitIsRefused() throws IOException {
    AUTHORITY.issue("pod").writeTo(folder, AUTHORITY);
    Files.writeString(folder.resolve("tls.key"), AUTHORITY.issue("other").key());
    String misfit =
        "the key in " + folder.resolve("tls.key") + " does not fit " + folder.resolve("tls.crt");
    refuses(misfit);
    Files.writeString(folder.resolve("tls.key"), TestAuthority.rsaKey());
    refuses(misfit);
  }

  @Test
  void filesThatMakeNoSenseAreNamed() throws IOException {
    AUTHORITY.issue("pod").writeTo(folder, AUTHORITY);
    Files.writeString(folder.resolve("ca.crt"), "");
    refuses(folder.resolve("ca.crt") + " holds no certificate");
    AUTHORITY.issue("pod").writeTo(folder, AUTHORITY);
    Files.writeString(folder.resolve("tls.crt"), "nonsense");
    assertThatThrownBy(() -> open(true)).hasMessageStartingWith(folder.resolve("tls.crt") + " ");
    AUTHORITY.issue("pod").writeTo(folder, AUTHORITY);
    Files.writeString(folder.resolve("tls.key"), "nonsense");
    assertThatThrownBy(() -> open(true)).hasMessageStartingWith(folder.resolve("tls.key") + " ");
  }

  @Test
  void keysAreReadInTheFormsThatOthersWriteThem() throws IOException {
    for (Issued issued : List.of(AUTHORITY.issueTraditional(), AUTHORITY.issueRsa())) {
      issued.writeTo(folder, AUTHORITY);
      assertThat(open(true).current().serial()).isEqualTo(issued.serial());
    }
  }

  @Test
  void aNewPairIsTakenOnceItFitsTogether() throws IOException {
    AUTHORITY.issue("pod").writeTo(folder, AUTHORITY);
    FollowedTls followed = open(true);
    List<String> taken = new ArrayList<>();
    followed.use(
        followed.current(),
        material -> {
          taken.add(material.serial());
          return CompletableFuture.completedFuture(null);
        });
    followed.look();
    assertThat(taken).isEmpty();

    Issued next = AUTHORITY.issue("pod");
    try (HeardLog log = new HeardLog(FollowedTls.class)) {
      Files.writeString(folder.resolve("tls.crt"), next.certificate());
      followed.look();
      assertThat(taken).isEmpty();
      Files.writeString(folder.resolve("tls.key"), next.key());
      followed.look();
      assertThat(taken).containsExactly(next.serial());
      assertThat(followed.current().serial()).isEqualTo(next.serial());
      assertThat(log.errors()).as("half a change is no mistake").isEmpty();
    }
  }

  @Test
  void whatStaysBrokenIsToldOnceAndTheOldPairStays() throws IOException {
    Issued issued = AUTHORITY.issue("pod");
    issued.writeTo(folder, AUTHORITY);
    FollowedTls followed = open(true);
    try (HeardLog log = new HeardLog(FollowedTls.class)) {
      Files.writeString(folder.resolve("tls.key"), "half");
      for (int i = 0; i < 5; i++) {
        followed.look();
      }
      assertThat(log.errors()).hasSize(1);
      assertThat(log.errors().getFirst())
          .startsWith(folder.resolve("tls.key").toString())
          .contains(issued.serial());
      Files.delete(folder.resolve("ca.crt"));
      for (int i = 0; i < 5; i++) {
        followed.look();
      }
      assertThat(followed.current().serial()).isEqualTo(issued.serial());
      issued.writeTo(folder, AUTHORITY);
      followed.look();
      assertThat(followed.current().serial()).isEqualTo(issued.serial());
    }
  }

  @Test
  void whoComesLateIsGivenWhatIsNewerThanHis() throws IOException {
    AUTHORITY.issue("pod").writeTo(folder, AUTHORITY);
    FollowedTls followed = open(true);
    TlsMaterial old = followed.current();
    AUTHORITY.issue("pod").writeTo(folder, AUTHORITY);
    followed.look();
    List<TlsMaterial> taken = new ArrayList<>();
    followed.use(
        old,
        material -> {
          taken.add(material);
          return CompletableFuture.completedFuture(null);
        });
    assertThat(taken).containsExactly(followed.current()).doesNotContain(old);
  }

  @Test
  void anotherAuthorityAloneIsAChange() throws IOException {
    Issued issued = AUTHORITY.issue("pod");
    issued.writeTo(folder, AUTHORITY);
    FollowedTls followed = open(true);
    List<TlsMaterial> taken = new ArrayList<>();
    issued.writeTo(folder, AUTHORITY, new TestAuthority("next"));
    followed.use(
        followed.current(),
        material -> {
          taken.add(material);
          return CompletableFuture.completedFuture(null);
        });
    followed.look();
    assertThat(taken).hasSize(1);
  }

  @Test
  void aCertificateThatHasEndedOrNotBegunIsRefused() throws IOException {
    Instant now = Instant.now();
    Instant yesterday = now.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
    AUTHORITY.issueFor("pod", yesterday.minusSeconds(60), yesterday).writeTo(folder, AUTHORITY);
    refuses("the certificate in " + folder.resolve("tls.crt") + " was valid until " + yesterday);
    Instant tomorrow = now.plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
    AUTHORITY.issueFor("pod", tomorrow, tomorrow.plusSeconds(60)).writeTo(folder, AUTHORITY);
    refuses("the certificate in " + folder.resolve("tls.crt") + " is not valid before " + tomorrow);
  }

  @Test
  void aClockThatIsALittleAheadElsewhereDoesNoHarm() throws IOException {
    Instant soon = Instant.now().plusSeconds(60);
    Issued issued = AUTHORITY.issueFor("pod", soon, soon.plusSeconds(3_600));
    issued.writeTo(folder, AUTHORITY);
    assertThat(open(true).current().serial()).isEqualTo(issued.serial());
  }

  @Test
  void aCertificateThatOtherPodsWouldNotBelieveIsRefused() throws IOException {
    AUTHORITY.issue("pod").writeTo(folder, new TestAuthority("other"));
    assertThatThrownBy(() -> open(true))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "the certificate in "
                + folder.resolve("tls.crt")
                + " does not lead to one of "
                + folder.resolve("ca.crt"));
    assertThat(open(false).current()).as("clients may believe whom they like").isNotNull();
  }

  @Test
  void anAuthorityThatForgetsTheOwnCertificateIsNotFollowed() throws IOException {
    AUTHORITY.issue("pod").writeTo(folder, AUTHORITY);
    FollowedTls followed = open(true);
    TlsMaterial before = followed.current();
    Files.writeString(folder.resolve("ca.crt"), TestAuthority.pem(new TestAuthority("next")));
    try (HeardLog log = new HeardLog(FollowedTls.class)) {
      for (int i = 0; i < 3; i++) {
        followed.look();
      }
      assertThat(log.errors()).hasSize(1);
    }
    assertThat(followed.current()).isEqualTo(before);
  }

  @Test
  void whatCouldNotBeTakenIsOfferedAgainUntilItIs() throws IOException {
    AUTHORITY.issue("pod").writeTo(folder, AUTHORITY);
    FollowedTls followed = open(true);
    List<TlsMaterial> offered = new ArrayList<>();
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    followed.use(
        followed.current(),
        material -> {
          offered.add(material);
          answers.add(new CompletableFuture<>());
          return answers.getLast();
        });
    assertThat(offered).isEmpty();
    AUTHORITY.issue("pod").writeTo(folder, AUTHORITY);
    followed.look();
    followed.look();
    assertThat(offered).as("not twice while it is on its way").hasSize(1);
    try (HeardLog log = new HeardLog(FollowedTls.class)) {
      answers.getLast().completeExceptionally(new IllegalStateException("busy"));
      followed.look();
      answers.getLast().completeExceptionally(new IllegalStateException("busy"));
      followed.look();
      assertThat(log.errors()).hasSize(1);
    }
    assertThat(offered).hasSize(3).containsOnly(followed.current());
    answers.getLast().complete(null);
    followed.look();
    assertThat(offered).hasSize(3);
  }
}
