package dev.partita.replication.microraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.replication.GroupId;
import dev.partita.replication.JournalMachine;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import dev.partita.replication.microraft.CoreMachine.Result;
import dev.partita.replication.microraft.Operation.Command;
import dev.partita.replication.microraft.Operation.EpochMark;
import io.microraft.model.log.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoreMachineTest {
  private final List<Throwable> faults = new ArrayList<>();
  private final List<Long> ownEpochs = new ArrayList<>();
  private final JournalMachine journal = new JournalMachine();
  private final Life life =
      new Life(new GroupId(1), new Replica("pod", 5), (_, cause) -> faults.add(cause), () -> {});
  private boolean room = true;
  private final CoreMachine.Window window =
      new CoreMachine.Window() {
        @Override
        public int termAt(long index) {
          return 1;
        }

        @Override
        public boolean hasRoom() {
          return room;
        }
      };
  private final List<Long> held = new ArrayList<>();
  private final CoreMachine.MarkWatch marks =
      new CoreMachine.MarkWatch() {
        @Override
        public void applied(LogEntry entry) {
          held.add(entry.getIndex());
        }

        @Override
        public void marked() {
          held.clear();
        }
      };
  private final RecentEntries recent = new RecentEntries(100, new EntryBudget(0, 1_000, 10_000));
  private final CoreMachine machine =
      new CoreMachine(journal, 5, life, () -> 77, window, ownEpochs::add, () -> {}, recent, marks);

  private static Command command(long epoch, String text) {
    return new Command(epoch, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anEntryTakesEffectOnlyInTheEpochItWasDecidedUnder() {
    machine.runOperation(1, new EpochMark(5, 1));
    assertThat(machine.runOperation(2, command(1, "good"))).isInstanceOf(Result.Applied.class);
    assertThat(machine.runOperation(3, command(0, "of no epoch"))).isEqualTo(new Result.Fenced());
    machine.runOperation(4, new EpochMark(6, 1));
    assertThat(machine.runOperation(5, command(1, "of an epoch that is over")))
        .isEqualTo(new Result.Fenced());
    assertThat(machine.runOperation(6, command(4, "also good"))).isInstanceOf(Result.Applied.class);
    assertThat(journal.texts()).containsExactly("good", "also good");
    assertThat(journal.position()).isEqualTo(new Position(6, 4));
  }

  @Test
  void aReplicaKnowsTheMarkOfItsLatestLeadershipOnly() {
    machine.runOperation(1, new EpochMark(5, 76));
    assertThat(machine.getNewTermOperation()).isEqualTo(new EpochMark(5, 77));
    machine.runOperation(2, new EpochMark(6, 77));
    machine.runOperation(3, new EpochMark(5, 76));
    assertThat(ownEpochs).isEmpty();
    machine.runOperation(4, new EpochMark(5, 77));
    assertThat(ownEpochs).containsExactly(4L);
  }

  @Test
  void whatTheStateHasIsNotAppliedAgain() {
    machine.runOperation(1, new EpochMark(5, 1));
    machine.runOperation(2, command(1, "once"));
    CoreMachine restarted =
        new CoreMachine(
            journal, 5, life, () -> 77, window, ownEpochs::add, () -> {}, recent, marks);
    restarted.runOperation(1, new EpochMark(5, 1));
    restarted.runOperation(2, command(1, "once"));
    restarted.runOperation(3, command(1, "next"));
    assertThat(journal.texts()).containsExactly("once", "next");
  }

  @Test
  void whatTheCoreAppliesIsHeldUntilItsNextMark() {
    machine.runOperation(1, new EpochMark(5, 1));
    machine.runOperation(2, command(1, "one"));
    assertThat(held).containsExactly(1L, 2L);
    machine.takeSnapshot(2, _ -> {});
    machine.runOperation(3, command(1, "two"));
    assertThat(held).containsExactly(3L);
  }

  @Test
  void aLeadershipThatHasNoRoomForItsMarkStopsTheReplica() {
    room = false;
    assertThatThrownBy(machine::getNewTermOperation).hasMessageContaining("no room");
    assertThat(life.isOver()).isTrue();
    assertThat(faults).hasSize(1);
  }

  @Test
  void aGapInTheLogStopsTheReplica() {
    assertThatThrownBy(() -> machine.runOperation(2, command(0, "too early")))
        .hasMessageContaining("does not follow");
    assertThat(life.isOver()).isTrue();
    assertThat(faults).hasSize(1);
    assertThatThrownBy(() -> machine.runOperation(1, new EpochMark(5, 1)))
        .hasMessageContaining("has stopped");
    assertThat(journal.position()).isEqualTo(Position.START);
  }

  @Test
  void aFailureInTheStateMachineStopsTheReplicaBeforeTheNextEntry() {
    machine.runOperation(1, new EpochMark(5, 1));
    journal.poison("bad");
    assertThatThrownBy(() -> machine.runOperation(2, command(1, "bad")))
        .hasMessage("poisoned by bad");
    assertThatThrownBy(() -> machine.runOperation(3, command(1, "behind it")))
        .hasMessageContaining("has stopped");
    assertThat(journal.texts()).isEmpty();
    assertThat(faults).hasSize(1);
  }
}
