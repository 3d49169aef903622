package dev.partita.replication.microraft;

import static dev.partita.replication.microraft.OneReplica.SECOND;
import static dev.partita.replication.microraft.OneReplica.append;
import static dev.partita.replication.microraft.OneReplica.mark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.replication.Group.Follower;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.VoteRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElectionsTest {
  private static final Duration STEP = Duration.ofMillis(10);

  /// The wait of {@link dev.partita.replication.GroupTiming#DEFAULT}, and the core's own noise, in
  /// milliseconds.
  private static final long WAIT = 250;

  private static final long NOISE = 25;

  private final OneReplica replica = new OneReplica(20);

  /// When the next candidacies begin, in milliseconds, while nobody votes.
  private List<Long> candidacies(int count) {
    List<Long> begun = new ArrayList<>();
    for (long now = 0; begun.size() < count; now += STEP.toMillis()) {
      assertThat(now).as("ms").isLessThan(60_000);
      replica.scheduler.pass(STEP);
      if (!replica.sent(VoteRequest.class).isEmpty()) {
        begun.add(now);
      }
    }
    return begun;
  }

  private void becomeCandidate() {
    replica.askForVotes();
    replica.sent.clear();
  }

  private static void assertWaits(List<Long> begun, int... doublings) {
    for (int i = 0; i < doublings.length; i++) {
      long waited = begun.get(i + 1) - begun.get(i);
      long least = WAIT << doublings[i];
      assertThat(waited)
          .as("wait %d", i)
          .isBetween(least - STEP.toMillis(), 2 * least + NOISE + STEP.toMillis());
    }
  }

  @Test
  void everyCandidacyThatBringsNoLeaderDoublesTheNextWaitWithinABound() {
    replica.open();
    becomeCandidate();
    assertWaits(candidacies(6), 1, 2, 3, 3, 3);
    assertThat(replica.faults).isEmpty();
  }

  @Test
  void aLeaderThatWasKnownMakesWaitsShortAgain() {
    replica.open();
    becomeCandidate();
    candidacies(3);
    int term = (int) replica.group().report().term();
    replica.receive(SECOND, append(SECOND, term + 1, 0, 0, 0, mark(1, term + 1)));
    assertThat(replica.group().report().leader()).isEqualTo(SECOND);

    becomeCandidate();
    assertWaits(candidacies(3), 1, 2);
  }

  @Test
  void whoHearsOfANewLeaderFindsFollowersThatItHasNotHeard() {
    replica.open();
    int term = replica.lead();
    assertThat(replica.group().report().role()).isEqualTo("LEADER");
    assertThat(replica.group().report().followers())
        .extracting(Follower::silentMillis)
        .containsExactly(Follower.NEVER, Follower.NEVER);

    AppendEntriesRequest request = replica.sent(AppendEntriesRequest.class).getFirst();
    replica.receive(SECOND, OneReplica.appended(term, 1, request.getFlowControlSequenceNumber()));
    replica.scheduler.pass(Duration.ofMillis(250));
    assertThat(silence()).isBetween(0L, 500L);
  }

  @Test
  void aLeaderThatHangsDoesNotPraiseItsFollowers() {
    replica.open();
    int term = replica.lead();
    AppendEntriesRequest request = replica.sent(AppendEntriesRequest.class).getFirst();
    replica.receive(SECOND, OneReplica.appended(term, 1, request.getFlowControlSequenceNumber()));
    replica.scheduler.pass(Duration.ofMillis(250));

    replica.scheduler.passWithoutTasks(Duration.ofSeconds(5));
    assertThat(silence()).isGreaterThanOrEqualTo(5_000L);
  }

  private long silence() {
    return replica.group().report().followers().stream()
        .filter(follower -> follower.replica().equals(SECOND))
        .findFirst()
        .orElseThrow()
        .silentMillis();
  }
}
