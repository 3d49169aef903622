package dev.partita.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.replication.Group.Follower;
import dev.partita.replication.Replica;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeirsTest {
  private static final Replica ONE = new Replica("pod-1", 1);
  private static final Replica TWO = new Replica("pod-2", 2);

  private static @Nullable Replica choose(@Nullable String wanted, Follower... followers) {
    return Heirs.choose(List.of(followers), _ -> true, wanted);
  }

  @Test
  void amongThoseThatAreCaughtUpTheWantedOneComesFirst() {
    assertThat(choose("pod-2", new Follower(ONE, 0, 0), new Follower(TWO, 9, 0))).isEqualTo(TWO);
    assertThat(choose(null, new Follower(ONE, 9, 0), new Follower(TWO, 0, 0))).isEqualTo(TWO);
    assertThat(choose("pod-0", new Follower(ONE, 0, 0), new Follower(TWO, 9, 0))).isEqualTo(ONE);
  }

  @Test
  void theWantedOneIsPassedOverWhileItIsBehindOrSilent() {
    assertThat(choose("pod-2", new Follower(ONE, 1, 0), new Follower(TWO, 100_000, 0)))
        .isEqualTo(ONE);
    assertThat(choose("pod-2", new Follower(ONE, 1, 0), new Follower(TWO, 0, Follower.NEVER)))
        .isEqualTo(ONE);
  }

  @Test
  void ifNoneIsCaughtUpTheMostAdvancedIsChosen() {
    assertThat(choose("pod-1", new Follower(ONE, 100_000, 0), new Follower(TWO, 5_000, 0)))
        .isEqualTo(TWO);
  }

  @Test
  void whoDoesNotStayIsNotChosen() {
    List<Follower> followers = List.of(new Follower(ONE, 0, 0), new Follower(TWO, 0, 0));
    assertThat(Heirs.choose(followers, "pod-2"::equals, "pod-1")).isEqualTo(TWO);
    assertThat(Heirs.choose(followers, _ -> false, null)).isNull();
  }
}
